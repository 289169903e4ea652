// A claim as core: its sides, and what its free letters run through. What only the shapes of the
// sides settle is chosen here, the likeliest first.

import type { Budget } from '../../arithmetic/budget.ts'
import { ConcreteError, MeaninglessError, ShapesError } from '../../core/errors.ts'
import type { FreeLetter, StarReading, Statement } from '../../core/statement.ts'
import { isZero, type Resolved, type ResolvedClaim } from '../../language/resolved.ts'
import { type Lengths, recordedLengths } from '../../network/lengths.ts'
import type { Network } from '../../network/network.ts'
import { boxesOf } from '../boxes.ts'
import { type Choose, onceFor, withChoices } from '../choices.ts'
import { oneWay } from '../entrywise.ts'
import { lower } from '../lower.ts'
import { sameShape } from '../plans/products.ts'
import { freeRanges } from '../ranges/ranges.ts'
import { recordedShape, type Site, withLetter } from '../site.ts'
import { shapeOf, tableOf, type Value } from '../value.ts'

/** A number beside an array: `a = 0` speaks of every entry; others only where that is assumed. */
export type Numbers = 'numbers fill arrays' | undefined

export interface Given {
  readonly network: Network
  readonly budget: Budget
  readonly reading: readonly StarReading[] | undefined
  /** As they were recorded, where nothing is said. */
  readonly lengths?: Lengths
}

export const emptySite = (
  operands: readonly Resolved[],
  given: Given,
  choose: Site['choose'] = () => 0,
): Site => ({
  lengths: recordedLengths,
  ...given,
  choose,
  letters: new Map(),
  known: new Map(),
  claim: operands,
})

const lowered = (
  claim: ResolvedClaim,
  given: Given,
  choose: Choose,
  numbers: Numbers,
): Statement => {
  for (const relation of claim.relations)
    if (relation !== '=') throw new ConcreteError(`Only equations are judged, not ${relation}`)
  if (claim.relations.length === 0) throw new ConcreteError('A formula without = claims nothing')
  const empty = emptySite(claim.operands, given, onceFor(choose))
  let site: Site = claim.ranges ? { ...empty, ranges: claim.ranges } : empty
  const ranges = freeRanges(claim.free, claim.operands, boxesOf(site), claim.ranges?.free)
  const free = claim.free.map((name): FreeLetter => {
    const range = ranges.get(name)
    if (!range) throw new ConcreteError(`Nothing bounds the index ${name}`)
    const inner = withLetter(site, name, range)
    site = inner.site
    return { name, letter: inner.letter, range }
  })
  const factors = { ...site, isFactor: true }
  const isBesideProduct = claim.operands.some(
    (each) =>
      each.kind === 'product' && each.factors.filter(({ kind }) => kind !== 'numeral').length > 1,
  )
  const sides = claim.operands.map((operand) => {
    const isVec = operand.kind === 'call' && operand.word === 'vec'
    return lower(operand, isVec && isBesideProduct ? factors : site)
  })
  for (let link = 0; link + 1 < sides.length; link++) {
    const [left, right] = [sides[link]!, sides[link + 1]!]
    const fills = numbers ?? (isZero(claim.operands[link]!) || isZero(claim.operands[link + 1]!))
    const isFilled = fills && (left.kind === 'number' || right.kind === 'number')
    if (!isFilled) matchShapes(left, right, site)
  }
  return {
    free,
    sides: sides.map((side) => (side.kind === 'number' ? side.scalar : tableOf(side))),
  }
}

const matchShapes = (left: Value, right: Value, site: Site): void => {
  const [a, b] = [recordedShape(shapeOf(left), site), recordedShape(shapeOf(right), site)]
  if (!sameShape(a, b)) throw new ShapesError('The sides', a, b)
  if (left.kind === 'array' && right.kind === 'array') oneWay('The sides', [left, right], site)
}

/** As statementOf, done again. */
export const lowerClaim = (
  claim: ResolvedClaim,
  given: Given & Pick<Site, 'unsettled'>,
  numbers?: Numbers,
): Statement => withChoices((choose) => lowered(claim, given, choose, numbers))

interface Known {
  readonly reading: string
  readonly numbers: Numbers
  readonly statement: Statement
}

/** A claim is judged at many points of one network. */
const known = new WeakMap<ResolvedClaim, WeakMap<Network, Known[]>>()

/** What lowering finds wrong, and nothing more special, is wrong at every point. */
const meaningOf = (claim: ResolvedClaim, given: Given, numbers?: Numbers): Statement => {
  try {
    return lowerClaim(claim, given, numbers)
  } catch (error) {
    if (!(error instanceof ConcreteError) || error.constructor !== ConcreteError) throw error
    throw new MeaninglessError(error.message)
  }
}

/**
 * @throws ShapesError where the sides of a link differ in shape, whatever is chosen; ConcreteError
 * where the claim has no meaning here
 */
export const statementOf = (claim: ResolvedClaim, given: Given, numbers?: Numbers): Statement => {
  const { network } = given
  const reading = JSON.stringify(given.reading ?? null)
  const ofClaim = known.get(claim) ?? new WeakMap<Network, Known[]>()
  known.set(claim, ofClaim)
  const all = ofClaim.get(network) ?? []
  ofClaim.set(network, all)
  const found = all.find((each) => each.reading === reading && each.numbers === numbers)
  if (found) return found.statement
  const statement = meaningOf(claim, given, numbers)
  all.push({ reading, numbers, statement })
  return statement
}
