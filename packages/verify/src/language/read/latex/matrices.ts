// Rows and columns in LaTeX: lines of an aligned environment, and matrices of entries.
import { ClaimError } from '../../syntax.ts'
import { type Token, token } from '../tokens/tokens.ts'
import { casesIn } from './cases.ts'
import { list, place, type Walk } from './place.ts'
import type { LatexNode } from './tree.ts'

const isSpace = ({ type }: LatexNode): boolean => type === 'spacing' || type === 'kern'

/** Boxes, styles and tags around a whole formula, which say nothing. */
const wrappers: ReadonlySet<string> = new Set(['tag', 'enclose', 'styling', 'ordgroup', 'color'])

export const isCrossedOut = (node: LatexNode): boolean =>
  node.type === 'enclose' && !/box/.test(node.label ?? '')

/** What is left of a formula without everything that only stands around it. */
export const unwrapped = (nodes: readonly LatexNode[]): readonly LatexNode[] => {
  const written = nodes.filter((node) => !isSpace(node))
  const [only, ...others] = written
  if (!only || others.length > 0 || !wrappers.has(only.type) || isCrossedOut(only)) return nodes
  return unwrapped(list(only.body))
}

/** Lines of one formula, not a matrix nor what stands under a Σ. */
export const isLines = ({ type, arraystretch }: LatexNode): boolean =>
  type === 'array' && arraystretch !== 0.5

/** The cells of every line, the lines of an environment inside of another too. */
export const linesOf = (nodes: readonly LatexNode[]): (readonly LatexNode[])[] => {
  const inner = unwrapped(nodes)
  const written = inner.filter((node) => !isSpace(node))
  const [only, ...others] = written
  if (!only || others.length > 0) return [inner]
  // A system of equations behind a brace.
  const system = only.type === 'leftright' ? casesIn(only) : undefined
  if (system) return linesOf([system])
  if (!isLines(only)) return [inner]
  return (only.body as LatexNode[][]).flatMap((cells) =>
    cells.length === 1 ? linesOf(cells) : [cells],
  )
}

/** The array in \left[ … \right] and \left( … \right): a matrix. */
export const matrixIn = ({ left, right, body }: LatexNode): LatexNode | undefined => {
  const [only, ...others] = list(body).filter((node) => !isSpace(node))
  const isBracketed = (left === '[' && right === ']') || (left === '(' && right === ')')
  return isBracketed && others.length === 0 && only && isLines(only) ? only : undefined
}

/** As the text language has a matrix: [a, b; c, d]. A column ends with a semicolon too. */
export const readMatrix = (
  walk: Walk,
  array: LatexNode,
  read: (cell: LatexNode) => Token[],
): Token[] => {
  const { start } = place(walk, array, '\\begin')
  const sign = (text: string) => token('sign', text, { start: walk.cursor, end: walk.cursor })
  const open = token('sign', '[', { start, end: start })
  const rows = (array.body as LatexNode[][]).map((cells) => cells.map((cell) => read(cell)))
  const last = rows.at(-1)
  const kept = last?.every((cell) => cell.length === 0) ? rows.slice(0, -1) : rows
  const tokens = kept.flatMap((cells) => {
    if (cells.some((cell) => cell.length === 0))
      throw new ClaimError('An entry of a matrix is missing', { start, end: walk.cursor })
    return [...cells.flatMap((cell, at) => (at === 0 ? cell : [sign(','), ...cell])), sign(';')]
  })
  return [open, ...tokens, sign(']')]
}
