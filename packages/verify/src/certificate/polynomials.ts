// The checker's own arithmetic: integer polynomials as maps from sorted variable ids to BigInt.

import type { PlainPolynomial } from './grammar.ts'

export class Rejected extends Error {}

export function demand(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Rejected(reason)
}

/** Monomial 'id.id.…' to its nonzero coefficient; '' is the constant. */
export type Poly = ReadonlyMap<string, bigint>

const most = 10n ** 20_000n

/** What steps and powers make of numbers has an end. */
export const bounded = (n: bigint): bigint => {
  demand(-n < most && n < most, 'a number of too many digits')
  return n
}

export const readInteger = (text: unknown): bigint => {
  demand(typeof text === 'string' && /^-?\d{1,1000}$/.test(text), 'not a decimal integer')
  return BigInt(text)
}

export const readId = (id: unknown): number => {
  demand(typeof id === 'number' && Number.isSafeInteger(id) && id >= 0, 'not an id')
  return id
}

export const idsOf = (key: string): number[] => (key === '' ? [] : key.split('.').map(Number))
const keyOf = (ids: number[]): string => {
  demand(ids.length <= 100, 'a monomial of degree above 100')
  return ids.sort((a, b) => a - b).join('.')
}

/** Σ factor · p. */
export const sum = (...parts: readonly (readonly [bigint, Poly])[]): Poly => {
  const total = new Map<string, bigint>()
  for (const [factor, p] of parts) {
    for (const [key, c] of p) {
      const value = bounded((total.get(key) ?? 0n) + factor * c)
      if (value === 0n) total.delete(key)
      else total.set(key, value)
    }
  }
  demand(total.size <= 10_000, 'a polynomial of more than 10,000 monomials')
  return total
}

export const product = (p: Poly, q: Poly): Poly => {
  const parts: [bigint, Poly][] = []
  for (const [k, c] of p) {
    for (const [l, d] of q) parts.push([c * d, new Map([[keyOf([...idsOf(k), ...idsOf(l)]), 1n]])])
    demand(parts.length <= 10_000, 'a product of more than 10,000 monomials')
  }
  return sum(...parts)
}

export const constant = (n: bigint): Poly => (n === 0n ? new Map() : new Map([['', n]]))
export const single = (id: number): Poly => new Map([[`${id}`, 1n]])
export const plus = (p: Poly, n: bigint): Poly => sum([1n, p], [1n, constant(n)])
export const minus = (p: Poly, q: Poly): Poly => sum([1n, p], [-1n, q])
export const equal = (p: Poly, q: Poly): boolean => minus(p, q).size === 0
export const equalAll = (ps: readonly Poly[], qs: readonly Poly[]): boolean =>
  ps.length === qs.length && ps.every((p, axis) => equal(p, qs[axis]!))
export const variablesIn = (p: Poly): Set<number> => new Set([...p.keys()].flatMap(idsOf))

export const spell = (p: Poly): string => [...p].map(String).sort().join(' ')

export const readPoly = (plain: PlainPolynomial): Poly =>
  sum(
    ...plain.map(({ coefficient, variables }): [bigint, Poly] => {
      return [readInteger(coefficient), new Map([[keyOf(variables.map(readId)), 1n]])]
    }),
  )

/** Simultaneous substitution. */
export const substitute = (p: Poly, values: ReadonlyMap<number, Poly>): Poly =>
  sum(
    ...[...p].map(([key, c]): [bigint, Poly] => {
      const factors = idsOf(key).map((id) => values.get(id) ?? single(id))
      return [c, factors.reduce(product, constant(1n))]
    }),
  )
