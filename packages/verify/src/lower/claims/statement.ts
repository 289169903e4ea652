// A claim at lengths that may be unknowns: equations of scalars, for all values of their letters.
// What only the shapes of the sides settle is chosen by whoever asks.

import { at as letterAt, zero } from '../../core/build.ts'
import { type Index, letterOf, type Scalar } from '../../core/core.ts'
import { ConcreteError } from '../../core/errors.ts'
import type { Equation } from '../../core/statement.ts'
import { isZero, type ResolvedClaim } from '../../language/resolved.ts'
import type { Shape } from '../../network/lengths.ts'
import { type FreeAxis, freeAxes } from '../axes.ts'
import { type Choose, onceFor } from '../choices.ts'
import { alignedTo, oneWay } from '../entrywise.ts'
import { lower } from '../lower.ts'
import type { Site } from '../site.ts'
import { names, shapeOf, type Value } from '../value.ts'
import { emptySite, type Given } from './claim.ts'

/**
 * The equations of every link, in every combination of boxes.
 * @throws ShapesError where the sides of a link differ in shape; SizesError where they agree only
 * as recorded; ConcreteError where the claim has no meaning
 */
export const equationsOf = (
  claim: ResolvedClaim,
  given: Given,
  choose: Choose,
): readonly Equation[] => {
  if (claim.relations.length === 0 || claim.relations.some((relation) => relation !== '='))
    throw new ConcreteError('only equations are proved in index notation')
  const site = emptySite(claim.operands, given, onceFor(choose))
  const ranged: Site = claim.ranges ? { ...site, ranges: claim.ranges } : site
  return freeAxes(claim, ranged).flatMap((free) => {
    const letters = new Map([
      ...ranged.letters,
      ...free.map(({ name, letter }) => [name, letter] as const),
    ])
    const inside: Site = { ...ranged, letters }
    const sides = claim.operands.map((operand) => ({
      value: lower(operand, inside),
      isZero: isZero(operand),
    }))
    return sides.slice(1).map((right, k) => equationOf(sides[k]!, right, free, inside))
  })
}

interface Side {
  readonly value: Value
  /** 0 stands for an array of zeros, and a number for nothing else. */
  readonly isZero: boolean
}

/** Two sides with the same axes; those of length 1 do not matter. */
const equationOf = (left: Side, right: Side, free: readonly FreeAxis[], site: Site): Equation => {
  const [a, b] = [left.value, right.value]
  const shape: Shape = left.isZero ? shapeOf(b) : shapeOf(a)
  const own = shape.map((length, axis) => ({
    letter: letterOf(names[axis] ?? 'i'),
    length,
    within: [],
  }))
  const index = own.map(({ letter }) => letterAt(letter))
  const letters = [
    ...free.map(({ letter, length, within }) => ({ letter, length, within })),
    ...own,
  ]
  if (left.isZero) return { letters, left: zero, right: entryOf(b, index) }
  if (right.isZero) return { letters, left: entryOf(a, index), right: zero }
  const arrays = [a, b].flatMap((value) => (value.kind === 'array' ? [value] : []))
  oneWay('The sides', arrays, site)
  const align = alignedTo('The sides', shapeOf(b), shape, site)
  return { letters, left: entryOf(a, index), right: entryOf(b, align(index)) }
}

const entryOf = (value: Value, index: readonly Index[]): Scalar =>
  value.kind === 'number' ? value.scalar : value.at(index)
