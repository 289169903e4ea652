// The checker's terms, and what is known of variables: every one must be known where it stands.

import type { PlainPolynomial } from './grammar.ts'
import { demand, type Poly, readPoly, variablesIn } from './polynomials.ts'

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
  const p = readPoly(plain)
  for (const id of variablesIn(p))
    demand(context.kinds.has(id) || bound.has(id), 'unbound variable')
  return p
}
