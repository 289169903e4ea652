// Names with two usual meanings: Σ_t h_t beside an h_0 that is given, and δ_o, the error of o or of
// what enters its activation. Where the first does not hold, and the other does, both are told.
import { hasUnits, ofUnnamed } from '../../language/names/deltas/error-of.ts'
import { unknownName } from '../../language/names/names.ts'
import { spelled } from '../../language/names/spelled.ts'
import { hasInitial } from '../../language/names/steps/steps.ts'
import type { Scope } from '../../language/resolved.ts'
import type { Claim } from '../../language/syntax.ts'
import { holdsSomewhere, overReadings } from '../combine.ts'
import type { ReadingVerdict } from './over-readings.ts'

const others = [
  {
    isWorthwhile: hasInitial,
    ways: { isOfAll: true },
    says: ['Σ over steps leaves out what is given before them', 'Σ over steps takes it too'],
  },
  {
    isWorthwhile: hasUnits,
    ways: { isOfUnits: true },
    says: ['δ of an array is its error', 'δ is the error of what enters its activation'],
  },
] as const

export const overMeanings = (
  claim: Claim,
  first: ReadingVerdict,
  scope: Scope,
  judge: (other: Claim) => ReadingVerdict,
): ReadingVerdict => {
  for (const { isWorthwhile, ways, says } of others) {
    if (holdsSomewhere(first.verdict) || !isWorthwhile(claim, scope)) continue
    const other = judge(spelled(claim, scope, ways))
    if (!holdsSomewhere(other.verdict)) continue
    const table = [first, other].map(({ verdict }) => [[], verdict] as const)
    return { ...first, verdict: overReadings(table, says) }
  }
  const unnamed = first.verdict.kind === 'refuted' ? ofUnnamed(claim, scope) : undefined
  if (unnamed) throw unknownName(unnamed, scope)
  return first
}
