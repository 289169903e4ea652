// The words of a network's text: numbers, names with what stands above and below them, signs.
import { ClaimError, type Span } from '../language/syntax.ts'

/** Above a name: `W^T`, `a^{(1)}`, `x^2`, but not the 0 of `x^0.5`. */
const above = String.raw`\^(?:\{[^{}\n]{1,40}\}|[\p{L}\d]+(?![\p{L}\d]|\.\d))`
const below = String.raw`_(?:\{[^{}\n]{1,40}\}|[\p{L}\d]+)`
/** Of the words of a program, counts_sum_inv, all but the last are of the name itself. */
const words = String.raw`[\p{L}_][\p{L}\p{M}\d.']*(?:_[\p{L}\d]+(?=_[\p{L}\d]))*`
export const namePattern = `${words}(?:${above})?(?:${below})?`

const number = String.raw`(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`
const tokenPattern = new RegExp(
  String.raw`\s*(?:(${number})|(${namePattern})|'(\w+)'|"(\w+)"|(\*\*|[<>]=?|[()[\],=+*/@^.-]))`,
  'uy',
)

export interface Token {
  readonly kind: 'number' | 'name' | 'sign'
  readonly text: string
  readonly span: Span
}

/** As many characters each, so that places stay what they are. */
const signs: Readonly<Record<string, string>> = {
  '⊙': '*',
  '∘': '*',
  '·': '*',
  '×': '*',
  '⋅': '*',
  '−': '-',
  '–': '-',
  '⊤': 'T',
  ᵀ: 'T',
}

const inSigns = (text: string): string =>
  text.replace(/[⊙∘·×⋅−–⊤]/gu, (sign) => signs[sign]!).replace(/ᵀ/gu, 'T')

const advice: readonly (readonly [RegExp, string])[] = [
  [/^\\/, 'a network is written as a program is: (a + b) / c, sqrt(x), sum(x)'],
  [/^∑/u, 'sum(…) sums every entry, sum(…, axes=0) along the first axis'],
  [/^[|‖]/u, 'a norm is norm(x), its square sum(x^2)'],
  [/^[;:]/, 'each array has a line of its own'],
  [/^[{}]/, 'parentheses group'],
  [/^['"]/, 'a word stands between the same two quotation marks'],
  [/^√/u, 'a root is sqrt(x)'],
]

/** @throws ClaimError at the first sign that no network has. */
export const tokensOf = (written: string, offset: number): Token[] => {
  const text = inSigns(written)
  const tokens: Token[] = []
  const end = text.trimEnd().length
  for (let at = 0; at < end; ) {
    tokenPattern.lastIndex = at
    const match = tokenPattern.exec(text)
    if (!match) {
      const rest = text.slice(at).trimStart()
      const help = advice.find(([pattern]) => pattern.test(rest))?.[1]
      throw new ClaimError(
        `‘${String.fromCodePoint(rest.codePointAt(0)!)}’ is not understood in a network${help ? `: ${help}` : ''}`,
        { start: offset + end - rest.trimEnd().length, end: offset + end },
      )
    }
    const [, digits, name, single, double, sign] = match
    const word = digits ?? name ?? single ?? double ?? sign!
    at = tokenPattern.lastIndex
    const quotes = single || double ? 2 : 0
    tokens.push({
      kind: digits ? 'number' : sign ? 'sign' : 'name',
      text: word.normalize('NFC'),
      span: { start: offset + at - word.length - quotes, end: offset + at },
    })
  }
  return tokens
}
