// Small parts of a statement: what the checker has no word for, by what it has: a < b is [b > a],
// a largest entry Σ_u [u wins] s, √4 is 2.

import type { PlainAxis, PlainIndex, PlainScalar } from '../certificate/grammar.ts'
import { inverse, isAbove, isZero } from '../certificate/laws.ts'
import type { Relation } from '../core/core.ts'

export const whole = (n: bigint): PlainIndex => ({
  kind: 'length',
  of: n === 0n ? [] : [{ coefficient: `${n}`, variables: [] }],
})

export const minus = (e: PlainIndex): PlainIndex => ({ kind: 'times', factors: [whole(-1n), e] })

/** The number that an index is whatever the lengths, if it is one. */
export const numberIn = (e: PlainIndex): bigint | undefined => {
  const all = (parts: readonly PlainIndex[], add: (a: bigint, b: bigint) => bigint, none: bigint) =>
    parts
      .map(numberIn)
      .reduce((a, b) => (a === undefined || b === undefined ? undefined : add(a, b)), none)
  if (e.kind === 'plus') return all(e.terms, (a, b) => a + b, 0n)
  if (e.kind === 'times') return all(e.factors, (a, b) => a * b, 1n)
  if (e.kind !== 'length' || e.of.some(({ variables }) => variables.length > 0)) return undefined
  return e.of.reduce((sum, { coefficient }) => sum + BigInt(coefficient), 0n)
}

export const product = (...factors: readonly PlainScalar[]): PlainScalar => {
  const [only, ...others] = factors
  return only && others.length === 0 ? only : { kind: 'product', factors }
}
export const sum = (...terms: readonly PlainScalar[]): PlainScalar => ({ kind: 'sum', terms })
export const number = (n: number): PlainScalar => ({ kind: 'number', value: [`${n}`, '1'] })
export const negative = (s: PlainScalar): PlainScalar => product(number(-1), s)
/** 1 − s. */
export const not = (s: PlainScalar): PlainScalar => sum(number(1), negative(s))
export const apply = (f: string, to: PlainScalar, order = 0): PlainScalar => {
  return { kind: 'apply', f, order, to }
}

/** s^n. */
export const power = (base: PlainScalar, n: bigint): PlainScalar => {
  const raised: PlainScalar =
    n === 1n || n === -1n ? base : { kind: 'power', base, exponent: `${n < 0n ? -n : n}` }
  return n < 0n ? apply(inverse, raised) : raised
}

/** x x is x²: of squares signs are known. */
export const raisedTogether = (factors: readonly PlainScalar[]): PlainScalar[] => {
  const powers = new Map<string, [factor: PlainScalar, times: bigint]>()
  for (const each of factors) {
    const key = JSON.stringify(each)
    powers.set(key, [each, (powers.get(key)?.[1] ?? 0n) + 1n])
  }
  return [...powers.values()].map(([factor, times]) => power(factor, times))
}

// ---- brackets

type Bracket<T> = (left: T, right: T) => PlainScalar

const isNone = (s: PlainScalar): boolean => s.kind === 'number' && s.value.join() === '0,1'
const difference: Bracket<PlainScalar> = (left, right) =>
  isNone(right) ? left : sum(left, negative(right))

const equal: Bracket<PlainScalar> = (left, right) => apply(isZero, difference(left, right))
const above: Bracket<PlainScalar> = (left, right) => apply(isAbove, difference(left, right))

/** [s ~ t]. */
export const ofValues: Readonly<Record<Relation, Bracket<PlainScalar>>> = {
  '=': equal,
  '≠': (left, right) => not(equal(left, right)),
  '>': above,
  '<': (left, right) => above(right, left),
  '≥': (left, right) => not(above(right, left)),
  '≤': (left, right) => not(above(left, right)),
}

const least: Bracket<PlainIndex> = (left, right) => ({ kind: 'guard', relation: '≥', left, right })
const beyond: Bracket<PlainIndex> = (left, right) =>
  least(left, { kind: 'plus', terms: [right, whole(1n)] })

/** [e ~ f]. */
export const ofIndices: Readonly<Record<Relation, Bracket<PlainIndex>>> = {
  '=': (left, right) => ({ kind: 'guard', relation: '=', left, right }),
  '≠': (left, right) => sum(beyond(left, right), beyond(right, left)),
  '>': beyond,
  '<': (left, right) => beyond(right, left),
  '≥': least,
  '≤': (left, right) => least(right, left),
}

/** Σ_u s where u wins: its letters once for the sum, and others for those that compete. */
export const summedWhere = (
  over: readonly PlainAxis[],
  factors: readonly PlainScalar[],
  competing: Omit<Extract<PlainScalar, { kind: 'winner' }>, 'kind' | 'at'>,
): PlainScalar => {
  const at = over.map(({ letter }) => ({ kind: 'letter', letter }) as const)
  return { kind: 'reduce', over, body: product({ kind: 'winner', at, ...competing }, ...factors) }
}

/** The whole number whose square it is, if it is one. */
const wholeRoot = (n: bigint): bigint | undefined => {
  if (n > 2n ** 50n) return undefined
  const root = BigInt(Math.round(Math.sqrt(Number(n))))
  return root * root === n ? root : undefined
}

/** √4 is 2. */
export const rootOf = (s: PlainScalar): PlainScalar => {
  const [only, ...others] = s.kind === 'size' ? s.of : []
  const isNumber = only && others.length === 0 && only.variables.length === 0
  const value = s.kind === 'number' ? s.value : isNumber ? [only.coefficient, '1'] : undefined
  const roots = value?.map((text) => (BigInt(text) > 0n ? wholeRoot(BigInt(text)) : undefined))
  if (roots?.[0] === undefined || roots[1] === undefined) return apply('√', s)
  return { kind: 'number', value: [`${roots[0]}`, `${roots[1]}`] }
}

/** max(a, b) = a + [b > a] (b − a). */
export const larger = (a: PlainScalar, b: PlainScalar): PlainScalar =>
  sum(a, product(above(b, a), sum(b, negative(a))))
