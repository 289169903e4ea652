// Small parts of a statement: what the checker has no word for, by what it has: a < b is b > a,
// max(a, b) is a + [b > a] (b − a), √4 is 2.

import type { PlainGuard, PlainIndex, PlainRelation, PlainScalar } from '../certificate/grammar.ts'
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

/** a < b is b > a. */
export const turned = <T>(
  relation: Relation,
  left: T,
  right: T,
): readonly [PlainRelation, T, T] => {
  if (relation === '<') return ['>', right, left]
  return relation === '≤' ? ['≥', right, left] : [relation, left, right]
}

export const negative = (s: PlainScalar): PlainScalar => ({
  kind: 'product',
  factors: [{ kind: 'number', value: ['-1', '1'] }, s],
})

/** The whole number whose square it is, if it is one. */
const wholeRoot = (n: bigint): bigint | undefined => {
  if (n > 2n ** 50n) return undefined
  const root = BigInt(Math.round(Math.sqrt(Number(n))))
  return root * root === n ? root : undefined
}

/** √4 is 2. */
export const rootOf = (s: PlainScalar): PlainScalar => {
  const [only, ...others] = s.kind === 'size' && s.of.kind === 'length' ? s.of.of : []
  const isNumber = only && others.length === 0 && only.variables.length === 0
  const value = s.kind === 'number' ? s.value : isNumber ? [only.coefficient, '1'] : undefined
  const roots = value?.map((text) => (BigInt(text) > 0n ? wholeRoot(BigInt(text)) : undefined))
  if (roots?.[0] === undefined || roots[1] === undefined)
    return { kind: 'apply', f: '√', order: 0, to: s }
  return { kind: 'number', value: [`${roots[0]}`, `${roots[1]}`] }
}

/** max(a, b) = a + [b > a] (b − a). */
export const larger = (a: PlainScalar, b: PlainScalar): PlainScalar => {
  const isLarger: PlainGuard = { kind: 'values', relation: '>', left: b, right: a }
  const change: PlainScalar = { kind: 'sum', terms: [b, negative(a)] }
  const guarded = [{ kind: 'guard', guards: [isLarger] } as const, change]
  return { kind: 'sum', terms: [a, { kind: 'product', factors: guarded }] }
}
