// An entry of a counterexample made certain: the numbers of its leaves exactly, both of its sides
// as expressions, and to fifty digits where float64 sees no difference.
import type { Budget } from '../arithmetic/budget.ts'
import { constantOf, type Form } from '../concrete/domains/form.ts'
import {
  differPrecisely,
  type Precise,
  preciseDomain,
  printPrecise,
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

/** Every entry to fifty digits, at the same numbers. */
export const preciselyAt = (
  claim: ResolvedClaim,
  network: Network,
  integers: ReadonlyMap<string, readonly number[]>,
  budget: Budget,
  options: TestOptions,
): readonly ComparedEntry<Precise>[] => {
  const domain = preciseDomain()
  const world = drawPoint(
    network,
    samplerOf(domain, () => domain.zero, budget),
    budget,
    options,
  )
  for (const leaf of leavesOf(network)) {
    const data = integers.get(leaf.name!)!.map((value) => domain.fromRational(exactNumber(value)))
    world.values.set(leaf, { shape: leaf.shape, data })
  }
  return [...claimAt(claim, world).entries('skip poles')]
}

/** Both sides as exact expressions, or as the digits in which they differ. */
export const apart = (
  { left, right }: ComparedEntry<Form>,
  sides: ComparedEntry<Precise> | undefined,
  print: (form: Form) => string,
): readonly [string, string] => {
  const [expected, got] = [shown(left, print), shown(right, print)]
  if (expected !== got || !sides) return [expected, got]
  return [`≈ ${printPrecise(sides.left, 40)}`, `≈ ${printPrecise(sides.right, 40)}`]
}

/**
 * The entry that float64 saw, with the same numbers; or, where it saw none, two unequal fractions,
 * or numbers that differ in fifty digits.
 */
export const confirmed = (
  { link, entry, left, right }: ComparedEntry<Form>,
  seen: ComparedEntry<number> | undefined,
  sides: ComparedEntry<Precise> | undefined,
): boolean => {
  const isConstant = constantOf(left) !== undefined && constantOf(right) !== undefined
  if (!seen) return isConstant || (sides !== undefined && differPrecisely(sides.left, sides.right))
  const isSame = link === seen.link && entry.join() === seen.entry.join()
  return isSame && near(left.real, seen.left) && near(right.real, seen.right)
}

const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

const showing = 400

/** An expression too long to read is written as the number that it is, marked as rounded. */
const shown = (form: Form, print: (form: Form) => string): string => {
  const text = print(form)
  return text.length <= showing ? text : `≈ ${form.real}`
}
