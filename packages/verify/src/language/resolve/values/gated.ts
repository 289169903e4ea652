// Activations that a claim names and that are made of others: SiLU(x) = x σ(x), GELU(x) = x Φ(x),
// with Φ(x) = (1 + erf(x/√2))/2, and their first derivatives; cosh(x) = (e^x + e^{−x})/2.
import { elementwiseWords } from '../../lexicon.ts'
import { rational } from '../../rational.ts'
import type { Resolved } from '../../resolved.ts'
import { ClaimError, type Span } from '../../syntax.ts'

type Word = (Resolved & { kind: 'call' })['word']

export const callOf = (word: Word, operands: readonly Resolved[], span: Span): Resolved => ({
  kind: 'call',
  word,
  order: 0,
  operands,
  span,
})

const gates = ['silu', 'gelu', 'sinh', 'cosh', 'sech'] as const

/** Whether a word is written in others. */
export const isGated = (word: string): word is (typeof gates)[number] =>
  (gates as readonly string[]).includes(word)

export const gated = (
  word: (typeof gates)[number],
  order: number,
  x: Resolved,
  span: Span,
): Resolved => {
  const call = (name: Word, operand: Resolved, primes = 0): Resolved => ({
    kind: 'call',
    word: name,
    order: primes,
    operands: [operand],
    span,
  })
  const number = (above: bigint, below = 1n): Resolved => ({
    kind: 'numeral',
    value: rational(above, below),
    span,
  })
  const times = (left: Resolved, right: Resolved): Resolved => ({
    kind: 'hadamard',
    left,
    right,
    span,
  })
  const scaled = (factor: Resolved, of: Resolved): Resolved => ({
    kind: 'product',
    factors: [factor, of],
    span,
  })
  const over = (numerator: Resolved, denominator: Resolved): Resolved => ({
    kind: 'quotient',
    numerator,
    denominator,
    span,
  })
  const plus = (...terms: Resolved[]): Resolved => ({ kind: 'addition', terms, span })
  const negated = (operand: Resolved): Resolved => ({ kind: 'negation', operand, span })
  if (word === 'sech') return over(number(1n), gated('cosh', order, x, span))
  if (word === 'sinh' || word === 'cosh') {
    const falling = call('exp', negated(x))
    const isSum = (word === 'cosh') === (order % 2 === 0)
    return over(plus(call('exp', x), isSum ? falling : negated(falling)), number(2n))
  }
  if (order > 1) throw new ClaimError(`${word} has its first derivative here, and no second`, span)
  if (word === 'silu') {
    const gate = call('sigmoid', x)
    return order === 0 ? times(x, gate) : plus(gate, times(x, call('sigmoid', x, 1)))
  }
  const root = call('sqrt', number(2n))
  const gate = plus(number(1n, 2n), scaled(number(1n, 2n), call('erf', over(x, root))))
  if (order === 0) return times(x, gate)
  const square: Resolved = { kind: 'power', base: x, exponent: number(2n), span }
  const bell = call('exp', scaled(number(-1n, 2n), square))
  const density = over(bell, call('sqrt', scaled(number(2n), call('pi', number(1n)))))
  return plus(gate, times(x, density))
}

/** @throws ClaimError at cos(a, b), which is no cosine of a. */
export const demandOne = (word: Word, { length }: { readonly length: number }, span: Span) => {
  if (length > 1 && elementwiseWords.has(word))
    throw new ClaimError(`${word} is of one value, and here are ${length}`, span)
}
