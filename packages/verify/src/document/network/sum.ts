// Σ in a network’s text: Σ_{i=1}^{n} (a_i − y_i)^2, Σ_i, Σ_{i,j}; its body reaches to the next
// + or −.
import { greek } from '../../language/lexicon.ts'
import { ClaimError } from '../../language/syntax.ts'
import { isNext, type Reader, spanFrom, take } from './reader.ts'
import type { Token } from './tokens.ts'
import type { NetworkExpression, SumLetter } from './tree.ts'

const letter = String.raw`\p{L}[′']*`
const below = new RegExp(
  String.raw`^[Σ∑](?=.*?(?:\^(?:\{([^{}]+)\}|([\p{L}\d]+))|$))(?:\^[^_]*)?(?:_(?:\{([^{}]+)\}|(${letter}))(?:\^.*)?)?$`,
  'u',
)

/** ‘1’ and ‘n’, the limits of a Σ. */
const limit = (text: string, { span }: Token): NetworkExpression => {
  const trimmed = text.trim()
  if (/^\d+$/.test(trimmed)) return { kind: 'number', value: Number(trimmed), text: trimmed, span }
  if (new RegExp(`^${letter}(?:_\\w+)?$`, 'u').test(trimmed))
    return { kind: 'name', name: trimmed, span }
  throw new ClaimError('The limits of a sum are numbers or lengths: Σ_{i=1}^{n}', span)
}

/** The upper limit that stands behind: ^n, ^{n}. */
const above = (reader: Reader): string | undefined => {
  if (!isNext(reader, '^')) return undefined
  reader.at++
  const token = take(reader)
  if (token.kind === 'sign')
    throw new ClaimError('The upper limit of a sum is a number or a length', token.span)
  return token.text
}

export const sumOf = (reader: Reader, sign: Token): NetworkExpression => {
  const [matched, braced, bare, many, one] = below.exec(sign.text) ?? []
  if (matched === undefined)
    throw new ClaimError('A sum has its letters below: Σ_i, Σ_{i,j}, Σ_{i=1}^{n}', sign.span)
  const upper = braced ?? bare ?? above(reader)
  const [names, start] = (many ?? one ?? '').split('=') as [string, string?]
  const letters = names
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
    .map(
      (name): SumLetter => ({
        name: greek.get(name) ?? name,
        ...(start !== undefined && { from: limit(start, sign) }),
        ...(upper !== undefined && { to: limit(upper, sign) }),
      }),
    )
  if (letters.length === 0)
    throw new ClaimError(
      `‘${sign.text}’: sum(…) sums every entry, sum(…, axes=0) along the first axis, Σ_i over i`,
      sign.span,
    )
  const isLetter = new RegExp(`^${letter}$`, 'u')
  if (letters.some(({ name }) => !isLetter.test(name)))
    throw new ClaimError('A sum has its letters below: Σ_i, Σ_{i,j}, Σ_{i=1}^{n}', sign.span)
  const body = reader.product(reader)
  return { kind: 'sum', letters, body, span: spanFrom(sign, body) }
}
