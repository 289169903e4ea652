// What a proof may use besides the network: relations of sizes, arrays that are positive, and sums
// that are a number, Σ_i t_i = 1. Other assumptions are left to the tests at points.

import type { Node } from '@backprove/graph'
import { rational } from '../../arithmetic/rational.ts'
import { related } from '../../core/build.ts'
import type { Guard } from '../../core/core.ts'
import { ConcreteError } from '../../core/errors.ts'
import type { Assumed } from '../../core/statement.ts'
import { isZero, type ResolvedClaim } from '../../language/resolved.ts'
import { indexOf, isIndexValue } from '../indices.ts'
import { lowerNumber } from '../lower.ts'
import { nodeNamed, type Site } from '../site.ts'
import { emptySite, type Given } from './claim.ts'

/** What an assumption cannot be used for is no reason not to prove without it. */
const attempted = <R>(body: () => readonly R[]): readonly R[] => {
  try {
    return body()
  } catch (error) {
    if (error instanceof ConcreteError) return []
    throw error
  }
}

const ofSizes = ({ operands, relations, free }: ResolvedClaim, site: Site): readonly Guard[] => {
  if (free.length > 0 || !operands.every(isIndexValue)) return []
  return relations.flatMap((relation, k) =>
    attempted(() => {
      if (relation === '∈') return []
      return [related(indexOf(operands[k]!, site), relation, indexOf(operands[k + 1]!, site))]
    }),
  )
}

/** z > 0 of a whole array or of every entry. */
const ofSigns = ({ operands, relations, free }: ResolvedClaim, site: Site): readonly Node[] => {
  const [left, right] = operands
  if (operands.length !== 2 || relations[0] !== '>' || !left || !right || !isZero(right)) return []
  const names =
    left.kind === 'entry' ? left.indices.map((at) => (at?.kind === 'index' ? at.name : '')) : []
  const isEveryEntry =
    left.kind === 'entry' &&
    names.every((name) => free.includes(name)) &&
    new Set(names).size === names.length
  const array = isEveryEntry ? left.array : left
  return array.kind === 'array' ? attempted(() => [nodeNamed(site, array.name)]) : []
}

const ofNumbers = (
  { operands, relations, free }: ResolvedClaim,
  site: Site,
): Assumed['numbers'] => {
  const [left, right] = operands
  if (operands.length !== 2 || relations[0] !== '=' || free.length > 0) return []
  const [value, terms] = right!.kind === 'numeral' ? [right!, left!] : [left!, right!]
  if (value.kind !== 'numeral' || isZero(value)) return []
  const { numerator, denominator } = value.value
  return attempted(() => [
    { scalar: lowerNumber(terms, site), value: rational(numerator, denominator) },
  ])
}

export const assumedIn = (assumptions: readonly ResolvedClaim[], given: Given): Assumed => {
  const each = <R>(read: (claim: ResolvedClaim, site: Site) => readonly R[]): readonly R[] =>
    assumptions.flatMap((claim) => read(claim, emptySite(claim.operands, given)))
  return { sizes: each(ofSizes), positive: each(ofSigns), numbers: each(ofNumbers) }
}
