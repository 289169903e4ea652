// Making indices and scalars: numbers are folded, sums and products flat. No meaning is added here.

import {
  constantValue,
  isZero,
  type Polynomial,
  plus as plusOf,
  polynomial,
  times as timesOf,
} from '../arithmetic/polynomial.ts'
import { type Rational, rational } from '../arithmetic/rational.ts'
import type { Choice, Guard, Index, Letter, Named, Relation, Scalar, Source } from './core.ts'

export const length = (of: Polynomial): Index => ({ kind: 'length', of })

export const whole = (n: number | bigint): Index => length(polynomial(n))

export const at = (letter: Letter): Index => ({ kind: 'letter', letter })

/** The number that an index is, where it is one. */
export const wholeValue = (index: Index): bigint | undefined =>
  index.kind === 'length' ? constantValue(index.of) : undefined

export const plus = (...terms: readonly Index[]): Index => {
  const flat = terms.flatMap((term) => (term.kind === 'plus' ? term.terms : [term]))
  const lengths = flat.flatMap((term) => (term.kind === 'length' ? [term.of] : []))
  const others = flat.filter(({ kind }) => kind !== 'length')
  const [first] = lengths
  const constant = lengths.length > 1 ? plusOf(...lengths) : first
  const all = constant && !isZero(constant) ? [...others, length(constant)] : others
  if (all.length === 1) return all[0]!
  return all.length === 0 ? whole(0) : { kind: 'plus', terms: all }
}

export const times = (...factors: readonly Index[]): Index => {
  const flat = factors.flatMap((factor) => (factor.kind === 'times' ? factor.factors : [factor]))
  const lengths = flat.flatMap((factor) => (factor.kind === 'length' ? [factor.of] : []))
  const others = flat.filter(({ kind }) => kind !== 'length')
  const constant = lengths.length > 0 ? timesOf(...lengths) : undefined
  if (constant && isZero(constant)) return whole(0)
  const all = constant && constantValue(constant) !== 1n ? [length(constant), ...others] : others
  if (all.length === 1) return all[0]!
  return all.length === 0 ? whole(1) : { kind: 'times', factors: all }
}

export const minus = (a: Index, ...others: readonly Index[]): Index =>
  plus(a, ...others.map((b) => times(whole(-1), b)))

export const over = (above: Index, below: Index): Index =>
  wholeValue(below) === 1n ? above : { kind: 'over', above, below }

export const choice = (by: Choice, ...of: readonly Index[]): Index => ({ kind: 'choice', by, of })

/** a mod b = a − b ⌊a/b⌋. */
export const modulo = (a: Index, b: Index): Index => minus(a, times(b, choice('floor', over(a, b))))

// ---- scalars

export const number = (value: Rational): Scalar => ({ kind: 'number', value })
export const zero = number(rational(0))
export const one = number(rational(1))
const minusOne = number(rational(-1))

export const isNumber = (s: Scalar, value: bigint): boolean =>
  s.kind === 'number' && s.value.numerator === value && s.value.denominator === 1n

export const size = (of: Index): Scalar => {
  const value = wholeValue(of)
  return value === undefined ? { kind: 'size', of } : number(rational(value))
}

export const read = (from: Source, ...indices: readonly Index[]): Scalar => ({
  kind: 'read',
  from,
  at: indices,
})

export const sum = (terms: readonly Scalar[]): Scalar => {
  const all = terms.filter((term) => !isNumber(term, 0n))
  if (all.length === 1) return all[0]!
  return all.length === 0 ? zero : { kind: 'sum', terms: all }
}

export const product = (factors: readonly Scalar[]): Scalar => {
  const flat = factors.flatMap((factor) => (factor.kind === 'product' ? factor.factors : [factor]))
  const all = flat.filter((factor) => !isNumber(factor, 1n))
  if (all.length === 1) return all[0]!
  return all.length === 0 ? one : { kind: 'product', factors: all }
}

export const negative = (s: Scalar): Scalar => product([minusOne, s])

/** −s as s; undefined where s has no sign before it. */
export const withoutSign = (s: Scalar): Scalar | undefined =>
  s.kind === 'product' && s.factors.some((factor) => isNumber(factor, -1n))
    ? product(
        s.factors.toSpliced(
          s.factors.findIndex((factor) => isNumber(factor, -1n)),
          1,
        ),
      )
    : undefined

export const quotient = (above: Scalar, below: Scalar): Scalar => ({
  kind: 'quotient',
  above,
  below,
})

export const power = (base: Scalar, exponent: Scalar): Scalar => ({
  kind: 'power',
  base,
  exponent,
})

export const guarded = (guards: readonly Guard[]): Scalar => ({ kind: 'guard', guards })

export const related = (left: Index, relation: Relation, right: Index): Guard => ({
  kind: 'indices',
  relation,
  left,
  right,
})

export const nodeSource = (node: Extract<Named, { kind: 'node' }>['node']): Named => ({
  kind: 'node',
  node,
})
