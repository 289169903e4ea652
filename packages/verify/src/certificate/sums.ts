// Sums of the checker's terms: products with bound variables apart, guards, substitution.

import type { PlainPolynomial } from './grammar.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly } from './polynomials.ts'

// ---- terms, and what is known of variables: every one must be known where it stands

export interface CheckedTerm {
  readonly coefficient: readonly [numerator: bigint, denominator: bigint]
  readonly powers: ReadonlyMap<number, number>
  readonly bound: ReadonlySet<number>
  readonly accesses: readonly { readonly array: number; readonly index: readonly Poly[] }[]
  readonly guards: readonly Poly[]
  readonly equations: readonly Poly[]
}

export interface CheckedContext {
  readonly kinds: ReadonlyMap<number, 'size' | 'parameter' | 'free'>
  readonly shapes: ReadonlyMap<number, readonly Poly[]>
  readonly constraints: readonly Poly[]
}

export const isConstant = (context: CheckedContext, id: number): boolean =>
  context.kinds.get(id) === 'size' || context.kinds.get(id) === 'parameter'

/** Reads a polynomial whose variables belong to the context or are bound here. */
export const readScoped = (
  plain: PlainPolynomial,
  context: CheckedContext,
  bound: ReadonlySet<number>,
): Poly => {
  const p = poly.readPoly(plain)
  for (const id of poly.variablesIn(p))
    demand(context.kinds.has(id) || bound.has(id), 'unbound variable')
  return p
}

export type Terms = readonly CheckedTerm[]

/** Ids that nothing has yet. */
export type Fresh = () => number

const mostTerms = 1000

export const term = (parts: Partial<CheckedTerm> = {}): CheckedTerm => ({
  coefficient: [1n, 1n],
  powers: new Map(),
  bound: new Set(),
  accesses: [],
  guards: [],
  equations: [],
  ...parts,
})

export const one: Terms = [term()]

export const number = (numerator: bigint, denominator = 1n): Terms =>
  numerator === 0n ? [] : [term({ coefficient: [numerator, denominator] })]

export const mapPolys = (t: CheckedTerm, f: (p: Poly) => Poly): CheckedTerm => ({
  ...t,
  accesses: t.accesses.map(({ array, index }) => ({ array, index: index.map(f) })),
  guards: t.guards.map(f),
  equations: t.equations.map(f),
})

export const polysOf = (t: CheckedTerm): Poly[] => [
  ...t.accesses.flatMap(({ index }) => index),
  ...t.guards,
  ...t.equations,
]

/** The same term with other bound variables. */
const renamed = (t: CheckedTerm, names: ReadonlyMap<number, number>): CheckedTerm => {
  const values = new Map([...names].map(([id, other]) => [id, poly.single(other)] as const))
  return { ...mapPolys(t, (p) => poly.substitute(p, values)), bound: new Set(names.values()) }
}

const apart = (t: CheckedTerm, fresh: Fresh): CheckedTerm =>
  t.bound.size === 0 ? t : renamed(t, new Map([...t.bound].map((id) => [id, fresh()])))

const times = (a: CheckedTerm, b: CheckedTerm): CheckedTerm => {
  const powers = new Map(a.powers)
  for (const [id, n] of b.powers) powers.set(id, (powers.get(id) ?? 0) + n)
  for (const [id, n] of powers) if (n === 0) powers.delete(id)
  return {
    coefficient: [
      poly.bounded(a.coefficient[0] * b.coefficient[0]),
      poly.bounded(a.coefficient[1] * b.coefficient[1]),
    ],
    powers,
    bound: new Set([...a.bound, ...b.bound]),
    accesses: [...a.accesses, ...b.accesses],
    guards: [...a.guards, ...b.guards],
    equations: [...a.equations, ...b.equations],
  }
}

/** A term times a monomial of sizes. */
export const timesSizes = (t: CheckedTerm, ids: readonly number[]): CheckedTerm =>
  ids.reduce((all, id) => times(all, term({ powers: new Map([[id, 1]]) })), t)

/** (Σ_k x_k)² is Σ_{k,l} x_k x_l: the second factor is renamed. */
export const product = (a: Terms, b: Terms, fresh: Fresh): Terms => {
  demand(a.length * b.length <= mostTerms, 'a product of too many terms')
  return a.flatMap((s) => b.map((t) => times(s, apart(t, fresh))))
}

export const scaled = (terms: Terms, by: bigint, under = 1n): Terms =>
  by === 0n
    ? []
    : terms.map((t) => ({ ...t, coefficient: [t.coefficient[0] * by, t.coefficient[1] * under] }))

export const guarded = (terms: Terms, guards: readonly Poly[]): Terms =>
  guards.length === 0 ? terms : terms.map((t) => ({ ...t, guards: [...t.guards, ...guards] }))

export const minus = (a: Terms, b: Terms): Terms => [...a, ...scaled(b, -1n)]

/** 1 − Σ. */
export const not = (terms: Terms): Terms => minus(one, terms)

export const multiplied = (parts: readonly Terms[], fresh: Fresh): Terms =>
  parts.reduce((all, each) => product(all, each, fresh), one)

export const power = (base: Terms, n: number, fresh: Fresh): Terms =>
  multiplied(Array<Terms>(n).fill(base), fresh)

export const equated = (terms: Terms, equations: readonly Poly[]): Terms =>
  terms.map((t) => ({ ...t, equations: [...t.equations, ...equations] }))

export const bind = (terms: Terms, ids: readonly number[]): Terms =>
  terms.map((t) => ({ ...t, bound: new Set([...t.bound, ...ids]) }))

/** 0 ≤ index < shape, as what is ≥ 0. */
export const boxOf = (index: readonly Poly[], shape: readonly Poly[]): Poly[] => {
  demand(index.length === shape.length, 'a read of another rank')
  return index.flatMap((e, axis) => [e, poly.plus(poly.minus(shape[axis]!, e), -1n)])
}

/** A[e] alone, with coefficient 1. */
export const singleAccess = (terms: Terms): CheckedTerm['accesses'][number] | undefined => {
  const [t, ...others] = terms
  if (!t || others.length > 0 || t.accesses.length !== 1) return undefined
  const isBare =
    t.coefficient[0] === t.coefficient[1] &&
    t.powers.size + t.bound.size + t.guards.length + t.equations.length === 0
  return isBare ? t.accesses[0] : undefined
}

/** Equal only for terms that differ by a coefficient, by order, or by the sign of an equation. */
export const signature = (t: CheckedTerm): string => {
  const set = (items: readonly string[]) => [...new Set(items)].sort()
  return JSON.stringify([
    [...t.powers].filter(([, e]) => e !== 0).sort(([a], [b]) => a - b),
    [...t.bound].sort((a, b) => a - b),
    t.accesses.map(({ array, index }) => `${array}:${index.map(poly.spell).join(' | ')}`).sort(),
    set(t.guards.map(poly.spell)),
    set(
      t.equations.map((e) =>
        [poly.spell(e), poly.spell(poly.minus(new Map(), e))].sort().join('='),
      ),
    ),
  ])
}

/** Equal only for sums that are written alike but for the names of bound variables. */
export const spelled = (terms: Terms): string =>
  JSON.stringify(
    terms.map((t) => {
      const used = polysOf(t).flatMap((p) => [...poly.variablesIn(p)])
      const order = new Set([...used, ...t.bound].filter((id) => t.bound.has(id)))
      const names = new Map([...order].map((id, k) => [id, 1e9 + k] as const))
      return [t.coefficient.map(String), signature(renamed(t, names))]
    }),
  )
