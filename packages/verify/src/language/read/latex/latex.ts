// The LaTeX front end: the parse tree of KaTeX to tokens, a reader for each type of node.

import { ClaimError, type Span } from '../../syntax.ts'
import { attach, hull, type Script, type Token, token } from '../tokens/tokens.ts'
import { type Macros, withoutMacros } from './author-macros.ts'
import { casesIn, readCases } from './cases.ts'
import { withDifferentials } from './differentials.ts'
import { withDots } from './dots.ts'
import { readAccent, readFont, readOperator, readOperatorName, readText } from './dress.ts'
import { readFraction, readRoot } from './fractions.ts'
import { isCrossedOut, isLines, linesOf, matrixIn, readMatrix, unwrapped } from './matrices.ts'
import { advance, firstPlace, list, place, toNextLine, type Walk, walkOf } from './place.ts'
import { prepared } from './prepare.ts'
import { guard, type LatexNode, parseTree } from './tree.ts'
import { plainText, symbol } from './words.ts'

export type Reader = (walk: Walk, node: LatexNode, words: readonly string[]) => Token[]

export const walkAll = (
  walk: Walk,
  nodes: readonly LatexNode[],
  words: readonly string[],
): Token[] => nodes.flatMap((node) => (readers[node.type] ?? refuse)(walk, node, words))

export const refuse: Reader = (walk, node) => {
  const said = notRead.get(node.label ?? node.type) ?? notRead.get(node.type)
  const written = node.label ?? node.name ?? ''
  throw new ClaimError(
    said ?? `This LaTeX is no part of a claim${written && `: ${written}`}`,
    place(walk, node),
  )
}

/** Why a kind of node of KaTeX's tree is not read. */
const notRead: ReadonlyMap<string, string> = new Map([
  ['array', 'Rows and columns without brackets around them'],
  ['enclose', 'What is crossed out is neither there nor not there: leave it out'],
  ['xArrow', 'An arrow claims nothing'],
  ['genfrac', 'A fraction without its line, as binomials have it, is not read'],
  ['sqrt', 'Only square roots are read'],
  ['htmlmathml', 'This negated relation is not read'],
])

export const inside: Reader = (walk, node, words) => walkAll(walk, list(node.body), words)

export const readSymbol: Reader = (walk, node) => [
  symbol(node.text!, advance(walk, place(walk, node))),
]

/** The tokens of a script or an argument: an ordgroup without its braces. */
export const unbraced = (walk: Walk, node: LatexNode, words: readonly string[]): Token[] =>
  node.type === 'ordgroup' ? inside(walk, node, words) : walkAll(walk, [node], words)

const readGroup: Reader = (walk, node, words) => {
  const span = place(walk, node, '{')
  const tokens = inside(walk, node, words)
  if (!node.loc || (tokens.length === 1 && tokens[0]!.type === 'function')) return tokens
  advance(walk, span)
  return [
    token('sign', '{', { start: span.start, end: span.start + 1 }),
    ...tokens,
    { ...token('sign', '}', { start: span.end - 1, end: span.end }), unseen: true },
  ]
}

/** The number of an equation, or why it holds, above its sign: \overset{(1)}{=}. */
const annotated = (sign: Token, scripts: readonly LatexNode[]): Token => {
  const says = scripts.map((script) => plainText([script])).join('')
  return /def|Δ|\\Delta|\\triangle/.test(says) ? { ...sign, text: ':=' } : sign
}

const readScripts: Reader = (walk, node, words) => {
  // What stands below a brace is said about it: a remark.
  if (node.base?.type === 'horizBrace') return walkAll(walk, [node.base], words)
  const before = node.base ? walkAll(walk, [node.base], words) : []
  const scripts = [
    { kind: 'superscript' as const, node: node.sup },
    { kind: 'subscript' as const, node: node.sub },
  ].filter((script) => script.node)
  scripts.sort((a, b) => firstPlace(walk, a.node!) - firstPlace(walk, b.node!))
  let base = before.pop()
  if (base?.type === 'sign' && base.text === '=')
    return [
      ...before,
      annotated(
        base,
        scripts.map((script) => script.node!),
      ),
    ]
  const loose: Token[] = []
  for (const { kind, node: script } of scripts) {
    const start = walk.cursor
    const tokens = scriptTokens(walk, script!, words)
    const span = place(walk, script!, '')
    const written: Script = { tokens, span: hullOf(span, tokens, start) }
    advance(walk, written.span)
    if (base) base = attach(base, kind, written)
    else if (tokens.every((each) => each.text === "'")) loose.push(...tokens)
    else throw new ClaimError(`A ${kind} of nothing`, written.span)
  }
  return [...before, ...(base ? [base] : []), ...loose]
}

const hullOf = (span: Span, tokens: readonly Token[], start: number): Span =>
  span.end > span.start ? span : hull(tokens, { start, end: start })

/** Primes come as leading nodes of the superscript, then the superscript that was written. */
const scriptTokens = (walk: Walk, script: LatexNode, words: readonly string[]): Token[] => {
  const nodes = script.type === 'ordgroup' ? list(script.body) : [script]
  const primes = nodes.findIndex((node) => node.text !== '\\prime')
  const rest = primes < 0 ? [] : nodes.slice(primes)
  const only = rest.length === 1 ? rest[0]! : undefined
  return [
    ...walkAll(walk, nodes.slice(0, primes < 0 ? nodes.length : primes), words),
    ...(only ? unbraced(walk, only, words) : walkAll(walk, rest, words)),
  ]
}

const delimiter = (walk: Walk, node: LatexNode, written: string, command: string): Token => {
  const { start, end } = place(walk, node, command)
  if (!walk.text.startsWith(command, start)) return symbol(written, advance(walk, { start, end }))
  const at = Math.max(walk.text.indexOf(written, start), start)
  const span = advance(walk, { start, end: at + written.length })
  return symbol(written, span)
}

/** \left. … \right| is what stands between. */
const delimited: Reader = (walk, node, words) => {
  const isOpen = node.left === '.' || node.right === '.'
  const [left, right] = isOpen ? ['(', ')'] : [node.left!, node.right!]
  const open = isOpen ? token('sign', left, place(walk, node, '\\left')) : undefined
  return [
    open ?? delimiter(walk, node, left, '\\left'),
    ...inside(walk, node, words),
    isOpen
      ? token('sign', right, advance(walk, place(walk, { type: 'right' }, '\\right')))
      : delimiter(walk, { type: 'right' }, right, '\\right'),
  ]
}

const readDelimited: Reader = (walk, node, words) => {
  const cell = (each: LatexNode) => unbracedLine(walk, each, words)
  const [cases, matrix] = [casesIn(node), matrixIn(node)]
  if (cases) return readCases(walk, cases, cell)
  return matrix ? readMatrix(walk, matrix, cell) : delimited(walk, node, words)
}

const readComposed: Reader = (walk, node, words) => {
  const sign = plainText(node.mathml ?? []).replace('≔', ':=')
  if (sign !== '≠' && sign !== ':=') return refuse(walk, node, words)
  return [token('sign', sign, advance(walk, place(walk, node)))]
}

const readKern: Reader = (walk, node) => {
  const { number, unit } = node.dimension!
  if (unit !== 'em' || number < 1) return []
  return [token('gap', ' ', advance(walk, place(walk, node)))]
}

/** Lines of an environment inside of a formula: each after the first goes on with an operator. */
const readEnvironment: Reader = (walk, node, words) => {
  const rows = linesOf([node]).map((cells) => walkAll(walk, cells, words))
  const goesOn = ([first]: readonly Token[]) => !first || /^[-+=<>≤≥·*⊙]$/.test(first.text)
  return rows.slice(1).every(goesOn) ? rows.flat() : refuse(walk, node, words)
}

/** \\substack under a Σ: lines that commas could separate. */
const readLines: Reader = (walk, node, words) => {
  if (isLines(node)) return readEnvironment(walk, node, words)
  const rows = (node.body as LatexNode[][]).map((cells) =>
    cells.flatMap((cell) => unbracedLine(walk, cell, words)),
  )
  return rows.flatMap((row, at) => {
    const start = row[0]?.span.start ?? walk.cursor
    return at === 0 ? row : [token('sign', ',', { start, end: start }), ...row]
  })
}

const unbracedLine: Reader = (walk, node, words) =>
  list(node.body).flatMap((each) => unbraced(walk, each, words))

/** \boxed{a = b} inside of a formula; what is crossed out is refused. */
const readBox: Reader = (walk, node, words) =>
  isCrossedOut(node) ? refuse(walk, node, words) : walkAll(walk, unwrapped([node]), words)

const readDelimiter: Reader = (walk, node) => [
  delimiter(walk, { type: node.type }, node.delim!, node.delim!),
]

const readers: Readonly<Record<string, Reader>> = {
  __proto__: null as never,
  mathord: readSymbol,
  textord: readSymbol,
  atom: readSymbol,
  ordgroup: readGroup,
  mclass: inside,
  tag: inside,
  pmb: inside,
  phantom: () => [],
  mathchoice: () => [],
  enclose: readBox,
  horizBrace: (walk, { base }, words) => walkAll(walk, [base!], words),
  color: inside,
  styling: inside,
  sizing: inside,
  font: readFont,
  accent: readAccent,
  accentUnder: readAccent,
  overline: readAccent,
  underline: readAccent,
  text: readText,
  supsub: readScripts,
  genfrac: readFraction,
  sqrt: readRoot,
  leftright: readDelimited,
  delimsizing: readDelimiter,
  middle: readDelimiter,
  op: readOperator,
  operatorname: readOperatorName,
  htmlmathml: readComposed,
  spacing: () => [],
  kern: readKern,
  array: readLines,
}

const joinArg = (tokens: readonly Token[]): Token[] => {
  const result: Token[] = []
  for (const each of tokens) {
    const last = result.at(-1)
    if (last?.type === 'prose' && last.text === 'arg' && each.type === 'function') {
      const span = { start: last.span.start, end: each.span.end }
      result[result.length - 1] = { ...each, type: 'keyword', text: `arg${each.text}`, span }
    } else result.push(each)
  }
  return result
}

/**
 * Rows of tokens of normalised LaTeX, before `join` and `group`: one row, or those of the one
 * aligned environment that is all of the formula. `words` are names of the graph.
 * @throws ClaimError
 */
export const latexRows = (
  text: string,
  words: readonly string[],
  known: Macros = {},
): Token[][] => {
  const { text: written, macros: own } = withoutMacros(text)
  const macros = { ...known, ...own }
  const source = prepared(written)
  guard(source)
  const walk = walkOf(source, macros)
  const lines = linesOf(parseTree(source, macros))
  const isDotted = words.some((each) => each.includes('.'))
  return lines.map((nodes, line) => {
    if (line > 0) toNextLine(walk)
    const read = withDifferentials(walkAll(walk, nodes, words), source)
    return joinArg(isDotted ? read : withDots(read, source))
  })
}
