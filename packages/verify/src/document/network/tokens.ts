// The words of a network's text: numbers, names with what stands above and below them, signs.
import { loweredSigns, normalise, raisedSigns } from '../../language/read/tokens/normalise.ts'
import { ClaimError, type Span } from '../../language/syntax.ts'

/** Above a name: `W^T`, `a^{(1)}`, `x²`, but not the 0 of `x^0.5`. */
const above = String.raw`(?:\^(?:\{[^{}\n]{1,40}\}|[\p{L}\d]+(?![\p{L}\d]|\.\d))|[${raisedSigns}]+)`
const below = String.raw`(?:_(?:\{[^{}\n]{1,40}\}|[\p{L}\d]+)|[${loweredSigns}]+)`
/** Of the words of a program, counts_sum_inv, all but the last are of the name itself. */
const onTheLine = `(?![${raisedSigns}${loweredSigns}])`
const words = String.raw`${onTheLine}[\p{L}_](?:${onTheLine}[\p{L}\p{M}\d.'])*(?:_[\p{L}\d]+(?=_[\p{L}\d]))*`
const namePattern = `(?:[Σ∑]${below}${above}|sum_\\{[^{}\\n]{1,40}\\}(?:${above})?|${words}(?:${above})?(?:${below})?(?:_(?![\\p{L}\\d{]))?)`

/** One for all who ask, made when the first does: read alone, it takes half a millisecond. */
let nameHere: RegExp | undefined

/** How long the name is that a text begins with, and σ_1^2 whole; 0 where none does. */
export const nameLength = (text: string): number => {
  nameHere ??= new RegExp(namePattern.replace('Σ', 'Σσς'), 'uy')
  nameHere.lastIndex = 0
  return nameHere.test(text) ? nameHere.lastIndex : 0
}

/** A name as the formulas have it: σ² is σ^{2}, Wᵀ is W^{T}. */
export const nameOf = (written: string): string => normalise(written).text.normalize('NFC')

const number = String.raw`(?:[½¼]|\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`
const anyToken = String.raw`\s*(?:([${raisedSigns}]+)|(${number})|(${namePattern})|'([^'\n]*)'|"([^"\n]*)"|(\.{3}|\*\*|//|[<>=!]=|\|\||[()[\],=+*/@^.:<>|‖√·∗∈-]))`
let tokenPattern: RegExp | undefined

const belowPattern = new RegExp(`^${below}(?:\\^\\{?\\d\\}?)?`, 'u')

export interface Token {
  readonly kind: 'number' | 'name' | 'text' | 'sign'
  readonly text: string
  readonly span: Span
}

/** As many characters each, so that places stay what they are. */
const signs: Readonly<Record<string, string>> = {
  '⊙': '*',
  '∘': '*',
  '×': '·',
  '⋅': '·',
  '−': '-',
  '–': '-',
  '⊤': 'T',
}

const inSigns = (text: string): string => text.replace(/[⊙∘×⋅−–⊤]/gu, (sign) => signs[sign]!)

const advice: readonly (readonly [RegExp, string])[] = [
  [/^\\/, 'a network is written as a program is: (a + b) / c, sqrt(x), sum(x)'],
  [/^∑/u, 'sum(…) sums every entry, sum(…, axes=0) along the first axis'],
  [/^;/, 'each array has a line of its own'],
  [/^[{}]/, 'parentheses group'],
  [/^['"]/, 'a word stands between the same two quotation marks'],
]

/** (x − μ)², (Wx)ᵀ: a power, all of it where the raised signs stood. */
const raisedTokens = (raised: string, end: number): Token[] => {
  const text = normalise(raised).text.slice(2, -1)
  const span = { start: end - raised.length, end }
  const kind = /^\d+$/.test(text) ? 'number' : 'name'
  return [
    { kind: 'sign', text: '^', span },
    { kind, text, span },
  ]
}

/** @throws ClaimError at the first sign that no network has. */
export const tokensOf = (written: string, offset: number): Token[] => {
  const text = inSigns(written)
  const tokens: Token[] = []
  const end = text.trimEnd().length
  tokenPattern ??= new RegExp(anyToken, 'uy')
  for (let at = 0; at < end; ) {
    tokenPattern.lastIndex = at
    const match = tokenPattern.exec(text)
    const closed = tokens.at(-1)
    const isClosed = closed && closed.kind === 'sign' && /^[)\]]$/.test(closed.text)
    const [lower] = isClosed ? (belowPattern.exec(text.slice(closed.span.end - offset)) ?? []) : []
    if (closed && lower) {
      // (a − y)_{ij}^2.
      const span = { start: closed.span.end, end: closed.span.end + lower.length }
      tokens.push({ kind: 'name', text: lower, span })
      at = span.end - offset
      continue
    }
    if (closed && isClosed && text[closed.span.end - offset] === "'") {
      // (a − y)' of MATLAB.
      const start = closed.span.end
      tokens.push({ kind: 'sign', text: "'", span: { start, end: start + 1 } })
      at = start + 1 - offset
      continue
    }
    if (!match) {
      const rest = text.slice(at).trimStart()
      const help = advice.find(([pattern]) => pattern.test(rest))?.[1]
      throw new ClaimError(
        `‘${String.fromCodePoint(rest.codePointAt(0)!)}’ is not understood in a network${help ? `: ${help}` : ''}`,
        { start: offset + end - rest.trimEnd().length, end: offset + end },
      )
    }
    const [, raised, digits, name, single, double, sign] = match
    at = tokenPattern.lastIndex
    if (raised) {
      tokens.push(...raisedTokens(raised, offset + at))
      continue
    }
    const quoted = single ?? double
    const word = digits ?? name ?? quoted ?? sign!
    const quotes = quoted === undefined ? 0 : 2
    tokens.push({
      kind: digits ? 'number' : sign ? 'sign' : quoted === undefined ? 'name' : 'text',
      text: name ? nameOf(name) : word.normalize('NFC'),
      span: { start: offset + at - word.length - quotes, end: offset + at },
    })
  }
  return tokens
}
