// The prover together with its checker: nothing is called proved whose certificate was not
// accepted.

import type { Budget } from '../arithmetic/budget.ts'
import type { Polynomial } from '../arithmetic/polynomial.ts'
import type { Variable } from '../arithmetic/variable.ts'
import { checkCertificate } from './checked.ts'
import type { Congruence } from './functions.ts'
import type { Certificate } from './plain.ts'
import { type PlainStatement, plainStatement } from './plain.ts'
import { proveEqual, stateFields } from './prove.ts'
import type { Field, Term } from './terms.ts'

/** The prover wrote a certificate that the checker rejects: a defect of the prover. */
export class RejectedCertificateError extends Error {
  override name = 'RejectedCertificateError'
}

/** A checked theorem: the certificate and what it proves, ready for JSON. */
export interface Theorem {
  readonly statement: PlainStatement
  readonly certificate: Certificate
}

export type Verified =
  /** The claim itself, then the equalities of arguments that it rests on. */
  | { readonly proved: readonly Theorem[] }
  | { readonly difference: readonly Term[] }
  | { readonly budget: string }

/**
 * Whether two fields are equal entry by entry for all sizes that meet the assumptions (each ≥ 0).
 * The assumptions must be satisfiable: see `satisfiable`. `index` is that of a general entry.
 * Throws FieldShapeError where the shapes differ, RejectedCertificateError where the checker
 * disagrees.
 */
export const proveFields = (
  left: Field,
  right: Field,
  assumptions: readonly Polynomial[],
  budget: Budget,
  congruences: readonly Congruence[] = [],
  index?: readonly Variable[],
): Verified => {
  const { context, ...sides } = stateFields(left, right, assumptions, index)
  const result = proveEqual(sides.left, sides.right, context, budget)
  if (!('proved' in result)) return result
  const claim = {
    statement: plainStatement(sides.left, sides.right, context),
    certificate: result.proved,
  }
  const lemmas = congruences.map(({ statement, certificate }) => ({
    statement: plainStatement(statement.left, statement.right, statement.context),
    certificate,
  }))
  const proved = [claim, ...lemmas]
  for (const { statement, certificate } of proved) {
    const check = checkCertificate(statement.left, statement.right, statement.context, certificate)
    if (!check.ok) throw new RejectedCertificateError(`a certificate was rejected: ${check.reason}`)
  }
  return { proved }
}
