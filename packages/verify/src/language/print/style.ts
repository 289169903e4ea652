// Spelling of letters, words and relations in text and in LaTeX, and how tightly each kind binds.
import { elementwiseWords } from '../lexicon.ts'
import type { Expression, RelationSign, Style, Word } from '../syntax.ts'

/** How tightly a kind binds; what is looser than its place needs parentheses. */
export const levels = {
  addition: 1,
  reduction: 2,
  hadamard: 3,
  star: 4,
  quotient: 5,
  product: 6,
  factor: 7,
}
export type Level = keyof typeof levels

export const levelOf = (node: Expression, style: Style): Level => {
  switch (node.kind) {
    case 'addition':
    case 'negation':
    case 'ellipsis':
      return 'addition'
    case 'reduction':
    case 'hadamard':
    case 'star':
      return node.kind
    case 'product':
      // A Σ at its end would take what follows into its body.
      return node.factors.at(-1)?.kind === 'reduction' ? 'reduction' : 'product'
    case 'quotient':
      return style === 'latex' ? 'factor' : 'quotient'
    case 'numeral':
      // 1/2 before juxtaposition is one number, after a slash it is not.
      return style === 'text' && node.value.denominator !== 1n ? 'quotient' : 'factor'
    default:
      return 'factor'
  }
}

const latexLetters: Readonly<Record<string, string>> = {
  δ: '\\delta',
  σ: '\\sigma',
  α: '\\alpha',
  β: '\\beta',
  γ: '\\gamma',
  ε: '\\epsilon',
  η: '\\eta',
  θ: '\\theta',
  λ: '\\lambda',
  μ: '\\mu',
  ρ: '\\rho',
  τ: '\\tau',
  φ: '\\phi',
  ψ: '\\psi',
  ω: '\\omega',
}

const accents: ReadonlyMap<string, string> = new Map([
  ['\u0302', 'hat'],
  ['\u0304', 'bar'],
  ['\u0303', 'tilde'],
  ['\u0307', 'dot'],
  ['\u0308', 'ddot'],
  ['\u030c', 'check'],
])

const latexRelations: Readonly<Record<RelationSign, string>> = {
  '=': '=',
  '≠': '\\neq',
  '<': '<',
  '≤': '\\leq',
  '>': '>',
  '≥': '\\geq',
  '∈': '\\in',
}

const latexOperators: ReadonlySet<Word> = new Set<Word>([
  ...(['exp', 'log', 'tanh', 'sin', 'cos', 'max', 'min'] as const),
])

export const relation = (sign: RelationSign, style: Style) =>
  style === 'latex' ? latexRelations[sign] : sign

export const wrap = (text: string, style: Style) =>
  style === 'latex' ? `\\left(${text}\\right)` : `(${text})`

/** One letter needs no braces in LaTeX; a numeral needs none in text either. */
export const braced = (sign: '^' | '_', text: string, style: Style): string => {
  const short = style === 'latex' ? /^[\p{L}\d]$/u : /^(?:\p{L}|\d+)$/u
  return short.test(text) ? sign + text : `${sign}{${text}}`
}

export const letter = (base: string, style: Style): string => {
  if (style === 'text') return base
  const accent = accents.get(base.normalize('NFD').slice(-1))
  if (accent) return `\\${accent}{${letter(base.normalize('NFD').slice(0, -1), style)}}`
  if (elementwiseWords.has(base)) return wordText(base as Word, style)
  return latexLetters[base] ?? ([...base].length > 1 ? `\\text{${base}}` : base)
}

export const wordText = (word: Word, style: Style): string => {
  if (style === 'text') return word
  return latexOperators.has(word) ? `\\${word}` : `\\operatorname{${word}}`
}
