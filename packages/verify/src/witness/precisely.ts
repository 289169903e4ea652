// An entry of a counterexample made certain: the numbers of its leaves exactly, both of its sides
// as expressions, and to fifty digits where float64 sees no difference.
import type { Budget } from '../arithmetic/budget.ts'
import { constantOf, type Form } from '../concrete/domains/form.ts'
import {
  differenceOf,
  differPrecisely,
  type Precise,
  preciseDomain,
  printPrecise,
  sameDifference,
  withMoreDigits,
} from '../concrete/domains/precise.ts'
import {
  claimAt,
  drawPoint,
  type Numbers,
  putNumbers,
  samplerOf,
  type TestOptions,
} from '../concrete/sample/point.ts'
import { exactRational } from '../core/exact.ts'
import type { ComparedEntry } from '../evaluate/claim.ts'
import type { ResolvedClaim } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'
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

/** An entry of a claim in fifty digits and, where that is asked for, in four times as many. */
export interface Sides {
  readonly few: ComparedEntry<Precise>
  readonly many: () => ComparedEntry<Precise> | undefined
}

/** Every entry at the same numbers, asked for by its place. */
export const preciselyAt = (
  claim: ResolvedClaim,
  network: Network,
  integers: Numbers,
  budget: Budget,
  options: TestOptions,
): ((place: number) => Sides | undefined) => {
  const entries = (): readonly ComparedEntry<Precise>[] => {
    const domain = preciseDomain()
    const sampler = samplerOf(domain, () => domain.zero, budget)
    const world = drawPoint(network, sampler, budget, options)
    putNumbers(world, integers, (value) => domain.fromRational(exactNumber(value)))
    return [...claimAt(claim, world).entries('skip poles')]
  }
  const once = <Value>(make: () => Value): (() => Value) => {
    let made: { readonly value: Value } | undefined
    return () => {
      made ??= { value: make() }
      return made.value
    }
  }
  const [few, many] = [once(entries), once(() => withMoreDigits(entries))]
  return (place) => {
    const found = few()[place]
    return found && { few: found, many: () => many()[place] }
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
  const { few } = sides
  return [`≈ ${printPrecise(few.left, 40)}`, `≈ ${printPrecise(few.right, 40)}`]
}

/**
 * Whether both sides differ in fifty digits and, by the same, in fewer or in more: by no rounding.
 * What float64 saw are the fewer, where rounding left something of it.
 */
export const isApart = (sides: Sides | undefined, seen?: ComparedEntry<number>): boolean => {
  if (!sides) return false
  const { few } = sides
  if (!differPrecisely(few.left, few.right)) return false
  if (seen && isSeenSo(few, seen)) return true
  const many = sides.many()
  if (!many || !differPrecisely(many.left, many.right)) return false
  return sameDifference([few.left, few.right], [many.left, many.right])
}

const isSeenSo = (
  { left, right }: ComparedEntry<Precise>,
  seen: ComparedEntry<number>,
): boolean => {
  const gap = seen.left - seen.right
  return Math.abs(differenceOf(left, right) - gap) <= 1e-4 * Math.abs(gap)
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
  return isConstant || isApart(sides(), seen)
}

const near = (a: number, b: number): boolean =>
  Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b))

const showing = 400

/** An expression too long to read is written as the number that it is, marked as rounded. */
const shown = (form: Form, print: (form: Form) => string): string => {
  const text = print(form)
  return text.length <= showing ? text : `≈ ${form.real}`
}
