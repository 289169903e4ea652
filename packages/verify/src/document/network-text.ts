// The small textual form of a network in a document. It reads; building a graph from the tree is
// somebody else's.
//
//   bookCnn max                      a network by its name, with its options
//   leNet5
//   sizes                            no network: formulas about whole numbers alone
//
// or one line for each array, in the letters of the formulas; # begins a comment:
//
//   x_{ij}: input 6 6                `M=6` names a size: x: input M=6 N=6
//   W: parameter 3 3
//   b: parameter 1
//   z = conv2d(x, W, stride=2, padding=[1,1]) + b
//   a = sigmoid(z)
//   C = squaredError(a, t)           the last line is the cost, unless `cost: name` says otherwise

import { nearNames } from '@backprove/graph'
import { greek } from '../language/lexicon.ts'
import { ClaimError, type Span } from '../language/syntax.ts'
import { type NetworkExpression, readExpression } from './network-expression.ts'
import { nameOf, namePattern } from './network-tokens.ts'

export interface Dimension {
  readonly length: number
  /** The letter that formulas may use for this length. */
  readonly letter?: string
}

export type NetworkLine =
  | {
      kind: 'leaf'
      name: string
      role: 'input' | 'parameter'
      shape: readonly Dimension[]
      span: Span
    }
  | { kind: 'op'; name: string; value: NetworkExpression; span: Span }
  | { kind: 'cost'; name: string; span: Span }

/** Spans count in the text of the block. */
export type NetworkText =
  | { kind: 'named'; name: string; options: readonly string[]; span: Span }
  | { kind: 'lines'; lines: readonly NetworkLine[]; span: Span }

export const networkLimits = {
  characters: 20_000,
  lines: 1000,
  depth: 50,
  length: 100_000,
} as const

/** `x: input 6 6`, and as others write it: `x = input(6, 6)`, `W: weight [3 × 3]`. */
const leafLine = new RegExp(
  String.raw`^\s*(${namePattern})\s*(?::|=(?=\s*\w+\s*[([]))\s*(inputs?|data|param(?:eter)?s?|weights?|bias)((?:[\s([].*)?)$`,
  'iu',
)
/** `x: inptu 6 6`. */
const roleLine = new RegExp(`^\\s*${namePattern}\\s*:\\s*(\\p{L}+)(?![\\p{L}=])`, 'u')
const costLine = new RegExp(`^\\s*cost\\s*:\\s*(${namePattern})\\s*$`, 'u')
const opLine = new RegExp(`^\\s*(${namePattern})\\s*=(.*)$`, 'u')
const namedLine = /^\s*(bookCnn|leNet5|sizes)((?:\s+[A-Za-z][A-Za-z\d]*)*)\s*$/

/** 6 6, (6, 6), [6 × 6], 6x6. */
const lengthsIn = (written: string): string[] =>
  written
    .trim()
    .replace(/^[([](.*)[)\]]$/, '$1')
    .replaceAll(/(?<=\d)\s*[,×x]\s*/g, ' ')
    .split(/\s+/)
    .filter(Boolean)

const dimension = (word: string, span: Span): Dimension => {
  const match = /^(?:(\p{L}'*(?:_\{?\w{1,8}\}?)?)=)?(\d{1,6})$/u.exec(word)
  const length = Number(match?.[2])
  if (!match || length < 1 || length > networkLimits.length)
    throw new ClaimError(`‘${word}’ is no length of an axis`, span)
  return match[1] ? { length, letter: match[1].replaceAll(/[{}]/g, '') } : { length }
}

const readLine = (line: string, start: number): NetworkLine => {
  const span = { start: start + line.search(/\S/), end: start + line.trimEnd().length }
  const cost = costLine.exec(line)
  if (cost) return { kind: 'cost', name: nameOf(cost[1]!), span }
  const leaf = leafLine.exec(line)
  if (leaf) {
    const shape = lengthsIn(leaf[3]!).map((word) => dimension(word, span))
    return {
      kind: 'leaf',
      name: nameOf(leaf[1]!),
      role: /^(?:input|data)/i.test(leaf[2]!) ? 'input' : 'parameter',
      shape,
      span,
    }
  }
  const op = opLine.exec(line)
  if (!op) {
    const role = roleLine.exec(line)?.[1]
    if (role === undefined)
      throw new ClaimError('A line of a network is `name: input 6 6` or `name = op(…)`', span)
    const [near] = nearNames(role, ['input', 'parameter'])
    const why = `‘${role}’ is neither input nor parameter`
    throw new ClaimError(near === undefined ? why : `${why}; is ${near} meant?`, span)
  }
  const value = readExpression(op[2]!.trimEnd(), start + line.length - op[2]!.length)
  return { kind: 'op', name: nameOf(op[1]!), value, span }
}

const accents: Readonly<Record<string, string>> = { hat: '\u0302', tilde: '\u0303' }

/** \\mu as μ and \\hat{x} as x̂: names are written as the formulas have them, as long as before. */
const inUnicode = (line: string): string =>
  line.includes('\\')
    ? line
        .replace(/\\(?:var)?([A-Za-z]+)(?![A-Za-z])/g, (all, name) => greek.get(name) ?? all)
        .replace(
          /\\(hat|tilde)\s*(?:\{\s*(\p{L})\s*\}|(\p{L})(?!\p{L}))/gu,
          (_, accent, braced, bare) => ((braced ?? bare) + accents[accent]!).normalize('NFC'),
        )
        .padEnd(line.length)
    : line

/**
 * Reads the text of a ```network block, line by line.
 * @throws ClaimError for what it cannot read, with its place
 */
export const readNetwork = (text: string): NetworkText => {
  const span = { start: 0, end: text.length }
  if (text.length > networkLimits.characters)
    throw new ClaimError(`A network has at most ${networkLimits.characters} characters`, span)
  const lines: { text: string; start: number }[] = []
  let start = 0
  for (const written of text.split('\n')) {
    const line = inUnicode(written.replace(/#.*$/, '').replace(/\r$/, ' '))
    if (line.trim() !== '') lines.push({ text: line, start })
    start += written.length + 1
  }
  if (lines.length === 0) throw new ClaimError('The network is empty', span)
  if (lines.length > networkLimits.lines)
    throw new ClaimError(`A network has at most ${networkLimits.lines} lines`, span)
  const named = namedLine.exec(lines[0]!.text)
  if (!named)
    return { kind: 'lines', lines: lines.map((line) => readLine(line.text, line.start)), span }
  const second = lines[1]
  if (second)
    throw new ClaimError('Nothing follows the name of a network', {
      start: second.start,
      end: second.start + second.text.length,
    })
  return { kind: 'named', name: named[1]!, options: named[2]!.split(/\s+/).filter(Boolean), span }
}
