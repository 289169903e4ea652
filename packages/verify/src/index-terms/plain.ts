// Terms as JSON-safe data: what the steps of a certificate are about. One direction only; what is
// read back is read beside the checker.

import { type Polynomial, variablesOf } from '../arithmetic/polynomial.ts'
import type { Variable } from '../arithmetic/variable.ts'
import type { PlainPolynomial, Step } from '../certificate/grammar.ts'
import type { ArrayName, Context, Term } from './terms.ts'

export interface PlainTerm {
  readonly coefficient: readonly [numerator: string, denominator: string]
  readonly powers: readonly (readonly [variable: number, exponent: number])[]
  readonly bound: readonly number[]
  readonly accesses: readonly {
    readonly array: number
    readonly index: readonly PlainPolynomial[]
  }[]
  readonly guards: readonly PlainPolynomial[]
  readonly equations: readonly PlainPolynomial[]
}

/**
 * What is given: the constants and free indices, the boxes of the arrays, constraints that are ≥ 0.
 */
export interface PlainContext {
  readonly variables: readonly {
    readonly id: number
    readonly kind: 'size' | 'parameter' | 'free'
    readonly name: string
  }[]
  readonly arrays: readonly {
    readonly id: number
    readonly name: string
    readonly shape: readonly PlainPolynomial[]
  }[]
  readonly constraints: readonly PlainPolynomial[]
}

/** Steps after which no term is left: left = right. */
export interface Certificate {
  readonly steps: readonly Step[]
}

export const plainPolynomial = (p: Polynomial): PlainPolynomial =>
  [...p.values()].map(({ coefficient, variables }) => ({
    coefficient: `${coefficient}`,
    variables: variables.map((v) => v.id),
  }))

export const plainTerm = (t: Term): PlainTerm => ({
  coefficient: [`${t.coefficient.numerator}`, `${t.coefficient.denominator}`],
  powers: [...t.powers].map(([v, exponent]) => [v.id, exponent]),
  bound: t.bound.map((v) => v.id),
  accesses: t.accesses.map(({ array, index }) => ({
    array: array.id,
    index: index.map(plainPolynomial),
  })),
  guards: t.guards.map(plainPolynomial),
  equations: t.equations.map(plainPolynomial),
})

const expressionsOf = (t: Term): readonly Polynomial[] => [
  ...t.accesses.flatMap((a) => [...a.index, ...a.array.shape]),
  ...t.guards,
  ...t.equations,
]

/** All variables that are not bound in their term: sizes, parameters and free indices. */
export const openVariables = (terms: readonly Term[], context: Context): Set<Variable> => {
  const open = new Set(context.constraints.flatMap((p) => [...variablesOf(p)]))
  for (const t of terms) {
    const bound = new Set(t.bound)
    for (const v of t.powers.keys()) open.add(v)
    for (const p of expressionsOf(t)) for (const v of variablesOf(p)) if (!bound.has(v)) open.add(v)
  }
  return open
}

export const arraysOf = (terms: readonly Term[]): Set<ArrayName> =>
  new Set(terms.flatMap((t) => t.accesses.map((a) => a.array)))

/** A term with a summation index that no Σ binds. */
export class UnboundIndexError extends Error {
  override name = 'UnboundIndexError'
}

/**
 * Everything the terms mention, with its meaning. Throws UnboundIndexError where an index of kind
 * `bound` occurs outside the terms that bind it.
 */
export const plainContext = (terms: readonly Term[], context: Context): PlainContext => ({
  variables: [...openVariables(terms, context)].map(({ id, kind, name }) => {
    if (kind === 'bound') throw new UnboundIndexError(`no Σ binds the index ${name}`)
    return { id, kind, name }
  }),
  arrays: [...arraysOf(terms)].map(({ id, name, shape }) => ({
    id,
    name,
    shape: shape.map(plainPolynomial),
  })),
  constraints: context.constraints.map(plainPolynomial),
})

/** left = right under a context, as data: what a certificate file holds beside the certificate. */
export interface PlainStatement {
  readonly left: readonly PlainTerm[]
  readonly right: readonly PlainTerm[]
  readonly context: PlainContext
}

/** Throws UnboundIndexError, as plainContext. */
export const plainStatement = (
  left: readonly Term[],
  right: readonly Term[],
  context: Context,
): PlainStatement => ({
  left: left.map(plainTerm),
  right: right.map(plainTerm),
  context: plainContext([...left, ...right], context),
})
