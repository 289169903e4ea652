// Where letters run when lengths are unknowns: through the axes that they index bare. What these
// leave open is over all whole numbers at which something is read.

import { canonicalKey, type Polynomial } from '../arithmetic/polynomial.ts'
import { length as lengthIndex, at as letterAt, related, whole, wholeValue } from '../core/build.ts'
import { type Axis, type Guard, type Letter, letterOf } from '../core/core.ts'
import { SizesError } from '../core/errors.ts'
import { letterReads } from '../language/letter-reads.ts'
import type { Resolved, ResolvedBinder, ResolvedClaim } from '../language/resolved.ts'
import { shapeOfArray } from './boxes.ts'
import { indexOf } from './indices.ts'
import { type Site, withLetter } from './site.ts'

type Reads = 'all' | 'under functions' | 'covering'

const distinct = (lengths: readonly Polynomial[]): readonly Polynomial[] => [
  ...new Map(lengths.map((length) => [canonicalKey(length), length])).values(),
]

/** The lengths of the axes that a letter indexes bare, each once. */
const bareLengths = (
  name: string,
  node: Resolved,
  site: Site,
  which: Reads = 'all',
): readonly Polynomial[] =>
  distinct(
    letterReads(name, node).flatMap(({ entry, axis, bounds, covers }) => {
      if (which === 'under functions' && bounds) return []
      if (which === 'covering' && !covers) return []
      return shapeOfArray(entry.array, site)?.[axis] ?? []
    }),
  )

/** One letter of a sum, and what else holds of it. */
export const axisOf = (
  { name, lower, upper }: ResolvedBinder,
  body: Resolved,
  outer: Site,
): { readonly site: Site; readonly axis: Axis; readonly limits: readonly Guard[] } => {
  const { site, letter } = withLetter(outer, name)
  const [from, to] = [lower, upper].map((limit) => limit && indexOf(limit, outer))
  if (from && to) return { site, axis: { letter, from, to }, limits: [] }
  const named =
    outer.ranges?.sums === 'support' ? [] : bareLengths(name, body, outer, 'under functions')
  const covering = bareLengths(name, body, outer, 'covering')
  const length = named[0] ?? (covering.length === 1 ? covering[0] : undefined)
  const others = named.slice(1).map((each) => related(letterAt(letter), '≤', lengthIndex(each)))
  if (!length) {
    return { site, axis: { letter, ...(from && { from }), ...(to && { to }) }, limits: others }
  }
  const axis: Axis = { letter, from: whole(1), to: lengthIndex(length) }
  const isFirst = from && wholeValue(from) === 1n
  const limits = [
    ...(from && !isFirst ? [related(letterAt(letter), '≥', from)] : []),
    ...(to ? [related(letterAt(letter), '≤', to)] : []),
    ...others,
  ]
  return { site, axis, limits }
}

/** A free letter: the box that it runs through, and what else bounds it. */
export interface FreeAxis {
  readonly name: string
  readonly letter: Letter
  readonly length: Polynomial
  readonly within: readonly Polynomial[]
}

/**
 * The boxes of a free letter, of which it runs through each: as the statement settled it.
 * @throws SizesError where boxes are alike only as recorded
 */
const boxesOfLetter = (name: string, claim: ResolvedClaim, site: Site): readonly FreeAxis[] => {
  const choice = claim.ranges?.free[name]
  const lengths = claim.operands.map((operand) => bareLengths(name, operand, site))
  const all = distinct(typeof choice === 'number' ? lengths[choice]! : lengths.flat())
  const [length, ...within] = all
  if (!length) throw new SizesError(`nothing bounds the index ${name}`)
  if (within.length > 0 && choice === undefined)
    throw new SizesError(`ranges of ${name} that agree only as recorded`)
  const letter = letterOf(name)
  return choice === 'any'
    ? all.map((each) => ({ name, letter, length: each, within: [] }))
    : [{ name, letter, length, within }]
}

const mostCombinations = 16

/** Every combination of boxes: what is claimed holds in them all. */
export const freeAxes = (claim: ResolvedClaim, site: Site): readonly (readonly FreeAxis[])[] => {
  const combinations = claim.free
    .map((name) => boxesOfLetter(name, claim, site))
    .reduce<readonly (readonly FreeAxis[])[]>(
      (all, boxes) => all.flatMap((each) => boxes.map((box) => [...each, box])),
      [[]],
    )
  if (combinations.length > mostCombinations) throw new SizesError('too many ranges')
  return combinations
}
