// The LaTeX front end: the parse tree of KaTeX to tokens, a reader for each type of node.

import { commands, onesLetter } from '../../lexicon.ts'
import { ClaimError, type Span } from '../../syntax.ts'
import { attach, hull, type Script, type Token, token } from '../tokens.ts'
import { casesIn, readCases } from './cases.ts'
import { advance, commandAt, firstPlace, list, place, type Walk } from './place.ts'
import { guard, type LatexNode, parseTree } from './tree.ts'
import { plainText, symbol, word } from './words.ts'

type Reader = (walk: Walk, node: LatexNode, words: readonly string[]) => Token[]

const walkAll = (walk: Walk, nodes: readonly LatexNode[], words: readonly string[]): Token[] =>
  nodes.flatMap((node) => (readers[node.type] ?? refuse)(walk, node, words))

const refuse: Reader = (walk, node) => {
  throw new ClaimError(`LaTeX of the kind ‘${node.type}’ is no part of a claim`, place(walk, node))
}

const inside: Reader = (walk, node, words) => walkAll(walk, list(node.body), words)

const readSymbol: Reader = (walk, node) => [symbol(node.text!, advance(walk, place(walk, node)))]

/** The tokens of a script or an argument: an ordgroup without its braces. */
const unbraced = (walk: Walk, node: LatexNode, words: readonly string[]): Token[] =>
  node.type === 'ordgroup' ? inside(walk, node, words) : walkAll(walk, [node], words)

const readGroup: Reader = (walk, node, words) => {
  const span = place(walk, node, '{')
  const tokens = inside(walk, node, words)
  if (!node.loc) return tokens
  advance(walk, span)
  return [
    token('sign', '{', { start: span.start, end: span.start + 1 }),
    ...tokens,
    token('sign', '}', { start: span.end - 1, end: span.end }),
  ]
}

const readScripts: Reader = (walk, node, words) => {
  const before = node.base ? walkAll(walk, [node.base], words) : []
  const scripts = [
    { kind: 'superscript' as const, node: node.sup },
    { kind: 'subscript' as const, node: node.sub },
  ].filter((script) => script.node)
  scripts.sort((a, b) => firstPlace(walk, a.node!) - firstPlace(walk, b.node!))
  let base = before.pop()
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

const readFraction: Reader = (walk, node, words) => {
  if (!node.hasBarLine || node.leftDelim) return refuse(walk, node, words)
  const { start } = commandAt(walk, 'frac')
  const body = unbraced(walk, node.numer!, words)
  const below = unbraced(walk, node.denom!, words)
  for (const [part, name] of [
    [body, 'numerator'],
    [below, 'denominator'],
  ] as const)
    if (part.length === 0)
      throw new ClaimError(`An empty ${name}`, { start, end: Math.max(walk.cursor, start) })
  const end = Math.max(place(walk, node.denom!, '').end, hull(below, { start, end: start }).end)
  return [{ ...token('fraction', '/', advance(walk, { start, end })), body, below }]
}

const readRoot: Reader = (walk, node, words) => {
  if (node.index) return refuse(walk, node, words)
  const { start } = commandAt(walk, 'sqrt')
  const under = list(node.body)[0]!
  const body = unbraced(walk, under, words)
  const end = Math.max(place(walk, under, '').end, hull(body, { start, end: start }).end)
  return [{ ...token('root', '√', advance(walk, { start, end })), body }]
}

const delimiter = (walk: Walk, written: string, command: string): Token => {
  const found = walk.text.indexOf(command, walk.cursor)
  const start = found < 0 ? walk.cursor : found
  const at = Math.max(walk.text.indexOf(written, start), start)
  const span = advance(walk, { start, end: at + written.length })
  if (written === '.') throw new ClaimError('A bracket without its partner', span)
  return symbol(written, span)
}

const delimited: Reader = (walk, node, words) => [
  delimiter(walk, node.left!, '\\left'),
  ...inside(walk, node, words),
  delimiter(walk, node.right!, '\\right'),
]

const readDelimited: Reader = (walk, node, words) => {
  const array = casesIn(node)
  const cell = (each: LatexNode) => unbracedLine(walk, each, words)
  return array ? readCases(walk, array, cell) : delimited(walk, node, words)
}

/** \\vec{x} is x, in another dress; what a hat or a bar means only the author knows. */
const readAccent: Reader = (walk, node, words) => {
  if (node.label !== '\\vec') return refuse(walk, node, words)
  const span = place(walk, node, '\\vec')
  const letter = { type: 'font', font: 'mathbf', body: node.base! }
  const [first, ...others] = readFont(walk, letter, words)
  return first ? [{ ...first, span: advance(walk, span) }, ...others] : []
}

const readOperator: Reader = (walk, node, words) => {
  if (!node.name) return inside(walk, node, words)
  const span = advance(walk, place(walk, node, node.name))
  if (commands.has(node.name)) return [symbol(node.name, span)]
  return namedOperator(node.name.slice(1), span, words)
}

/** `\max`; `\arg` is joined to the `\max` after it by the reader of rows. */
const namedOperator = (name: string, span: Span, words: readonly string[]): Token[] => {
  const known = word(name.replace(/\s/g, ''), span, words)
  if (known[0]?.type === 'prose' && name !== 'arg')
    throw new ClaimError(`‘${name}’ is not understood`, span)
  return known
}

const readOperatorName: Reader = (walk, node, words) => {
  const span = advance(walk, place(walk, { type: 'operatorname' }, '\\operatorname'))
  const body = list(node.body)
  const last = body.at(-1)
  const end = last?.loc && last.loc.lexer.input === walk.text ? last.loc.end : span.end
  return namedOperator(plainText(body), advance(walk, { start: span.start, end }), words)
}

const readText: Reader = (walk, node, words) => {
  const body = list(node.body)
  const first = body[0] ? place(walk, body[0], '') : place(walk, node)
  const last = body.length ? place(walk, body.at(-1)!, '') : first
  return word(plainText(body), advance(walk, { start: first.start, end: last.end }), words)
}

/** `\mathrm{full}` is a word as a whole; `\mathbf{x}` is the letter x. */
const readFont: Reader = (walk, node, words) => {
  const body = list(node.body)
  const letters = body.length === 1 && body[0]!.type === 'ordgroup' ? list(body[0]!.body) : body
  if (letters.length === 1 && letters[0]!.text === '1' && /^(?:math)?b/.test(node.font ?? ''))
    return [symbol(onesLetter, advance(walk, place(walk, letters[0]!)))]
  const isWord = letters.length > 1 && letters.every((each) => each.text?.length === 1)
  if (!isWord)
    return letters.length === 1 ? walkAll(walk, letters, words) : inside(walk, node, words)
  const span = { start: place(walk, letters[0]!).start, end: place(walk, letters.at(-1)!).end }
  const read = word(plainText(letters), advance(walk, span), words)
  return read[0]?.type === 'prose' ? letters.flatMap((each) => readSymbol(walk, each, words)) : read
}

const readNegated: Reader = (walk, node, words) => {
  if (plainText(node.mathml ?? []) !== '≠') return refuse(walk, node, words)
  return [token('sign', '≠', advance(walk, place(walk, node)))]
}

const readKern: Reader = (walk, node) => {
  const { number, unit } = node.dimension!
  if (unit !== 'em' || number < 1) return []
  return [token('gap', ' ', advance(walk, place(walk, node)))]
}

/** \\substack under a Σ: lines that commas could separate. */
const readLines: Reader = (walk, node, words) => {
  if (node.arraystretch !== 0.5) return refuse(walk, node, words)
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

const readDelimiter: Reader = (walk, node) => [delimiter(walk, node.delim!, node.delim!)]

const readers: Readonly<Record<string, Reader>> = {
  __proto__: null as never,
  mathord: readSymbol,
  textord: readSymbol,
  atom: readSymbol,
  ordgroup: readGroup,
  mclass: inside,
  color: inside,
  styling: inside,
  sizing: inside,
  font: readFont,
  accent: readAccent,
  text: readText,
  supsub: readScripts,
  genfrac: readFraction,
  sqrt: readRoot,
  leftright: readDelimited,
  delimsizing: readDelimiter,
  middle: readDelimiter,
  op: readOperator,
  operatorname: readOperatorName,
  htmlmathml: readNegated,
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
export const latexRows = (text: string, words: readonly string[]): Token[][] => {
  guard(text)
  const tree = parseTree(text)
  const walk: Walk = { text, cursor: 0 }
  const written = tree.filter((node) => node.type !== 'spacing' && node.type !== 'kern')
  const only = written.length === 1 ? written[0]! : undefined
  if (only?.type === 'array' && /^(?:align|gather|split)/.test(only.colSeparationType ?? '')) {
    walk.cursor = text.indexOf('\\begin') + '\\begin'.length
    const rows = only.body as LatexNode[][]
    return rows.map((cells) => joinArg(cells.flatMap((cell) => inside(walk, cell, words))))
  }
  return [joinArg(walkAll(walk, tree, words))]
}
