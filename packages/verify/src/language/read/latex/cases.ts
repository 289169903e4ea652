// \begin{cases}: the tokens of what the text language has in braces.

import { type Token, token } from '../tokens/tokens.ts'
import { advance, list, place, type Walk } from './place.ts'
import type { LatexNode } from './tree.ts'

/** \\begin{cases} as the text language has it: { a if c; b otherwise }. */
export const readCases = (
  walk: Walk,
  array: LatexNode,
  read: (cell: LatexNode) => Token[],
): Token[] => {
  const { start, end } = place(walk, array, '\\begin')
  advance(walk, { start, end })
  const rows = (array.body as LatexNode[][]).flatMap((cells) => {
    const from = walk.cursor
    const [value = [], ...conditions] = cells.map((cell) => read(cell))
    const condition = conditions.flat().filter(({ type }) => type !== 'gap')
    if (value.length === 0 && condition.length === 0) return []
    const here = { start: condition[0]?.span.start ?? from, end: condition[0]?.span.start ?? from }
    const isSaid = condition[0]?.type === 'keyword' && condition[0].text !== 'for'
    const rest = condition[0]?.type === 'keyword' && !isSaid ? condition.slice(1) : condition
    const said = isSaid || condition.length === 0 ? [] : [token('keyword', 'if', here)]
    return [[...value, ...said, ...rest]]
  })
  const close = { start: walk.cursor, end: walk.cursor }
  return [
    token('sign', '{', { start, end }),
    ...rows.flatMap((row, at) => (at === 0 ? row : [token('sign', ';', row[0]!.span), ...row])),
    token('sign', '}', close),
  ]
}

/** The array in \\left\\{ … \\right. */
export const casesIn = ({ left, right, body }: LatexNode): LatexNode | undefined => {
  const [only, ...others] = list(body).filter(({ type }) => type !== 'spacing' && type !== 'kern')
  const opens = left === '\\{' || left === '\\lbrace'
  return opens && right === '.' && others.length === 0 && only?.type === 'array' ? only : undefined
}
