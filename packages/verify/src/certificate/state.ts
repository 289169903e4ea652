// The checker's terms, and its reading of statements: every variable must be known where it stands.

import type { PlainContext, PlainPolynomial, PlainTerm } from './plain.ts'
import { demand, type Poly, readId, readInteger, readPoly, variablesIn } from './polynomials.ts'

export interface CheckedTerm {
  readonly coefficient: readonly [numerator: bigint, denominator: bigint]
  readonly powers: ReadonlyMap<number, number>
  readonly bound: ReadonlySet<number>
  readonly accesses: readonly { readonly array: number; readonly index: readonly Poly[] }[]
  readonly guards: readonly Poly[]
  readonly equations: readonly Poly[]
}

const allKinds = ['size', 'parameter', 'free'] as const

export interface CheckedContext {
  readonly kinds: ReadonlyMap<number, (typeof allKinds)[number]>
  readonly shapes: ReadonlyMap<number, readonly Poly[]>
  readonly constraints: readonly Poly[]
}

export const isConstant = (context: CheckedContext, id: number): boolean =>
  context.kinds.get(id) === 'size' || context.kinds.get(id) === 'parameter'

export const readContext = (plain: PlainContext): CheckedContext => {
  const kinds = new Map(plain.variables.map(({ id, kind }) => [readId(id), kind]))
  const shapes = new Map(plain.arrays.map(({ id, shape }) => [readId(id), shape.map(readPoly)]))
  const unique = kinds.size === plain.variables.length && shapes.size === plain.arrays.length
  demand(unique, 'a variable or an array is declared twice')
  for (const kind of kinds.values()) demand(allKinds.includes(kind), 'no such kind')
  const context = { kinds, shapes, constraints: plain.constraints.map(readPoly) }
  for (const id of [...shapes.values()].flat().flatMap((p) => [...variablesIn(p)])) {
    demand(isConstant(context, id), 'the shape of an array depends on an index')
  }
  for (const id of context.constraints.flatMap((p) => [...variablesIn(p)])) {
    demand(kinds.has(id), 'a constraint on an unknown variable')
  }
  return context
}

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

export const readTerm = (
  plain: PlainTerm,
  context: CheckedContext,
  sign: 1n | -1n,
): CheckedTerm => {
  const bound = new Set(plain.bound.map(readId))
  demand(bound.size === plain.bound.length, 'a variable bound twice')
  for (const id of bound) demand(!context.kinds.has(id), 'a bound variable is one of the context')
  const powers = new Map(plain.powers)
  demand(powers.size === plain.powers.length, 'a power given twice')
  for (const [id, exponent] of powers) {
    const allowed = exponent > 0 ? isConstant(context, id) : context.kinds.get(id) === 'size'
    demand(allowed && Number.isSafeInteger(exponent) && exponent !== 0, 'not a power of a size')
  }
  const read = (p: PlainPolynomial) => readScoped(p, context, bound)
  const denominator = readInteger(plain.coefficient[1])
  demand(denominator > 0n, 'a denominator that is not positive')
  return {
    coefficient: [sign * readInteger(plain.coefficient[0]), denominator],
    powers,
    bound,
    accesses: plain.accesses.map(({ array, index }) => {
      demand(context.shapes.get(array)?.length === index.length, 'an access of the wrong rank')
      return { array, index: index.map(read) }
    }),
    guards: plain.guards.map(read),
    equations: plain.equations.map(read),
  }
}
