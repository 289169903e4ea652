// True formulas made false by one mistake each: the inverse edits of the repairs. For tests, and
// for teachers who want wrong variants of a right formula. A mistake may by chance change nothing.
import { expressionText, printClaim } from '../language/print/print.ts'
import type { Claim } from '../language/syntax.ts'
import type { EditContext } from './edit.ts'
import { withProducts } from './products.ts'
import { edits, type RepairName } from './table.ts'

/** A true claim with one mistake in it, and the repair that undoes that. */
export interface Mutation {
  /** The repair that undoes it. */
  readonly name: RepairName
  readonly claim: Claim
  readonly formula: string
}

const leftOf = ({ operands, style }: Claim) => expressionText(operands[0]!, style)

/** What people get wrong on the left side too: what it is that they derive. */
const onTheLeft: ReadonlySet<RepairName> = new Set<RepairName>([
  'wrong layer tag',
  'inverted derivative',
])

/** Every mistake at every place of the formula, each formula once. */
export const mutations = (right: Claim, context: EditContext): Mutation[] => {
  const claim = withProducts(right)
  const seen = new Set([printClaim(claim)])
  const left = leftOf(claim)
  return edits.flatMap(({ name, mistake }) =>
    mistake(claim, context).flatMap(({ claim: mutant }) => {
      const formula = printClaim(mutant)
      if (seen.has(formula) || (leftOf(mutant) !== left && !onTheLeft.has(name))) return []
      seen.add(formula)
      return [{ name, claim: mutant, formula }]
    }),
  )
}
