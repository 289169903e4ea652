// Text → tokens of the notation. Every sign has an ASCII spelling; tokens carry the Unicode one.

import { NotationError } from '../error.ts'
import { PACK } from '../syntax.ts'

type TokenKind = 'number' | 'word' | 'name' | 'sign'

export interface Token {
  readonly kind: TokenKind
  /** In its Unicode spelling. */
  readonly text: string
  /** Where it starts in the source. */
  readonly position: number
}

const WORDS = [
  ...['arglomed', 'arghimed', 'argmax', 'argmin', 'lomed', 'himed', 'max', 'min'],
  ...['floor', 'ceil', 'log1p', 'tanh', 'sign', 'sqrt', 'sum', 'exp', 'log', 'abs', 'mod'],
  ...['sin', 'cos', 'erf'],
]

/** Letters that a keyboard lacks. */
const LETTERS: Readonly<Record<string, string>> = {
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  sigma: 'σ',
}

const SPELLINGS: Readonly<Record<string, string>> = {
  '...': PACK,
  '<=': '≤',
  '>=': '≥',
  '!=': '≠',
  '−': '-',
  '*': '·',
  '∑': 'Σ',
  sum: 'Σ',
  sqrt: '√',
  pi: 'π',
}

/** The words that are signs: Σ is no letter here. */
const SIGNS = new Set(['Σ', '√', 'π'])

const TOKEN = new RegExp(
  [
    '(?<number>\\d+(?:\\.\\d+)?)',
    `(?<word>${WORDS.join('|')}|pi(?!\\p{L})|[Σ∑√π])`,
    `(?<name>(?:${Object.keys(LETTERS).join('|')}|\\p{L}\\u0304?)['′]*)`,
    '(?<sign>\\.\\.\\.|<=|>=|!=|\\S)',
  ].join('|'),
  'uy',
)

/** @throws NotationError for a number that float64 cannot hold */
export function tokenize(text: string): readonly Token[] {
  const tokens: Token[] = []
  const space = /\s*/y
  let position = 0
  while (true) {
    space.lastIndex = position
    space.exec(text)
    TOKEN.lastIndex = space.lastIndex
    const match = TOKEN.exec(text)
    if (!match) return tokens
    tokens.push(tokenOf(match, text))
    position = TOKEN.lastIndex
  }
}

function tokenOf(match: RegExpExecArray, text: string): Token {
  const source = match[0]
  const position = match.index
  const { number, name, word } = match.groups ?? {}
  if (number !== undefined) {
    if (Number.isFinite(Number(number))) return { kind: 'number', text: number, position }
    throw new NotationError('This number is too large for float64.', text, position)
  }
  if (name !== undefined) return { kind: 'name', text: canonicalName(name), position }
  const spelling = SPELLINGS[source] ?? source
  const kind = word !== undefined && !SIGNS.has(spelling) ? 'word' : 'sign'
  return { kind, text: spelling, position }
}

/** One spelling per name: typographic primes, Greek letters, x̄ composed where Unicode can. */
function canonicalName(source: string): string {
  const letter = source.replace(/['′]+$/, '')
  const primes = '′'.repeat(source.length - letter.length)
  return ((LETTERS[letter] ?? letter) + primes).normalize('NFC')
}
