// ∏_{j=2}^{4} body of numbers: the factors written out, as one does by hand. Which stands first is
// for the graph to tell, where it matters.
import { productLimits } from '../lexicon.ts'
import { ClaimError, type Expression } from '../syntax.ts'
import { childNodes } from '../walk.ts'
import { hadamard, signed, whole } from './pratt.ts'
import { type Cursor, deeper, isSign, joinSpans, make, next, within } from './tokens/cursor.ts'
import { extent, type Script, type Token, token } from './tokens/tokens.ts'
import { under } from './under.ts'

const mostFactors = 50

const isPlain = (each: Token): boolean => !each.subscript && !each.superscript && each.primes === 0

/** j − 1 at j = 3 is 2: below a name stands which array is meant, and not how it is worked out. */
const folded = (tokens: readonly Token[]): Token[] => {
  const [a, sign, b, ...rest] = tokens
  const isSum =
    a?.type === 'number' && b?.type === 'number' && (isSign(sign, '+') || isSign(sign, '-'))
  if (!isSum || !isPlain(a) || !isPlain(b)) return a ? [a, ...folded(tokens.slice(1))] : []
  const value = Number(a.text) + (isSign(sign, '-') ? -1 : 1) * Number(b.text)
  if (!Number.isSafeInteger(value) || value < 0) return [a, sign!, b, ...folded(rest)]
  return folded([token('number', `${value}`, { start: a.span.start, end: extent(b).end }), ...rest])
}

const inScript = (script: Script, letter: string, value: string): Script => ({
  ...script,
  tokens: folded(withValue(script.tokens, letter, value)),
})

/** The tokens with a number for a letter. */
const withValue = (tokens: readonly Token[], letter: string, value: string): Token[] =>
  tokens.map((each) => {
    if (each.type === 'name' && each.text === letter && isPlain(each))
      return token('number', value, each.span)
    return {
      ...each,
      ...(each.superscript && { superscript: inScript(each.superscript, letter, value) }),
      ...(each.subscript && { subscript: inScript(each.subscript, letter, value) }),
      ...(each.body && { body: withValue(each.body, letter, value) }),
      ...(each.below && { below: withValue(each.below, letter, value) }),
    }
  })

const wholeOf = (node: Expression | undefined): number | undefined =>
  node?.kind === 'numeral' && node.value.denominator === 1n
    ? Number(node.value.numerator)
    : undefined

const mentions = (node: Expression, letter: string): boolean =>
  (node.kind === 'name' && node.base === letter) ||
  childNodes<Expression>(node).some((each) => mentions(each, letter))

/** How many factors stand behind the last one with the letter: nobody says whether they are inside. */
const factorsAfter = (body: Expression, letter: string, tokens: readonly Token[]): number => {
  if (body.kind === 'quotient')
    return mentions(body.denominator, letter) || !tokens.some((each) => isSign(each, '/')) ? 0 : 1
  if (body.kind !== 'product') return 0
  const last = body.factors.findLastIndex((each) => mentions(each, letter))
  return last < 0 ? 0 : body.factors.length - 1 - last
}

/** log ∏_i p_i is Σ_i log p_i, as far as the product goes. */
export const sumOfLogs = (cursor: Cursor, log: Expression & { kind: 'call' }): Expression => {
  const [of] = log.operands
  if (log.word !== 'log' || of?.kind !== 'reduction' || of.operator !== 'product') return log
  const { after, body, ...sum } = of
  if (after !== undefined) return log
  return make(cursor, { ...sum, operator: 'sum', body: { ...log, operands: [body] } })
}

export const writtenProduct = (cursor: Cursor): Expression => {
  const sign = next(cursor)
  const { subscript, superscript } = sign
  const refused = new ClaimError(productLimits, extent(sign))
  if (!subscript || sign.primes > 0) throw refused
  const { binders, conditions } = under(cursor, subscript, 'product', superscript !== undefined)
  const [binder, second] = binders
  const end = superscript && whole(cursor, superscript.tokens, superscript.span)
  const from = wholeOf(binder?.lower)
  const to = wholeOf(end ?? binder?.upper)
  const upper = end ?? binder?.upper
  if (!binder || !binder.lower !== !upper || second || conditions.length > 0) throw refused
  const start = cursor.at
  if (from === undefined || to === undefined) {
    const body = deeper(cursor, () => signed(cursor, hadamard))
    const after = factorsAfter(body, binder.name, cursor.tokens.slice(start, cursor.at))
    const span = joinSpans(sign, body)
    const only = { ...binder, ...(upper && { upper }) }
    const sum = { kind: 'reduction' as const, operator: 'product' as const, implicit: false }
    const open = after > 0 && { after }
    return make(cursor, { ...sum, binders: [only], conditions: [], body, ...open, span })
  }
  if (to < from || to - from >= mostFactors) throw refused
  const first = deeper(cursor, () => signed(cursor, hadamard))
  const span = joinSpans(sign, first)
  const body = cursor.tokens.slice(start, cursor.at)
  const factors = Array.from({ length: to - from + 1 }, (_, k) => {
    const tokens = withValue(body, binder.name, `${from + k}`)
    return whole(within(cursor, tokens, span), tokens, span)
  })
  if (factors.length === 1) return factors[0]!
  const after = factorsAfter(first, binder.name, body)
  const isAlike = factors.every((each) =>
    each.kind === 'product' && first.kind === 'product'
      ? each.factors.length === first.factors.length
      : each.kind === first.kind,
  )
  const open = after > 0 && isAlike && { after }
  return make(cursor, { kind: 'product' as const, factors, anyOrder: true, ...open, span })
}
