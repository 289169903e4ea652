// The LaTeX that ops and the notation print, as Unicode for a terminal. Reads that vocabulary
// only; a user's names never pass through here (label-text.ts writes them directly).

const SIGNS: Readonly<Record<string, string>> = {
  odot: '⊙',
  ast: '∗',
  star: '⋆',
  cdot: '·',
  times: '×',
  le: '≤',
  ge: '≥',
  ne: '≠',
  sum: 'Σ',
  partial: '∂',
  top: '⊤',
  dots: '…',
  cdots: '⋯',
  lfloor: '⌊',
  rfloor: '⌋',
  lceil: '⌈',
  rceil: '⌉',
  bmod: 'mod',
  alpha: 'α',
  beta: 'β',
  gamma: 'γ',
  delta: 'δ',
  varepsilon: 'ε',
  eta: 'η',
  lambda: 'λ',
  mu: 'μ',
  pi: 'π',
  sigma: 'σ',
  '\\': ', ',
  ',': ' ',
  ';': ' ',
  ' ': ' ',
  quad: ' ',
}
const TERM_ENDS = ['+', '-', '=', ')', '}', ',', '\\right', '\\\\']

/** Commands whose argument is printed as it is. */
const UPRIGHT = [
  'operatorname',
  'mathrm',
  'mathtt',
  'mathbf',
  'text',
  'substack',
  'bar',
  'hat',
  'tilde',
]
const SUPERSCRIPTS: Readonly<Record<string, string>> = { '⊤': 'ᵀ', '2': '²', '3': '³' }

/** `\left(\sum_{i} a_{i}\right)^{2}` as `(Σ_i a_i)²`. */
export function unicodeOf(latex: string): string {
  const tokens = casesInLine(latex).match(/\\(?:[A-Za-z]+\*?|.)|[\s\S]/gu) ?? []
  const reader = new Reader(tokens)
  const text = reader.text().replaceAll(/ {2,}/g, ' ')
  return text
    .replaceAll('( ', '(')
    .replaceAll('× ', '×')
    .replaceAll(/([⌈⌊]) /g, '$1')
    .replaceAll(/(\d) (?=[⌈⌊])/g, '$1')
    .replaceAll(/([⌉⌋]) (?=[-+,}\]])/g, '$1')
    .replaceAll(/\barg (?=(?:max|min|lomed|himed|med)_)/g, 'arg')
    .replaceAll(/(\d) (?=\p{Ll}′*(?:[-+,)\] ]|$))/gu, '$1')
    .trim()
}

/** `{ a if k ≤ 2; b otherwise }`: what stands for rows and columns stands nowhere else. */
const casesInLine = (latex: string): string =>
  latex.includes('\\begin{cases}')
    ? latex
        .replaceAll('\\begin{cases}', '\\{')
        .replaceAll('\\end{cases}', '\\}')
        .replaceAll(' & \\text{otherwise}', ' otherwise')
        .replaceAll(' & ', ' if ')
        .replaceAll(' \\\\ ', '; ')
    : latex

class Reader {
  private readonly tokens: readonly string[]
  private next = 0

  constructor(tokens: readonly string[]) {
    this.tokens = tokens
  }

  /** Up to the end, or to the brace that closes the group. */
  text(): string {
    let written = ''
    while (this.next < this.tokens.length && this.tokens[this.next] !== '}') {
      written += this.piece(written)
    }
    return written
  }

  private piece(before: string): string {
    const token = this.tokens[this.next++]!
    if (token === '{') return this.closed()
    if (token === '^') return raised(this.argument())
    if (token === '_') return lowered(this.argument())
    if (token === "'") return '′'
    if (!token.startsWith('\\')) return token
    return this.command(token.slice(1).replace(/\*$/, ''), before)
  }

  private command(name: string, before: string): string {
    if (name === 'left' || name === 'right') return ''
    if (name === 'frac' || name === 'tfrac') {
      return apart(before) + this.fraction()
    }
    if (name === 'sqrt') return `√(${this.argument()})`
    if (UPRIGHT.includes(name)) return this.argument()
    const sign = SIGNS[name]
    if (sign === undefined) return name
    return name === 'bmod' ? ` ${sign} ` : sign
  }

  /** In parentheses where a factor follows that would seem to belong below. */
  private fraction(): string {
    const above = this.argument()
    const below = this.argument()
    const text = `${grouped(above)}/${grouped(below)}`
    const isNumeral = /^\d+\/\d+$/.test(text)
    return isNumeral || this.termEnds() ? text : `(${text})`
  }

  private termEnds(): boolean {
    const rest = this.tokens.slice(this.next, this.next + 3).filter((token) => token !== ' ')
    return rest[0] === undefined || TERM_ENDS.includes(rest[0])
  }

  private argument(): string {
    const token = this.tokens[this.next]
    if (token === '{') {
      this.next++
      return this.closed()
    }
    return token === undefined ? '' : this.piece('')
  }

  private closed(): string {
    const inner = this.text()
    this.next++
    return inner.trim()
  }
}

const apart = (before: string): string => (/[\p{L}\d)\uE001]$/u.test(before) ? ' ' : '')

/** In parentheses where a fraction bar held it together. */
const grouped = (text: string): string => (/[ +\-−/]/.test(text) ? `(${text})` : text)

const raised = (text: string): string =>
  SUPERSCRIPTS[text] ?? ([...text].length === 1 ? `^${text}` : `^{${text}}`)

/** A word needs no braces. */
const lowered = (text: string): string => (/^(?:\p{L}+|.)$/u.test(text) ? `_${text}` : `_{${text}}`)
