// An entry of a counterexample made certain: the numbers of its leaves exactly, both of its sides
// as expressions, and to fifty digits where float64 sees no difference.
import type { Budget } from '../arithmetic/budget.ts'
import { constantOf, type Form } from '../concrete/domains/form.ts'
import {
  differPrecisely,
  type Precise,
  preciseDomain,
  printPrecise,
  sameDifference,
  withMoreDigits,
} from '../concrete/domains/precise.ts'
import { claimAt, drawPoint, samplerOf, type TestOptions } from '../concrete/sample/point.ts'
import { exactRational } from '../core/exact.ts'
import type { ComparedEntry } from '../evaluate/claim.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import { leavesOf, type Network } from '../network/network.ts'
import { fractionAt, fractionNear } from './ratio.ts'

/** What is smaller than this is no simple fraction that was rounded. */
const least = 1e-3

/** A small whole number, or the simple fraction that an assumption made of one. */
export const exactNumber = (value: number) => {
  const simple = fractionAt(value) ?? (Math.abs(value) < least ? undefined : fractionNear(value))
  if (simple === undefined) return exactRational(value)
  const [numerator = '0', denominator = '1'] = simple.split('/')
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) }
}

/** An entry of a claim in fifty digits and in more. */
export type Sides = readonly [ComparedEntry<Precise>, ComparedEntry<Precise>]

/** Every entry at the same numbers, asked for by its place. */
export const preciselyAt = (
  claim: ResolvedClaim,
  network: Network,
  integers: ReadonlyMap<string, readonly number[]>,
  budget: Budget,
  options: TestOptions,
): ((place: number) => Sides | undefined) => {
  const entries = (): readonly ComparedEntry<Precise>[] => {
    const domain = preciseDomain()
    const sampler = samplerOf(domain, () => domain.zero, budget)
    const world = drawPoint(network, sampler, budget, options)
    for (const leaf of leavesOf(network)) {
      const data = integers.get(leaf.name!)!.map((value) => domain.fromRational(exactNumber(value)))
      world.values.set(leaf, { shape: leaf.shape, data })
    }
    return [...claimAt(claim, world).entries('skip poles')]
  }
  let known: readonly (readonly ComparedEntry<Precise>[])[] | undefined
  return (place) => {
    known ??= [entries(), withMoreDigits(entries)]
    const [few, many] = known.map((each) => each[place])
    return few && many && [few, many]
  }
}

/** Both sides as exact expressions, or as the digits in which they differ. */
export const apart = (
  { left, right }: ComparedEntry<Form>,
  sides: Sides | undefined,
  print: (form: Form) => string,
): readonly [string, string] => {
  const [expected, got] = [shown(left, print), shown(right, print)]
  if (expected !== got || !sides) return [expected, got]
  const [few] = sides
  return [`≈ ${printPrecise(few.left, 40)}`, `≈ ${printPrecise(few.right, 40)}`]
}

/** Whether both sides differ in fifty digits and in more, and by the same: by no rounding. */
export const isApart = (sides: Sides | undefined): boolean => {
  if (!sides) return false
  const [few, many] = sides
  const differ = sides.every(({ left, right }) => differPrecisely(left, right))
  return differ && sameDifference([few.left, few.right], [many.left, many.right])
}

/**
 * The entry that float64 saw, with the same numbers; or, where it saw none, any. Two unequal
 * fractions, or numbers that differ in many digits.
 */
export const confirmed = (
  { link, entry, left, right }: ComparedEntry<Form>,
  seen: ComparedEntry<number> | undefined,
  sides: () => Sides | undefined,
): boolean => {
  const isSame = !seen || (link === seen.link && entry.join() === seen.entry.join())
  if (!isSame) return false
  if (seen && !(near(left.real, seen.left) && near(right.real, seen.right))) return false
  const isConstant = constantOf(left) !== undefined && constantOf(right) !== undefined
  return isConstant || isApart(sides())
}

const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

const showing = 400

/** An expression too long to read is written as the number that it is, marked as rounded. */
const shown = (form: Form, print: (form: Form) => string): string => {
  const text = print(form)
  return text.length <= showing ? text : `≈ ${form.real}`
}
