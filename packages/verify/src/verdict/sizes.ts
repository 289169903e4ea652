// Verdicts on claims about lengths alone.

import { BudgetExceeded, createBudget } from '../arithmetic/budget.ts'
import { formatRational } from '../arithmetic/rational.ts'
import { isPadding, proveSizes } from '../elaborate/size-claims.ts'
import { sizeWitness } from '../elaborate/size-witness.ts'
import { UnsupportedError } from '../elaborate/unsupported.ts'
import { parseClaim, parseFormula } from '../language/claim.ts'
import { continued, resolveSizes } from '../language/resolve.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { type Claim, ClaimError } from '../language/syntax.ts'
import { conjunction } from './combine.ts'
import { isTrivial } from './trivial.ts'
import type { Verdict } from './verdict.ts'

export interface SizeOptions {
  /** Equations and inequalities that hold: 'p = (m − 1)/2', 's = 1'. */
  readonly assume?: readonly string[]
  /** Milliseconds. */
  readonly deadline?: number
}

/**
 * Proves or refutes a claim about integers: every name is a length, at least 1, and p, q, r a
 * padding or remainder, at least 0.
 */
export const verifySizes = (claim: string, options: SizeOptions = {}): Verdict => {
  const { assume = [], deadline = 5000 } = options
  try {
    const assumptions = assume.map((text) => resolveSizes(parseClaim(text)))
    const claims: Claim[] = []
    for (const each of parseFormula(claim)) claims.push(continued(each, claims.at(-1)))
    return conjunction(
      claims.map((each) => {
        if (each.relations.length === 0) {
          throw new ClaimError('A formula without a relation claims nothing', each.span)
        }
        return judgeSizes(resolveSizes(each), assumptions, assume, deadline / claims.length)
      }),
    )
  } catch (error) {
    if (!(error instanceof ClaimError)) throw error
    const { start, end, reason } = error
    return { kind: 'ill-formed', at: { start, end }, reason }
  }
}

const judgeSizes = (
  claim: ResolvedClaim,
  assumptions: readonly ResolvedClaim[],
  assumed: readonly string[],
  milliseconds: number,
): Verdict => {
  const budget = (share: number) =>
    createBudget({ operations: Number.MAX_SAFE_INTEGER, milliseconds: milliseconds * share })
  try {
    const found = sizeWitness(claim, assumptions, isPadding, createBudget({ operations: 300_000 }))
    if (found) {
      const { sizes, left, right } = found
      const [expected, got] = [formatRational(left), formatRational(right)]
      return { kind: 'refuted', sizes, entry: [], expected, got, inputs: {}, diagnoses: [] }
    }
  } catch (error) {
    if (error instanceof UnsupportedError) throw new ClaimError(error.message, claim.span)
    // Nothing false among those that were tried.
    if (!(error instanceof BudgetExceeded)) throw error
  }
  const outcome = proveSizes(claim, assumptions, budget(0.8))
  if (outcome.kind === 'unsatisfiable') {
    throw new ClaimError('The assumptions contradict one another', claim.span)
  }
  if (outcome.kind === 'undecided') return { kind: 'budget', tried: [outcome.why] }
  return {
    kind: 'proved',
    scope: 'all-sizes',
    method: 'index',
    certificate: { kind: 'index', theorems: outcome.theorems },
    trivial: isTrivial(claim),
    assumptions: assumed,
    excluded: [],
  }
}
