// One point of small whole numbers: whether a claim fails there, and both sides exactly.
import type { Budget } from '../arithmetic/budget.ts'
import { formatRational, multiplyRational, rational } from '../arithmetic/rational.ts'
import { NearTieError } from '../concrete/domains/domain.ts'
import { constantOf, equalForms, type Form } from '../concrete/domains/form.ts'
import { formDomain } from '../concrete/domains/forms.ts'
import { isEquation } from '../concrete/sample/assumed.ts'
import { hasPieces } from '../concrete/sample/exclusions.ts'
import {
  claimAt,
  drawPoint,
  type Numbers,
  numbersAt,
  putNumbers,
  type Sampler,
  samplerOf,
  type TestOptions,
} from '../concrete/sample/point.ts'
import { asksPolicy, certainDifference, fillSpace, marksEquals } from '../concrete/sample/policy.ts'
import { holdsByRounding } from '../concrete/sample/rounding.ts'
import { areAtPlaces } from '../concrete/sample/valid-places.ts'
import { ConcreteError, PoleError, ShapesError } from '../core/errors.ts'
import type { ComparedEntry } from '../evaluate/claim.ts'
import type { World } from '../evaluate/world.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'
import { lastingDifference } from './lasting.ts'
import { apart, confirmed, exactNumber, isApart, preciselyAt } from './precisely.ts'

export interface Witness {
  /** By name: `x.i`, or the letter that stands for the size. */
  readonly sizes: Readonly<Record<string, number>>
  /** Values of the free indices, then the place in the array; from 1. */
  readonly entry: readonly number[]
  /** The left side, as an exact fraction or expression. */
  readonly expected: string
  readonly got: string
  /** Both as decimals, where the exact values are no fractions that can be read as they are. */
  readonly decimals?: readonly [expected: string, got: string]
  /** Every leaf, row-major. */
  readonly inputs: Readonly<Record<string, readonly string[]>>
  /** got / expected, where that is one number for all entries. */
  readonly ratio?: string
}

/** The sides of an entry differ beyond doubt: by far more than rounding. */
const apartInFloat = (left: number, right: number): boolean => {
  const size = Math.max(Math.abs(left), Math.abs(right))
  return Number.isFinite(size) && Math.abs(left - right) > 1e-7 * size && size > 1e-9
}

export const differs = ({ left, right }: ComparedEntry<number>): boolean =>
  apartInFloat(left, right)

/** Relative to the sides: how far apart they are, be it by rounding. */
const gapOf = ({ left, right }: ComparedEntry<number>): number =>
  left === right ? 0 : Math.abs(left - right) / Math.max(Math.abs(left), Math.abs(right))

export interface Point {
  readonly integers: Numbers
  /** Where float64 sees a difference; where it sees none, exact fractions may. */
  readonly entry: ComparedEntry<number> | undefined
  /** The widest gap between sides, relative to them, where none is told from rounding. */
  readonly gap: number
  /** It differs as the graph decides a tie or a kink, which rounding may have made. */
  readonly isPolicy: boolean
}

export const attempt = <R>(body: () => R): R | undefined => {
  try {
    return body()
  } catch (error) {
    if (error instanceof NearTieError || error instanceof PoleError) return undefined
    if (error instanceof ConcreteError || error instanceof ShapesError) return undefined
    throw error
  }
}

/**
 * What counts where policies decide: nothing; a difference however they do; or one alone that is
 * still there where everything moves a little. Filling: such a one alone, wherever it is found.
 */
export type Ties = 'none' | 'decided' | 'lasting' | 'filling'

export const drawn = (
  claim: ResolvedClaim,
  network: Network,
  sampler: Sampler<number>,
  draw: () => number,
  budget: Budget,
  options: TestOptions,
  ties: Ties = 'decided',
): Point | undefined =>
  attempt(() => {
    const { domain } = sampler
    const world = drawPoint(network, { ...sampler, draw }, budget, { ...options, places: true })
    if (!areAtPlaces(world)) return undefined
    if (holdsByRounding(options.assumptions ?? [], world)) return undefined
    const entries = [...claimAt(claim, world).entries('skip poles')]
    // Numbers that only rounding makes equal would win or lose together.
    const isEqual = (options.assumptions ?? []).some(isEquation)
    if (domain.seen.saturated && (isEqual || hasPieces(claim, network))) return undefined
    const isMet = (domain.seen.ties || domain.seen.kinks) && asksPolicy(claim, network)
    // Of [x = p] nothing tells whether its sides are equal by chance.
    const isTied = isMet || ties === 'filling'
    if (isTied && ties === 'none') return undefined
    const lasting = () =>
      fillSpace(options) && !domain.seen.ties && !domain.seen.saturated
        ? lastingDifference(claim, world, entries.filter(differs), differs, options)
        : undefined
    const decided = () =>
      ties === 'decided' && !marksEquals(claim, network)
        ? certainDifference(claim, world, apartInFloat, 'skip poles')
        : undefined
    const certain = isTied ? decided() : entries.find(differs)
    const entry = certain ?? (isTied ? lasting() : undefined)
    if (isTied && !entry) return undefined
    // Where an equation is assumed that holds by rounding, gaps as small say nothing.
    const isOpen = !isTied && !isEqual && !entry
    const gap = isOpen ? entries.reduce((most, each) => Math.max(most, gapOf(each)), 0) : 0
    return { integers: numbersAt(world), entry, gap, isPolicy: entry !== certain }
  })

/**
 * Both sides of the entry exactly; undefined where they do not differ exactly, or not realisably.
 */
export const exactly = (
  claim: ResolvedClaim,
  network: Network,
  { integers, entry }: Point,
  budget: Budget,
  options: TestOptions,
): Omit<Witness, 'sizes'> | undefined =>
  attempt(() => {
    const domain = formDomain({ derivatives: 'named', budget })
    const sampler = samplerOf(domain, () => domain.zero, budget)
    const { assumptions: _, ...free } = options
    const world: World<Form> = drawPoint(network, sampler, budget, free)
    const put = putNumbers(world, integers, (value) => domain.fromRational(exactNumber(value)))
    // By entries: an array may be called __proto__.
    const inputs = Object.fromEntries(
      [...put].map(([name, data]) => [name, data.map(domain.print)]),
    )
    const digits = preciselyAt(claim, network, integers, budget, free)
    let at = -1
    for (const found of claimAt(claim, world).entries('skip poles')) {
      at++
      if (equalForms(found.left, found.right)) continue
      if (!confirmed(found, entry, () => digits(at))) continue
      const [expected, got] = apart(found, entry ? undefined : digits(at), domain.print)
      const ratio = exactRatio(found)
      const decimals = decimalsOf(found, [expected, got])
      return {
        entry: found.entry,
        expected,
        got,
        ...(decimals && { decimals }),
        inputs,
        ...(ratio !== undefined && { ratio }),
      }
    }
    return undefined
  })

const isPlain = (text: string): boolean => /^-?\d{1,6}$|^≈/.test(text)

/** σ(-6)·σ'(-6) is 0.00000609: four digits, or as many as tell the two apart. */
const decimalsOf = (
  { left, right }: ComparedEntry<Form>,
  exact: readonly [string, string],
): readonly [string, string] | undefined => {
  if (exact.every(isPlain)) return undefined
  const digits = [4, 6, 9, 12].find((each) => {
    const [a, b] = [left.real, right.real].map((value) => value.toPrecision(each))
    return a !== b
  })
  if (digits === undefined) return undefined
  const written = (value: number): string => `${Number(value.toPrecision(digits))}`
  return [written(left.real), written(right.real)]
}

/** Where the exact expressions are too large to be made. */
export const rounded = (
  claim: ResolvedClaim,
  network: Network,
  { integers, entry, isPolicy }: Point,
  budget: Budget,
  { assumptions: _, ...free }: TestOptions,
): Omit<Witness, 'sizes'> | undefined => {
  if (!entry || isPolicy) return undefined
  const isSame = ({ link, entry: at }: ComparedEntry<unknown>) =>
    link === entry.link && at.join() === entry.entry.join()
  const sides = attempt(() => {
    const digits = preciselyAt(claim, network, integers, budget, free)
    for (let place = 0; ; place++) {
      const found = digits(place)
      if (!found || isSame(found.few)) return found
    }
  })
  if (!isApart(sides, entry)) return undefined
  const inputs = Object.fromEntries([...integers].map(([name, data]) => [name, data.map(String)]))
  return {
    entry: entry.entry,
    expected: `≈ ${entry.left}`,
    got: `≈ ${entry.right}`,
    inputs,
  }
}

/** Exactly, and of whole numbers in fifty digits: σ(16) > 0.99999. */
export const confirmedAt = (
  claim: ResolvedClaim,
  network: Network,
  point: Point,
  budget: Budget,
  options: TestOptions,
) => {
  const isWhole = [...point.integers.values()].every((numbers) => numbers.every(Number.isInteger))
  // An assumption that holds by rounding alone, e^{-96} x = e^{-96} t, does not hold.
  const isFree = (options.assumptions ?? []).length === 0
  return (
    exactly(claim, network, point, budget, options) ??
    (isWhole && isFree ? rounded(claim, network, point, budget, options) : undefined)
  )
}

const exactRatio = ({ left, right }: ComparedEntry<Form>): string | undefined => {
  const [expected, got] = [constantOf(left), constantOf(right)]
  if (!expected || !got || expected.numerator === 0n) return undefined
  const inverse = rational(expected.denominator, expected.numerator)
  return formatRational(multiplyRational(got, inverse))
}
