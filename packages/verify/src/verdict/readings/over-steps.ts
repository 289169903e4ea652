// Σ_t h_t beside an h_0 that is given: where the sum of what is computed does not hold, and that
// with h_0 does, both are told.
import { spelled } from '../../language/names/spelled.ts'
import { hasInitial } from '../../language/names/steps/steps.ts'
import type { Scope } from '../../language/resolved.ts'
import type { Claim } from '../../language/syntax.ts'
import { holdsSomewhere, overReadings } from '../combine.ts'
import type { ReadingVerdict } from './over-readings.ts'

const says = ['Σ over steps leaves out what is given before them', 'Σ over steps takes it too']

export const overSteps = (
  claim: Claim,
  first: ReadingVerdict,
  scope: Scope,
  judge: (other: Claim) => ReadingVerdict,
): ReadingVerdict => {
  if (holdsSomewhere(first.verdict) || !hasInitial(claim, scope)) return first
  const other = judge(spelled(claim, scope, true))
  if (!holdsSomewhere(other.verdict)) return first
  const table = [first, other].map(({ verdict }) => [[], verdict] as const)
  return { ...first, verdict: overReadings(table, says) }
}
