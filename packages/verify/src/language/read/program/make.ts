// Tokens that lines of programs are made into: brackets, calls, powers, the value before a dot.
import { extent, type Token, token } from '../tokens/tokens.ts'

export const touches = (left: Token, right: Token): boolean => extent(left).end === right.span.start

export const bracket = (body: readonly Token[], text = '('): Token => ({
  ...token('group', text, { start: body[0]!.span.start, end: extent(body.at(-1)!).end }),
  body: [...body],
})

export const called = (
  word: string,
  operands: readonly (readonly Token[])[],
  at: Token,
): Token[] => {
  const commas = operands.flatMap((each, k) =>
    k === 0 ? each : [token('sign', ',', at.span), ...each],
  )
  return [token('function', word, at.span), bracket(commas)]
}

export const raisedTo = (base: readonly Token[], exponent: readonly Token[]): Token[] => {
  const group = bracket(base)
  const span = bracket(exponent).span
  return [{ ...group, superscript: { tokens: [...exponent], span } }]
}

export const transposed = (base: readonly Token[]): Token[] => {
  const group = bracket(base)
  return raisedTo(base, [token('name', 'T', group.span)])
}

export const isValue = ({ type }: Token): boolean =>
  ['name', 'function', 'group', 'number'].includes(type)

/** The run of tokens at the end that touch one another: dout, x[i], exp(z). */
export const lastValue = (tokens: Token[]): Token[] => {
  let from = tokens.length
  while (from > 0 && isValue(tokens[from - 1]!)) {
    if (from < tokens.length && !touches(tokens[from - 1]!, tokens[from]!)) break
    from--
  }
  return tokens.splice(from)
}

/** Tokens as they are written, without spaces: dc_hat is not dc. */
export const spelling = (tokens: readonly Token[]): string =>
  tokens
    .map(({ text, body, subscript }) => {
      const below = subscript ? `_${spelling(subscript.tokens)}` : ''
      return (body ? `(${spelling(body)})` : text) + below
    })
    .join('')
