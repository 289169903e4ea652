// What the letters of a claim run through, settled before anything is evaluated or proved. Where
// the boxes of a free letter differ, or a sum without a range ends in two places, and nothing that
// is written says which is meant, there are two readings.
import type { Node } from '@backprove/graph'
import type { Interval } from '../core/statement.ts'
import { conditionsOf } from '../language/conditions.ts'
import { freeIndices } from '../language/free.ts'
import { letterReads } from '../language/letter-reads.ts'
import type { Ranges, Resolved, ResolvedClaim } from '../language/resolved.ts'
import { ClaimError } from '../language/syntax.ts'
import { childNodes } from '../language/walk.ts'
import { boxesOf } from '../lower/boxes.ts'
import { emptySite } from '../lower/claims/claim.ts'
import { chosenRange, operandRanges } from '../lower/ranges/ranges.ts'
import type { Network } from '../network/network.ts'
import { reaches } from '../network/reaches.ts'
import { sizesOf } from '../network/sizes.ts'
import { apart, hasSums, looseLetters, type RangeOptions, sumsSeen } from './sums.ts'

/** A claim whose letters all have ranges, and which ones, where that could be otherwise. */
export interface RangeReading {
  readonly claim: ResolvedClaim
  readonly description: string
  /** What letters run through whose arrays differ in size. */
  readonly letters: readonly string[]
  /** A sum ends at the recorded lengths alone, where two axes are as long as each other. */
  readonly isHere?: boolean
}

/** An entry of a named array or a derivative, and no more: what an equation defines. */
const isEntry = (operand: Resolved): boolean =>
  isDerivative(operand) || (operand.kind === 'entry' && operand.array.kind === 'array')

const isDerivative = (operand: Resolved): boolean =>
  operand.kind === 'derivative' || (operand.kind === 'entry' && operand.array.kind === 'derivative')

const nodeOf = (operand: Resolved, { nodes }: Network): Node | undefined =>
  operand.kind === 'entry' && operand.array.kind === 'array'
    ? nodes.get(operand.array.name)
    : undefined

/** The side that an equation of two entries speaks of: a derivative, or what is computed later. */
const laterOf = ([left, right]: readonly Resolved[], network: Network): number | undefined => {
  if (isDerivative(left!) !== isDerivative(right!)) return isDerivative(left!) ? 0 : 1
  const [a, b] = [nodeOf(left!, network), nodeOf(right!, network)]
  if (!a || !b || a === b) return undefined
  if (reaches(a, b, new Set())) return 0
  return reaches(b, a, new Set()) ? 1 : undefined
}

const isWithin = (inner: Interval, outer: Interval): boolean =>
  inner.low >= outer.low && inner.high <= outer.high

/** The array whose entries a side speaks of. */
const nameOf = (side: Resolved): string => {
  if (side.kind === 'entry') return nameOf(side.array)
  if (side.kind === 'derivative') return nameOf(side.of.kind === 'cost' ? side.by[0]! : side.of)
  return side.kind === 'array' ? side.name : 'the left side'
}

type Choice = Ranges['free'][string]

/** How a letter runs; undefined where there are two ways. */
const choiceFor = (
  ranges: readonly (readonly Interval[])[],
  operands: readonly Resolved[],
  network: Network,
): Choice | 'alike' | undefined => {
  const all = ranges.flat()
  const entries = operands.flatMap((operand, k) => (isEntry(operand) ? [k] : []))
  const [defined, ...others] = entries
  if (defined !== undefined && others.length === 0 && ranges[defined]!.length > 0) return defined
  const later = entries.length === 2 ? laterOf(operands, network) : undefined
  if (later !== undefined && ranges[later]!.length > 0) {
    const own = chosenRange(ranges, later)!
    if (all.every((each) => isWithin(own, each))) return later
  }
  return isAlike(all) ? 'alike' : undefined
}

const isAlike = (all: readonly Interval[]): boolean =>
  all.every((each) => isWithin(each, all[0]!) && isWithin(all[0]!, each))

const spelled = (letters: readonly (readonly [string, Interval])[]): string =>
  letters.map(([name, { low, high }]) => `${name} = ${low}, …, ${high}`).join(' and ')

/** Letters that index axes that are alike at no sizes, or only at the recorded ones. */
const looseIn = (
  claim: ResolvedClaim,
  network: Network,
  options: RangeOptions,
): readonly string[] => {
  if (claim.free.length === 0 || conditionsOf(claim).length === 0) return []
  const { free, at } = sizesOf(network, 'ones vary')
  const others = apart.flatMap((move) => at(free.map((_, place) => move(place))) ?? [])
  return claim.free.filter((name) =>
    [network, ...others].some((each) => {
      const boxes = boxesOf(emptySite(claim.operands, { network: each, ...options }))
      return !isAlike(operandRanges(name, claim.operands, new Map(), boxes).flat())
    }),
  )
}

const indexes = (name: string, node: Resolved): boolean =>
  (node.kind === 'entry' && node.indices.some((at) => at && freeIndices(at).includes(name))) ||
  childNodes<Resolved>(node).some((child) => indexes(name, child))

/**
 * Where no side has the letter bare, each has to say where it runs: the other would choose for it.
 * @throws ClaimError
 */
const demandBounds = (
  name: string,
  ranges: readonly (readonly Interval[])[],
  { operands, span }: ResolvedClaim,
): void => {
  const isBare = operands.some((operand) => letterReads(name, operand).length > 0)
  const isOpen = (operand: Resolved, k: number) =>
    ranges[k]!.length === 0 && freeIndices(operand).includes(name) && indexes(name, operand)
  if (!isBare && ranges.some(({ length }) => length > 0) && operands.some(isOpen))
    throw new ClaimError(`What ${name} runs through is not said of every side`, span)
}

/** The ways in which the free letters of an equation may run: one, or those of `common` and `any`. */
const freeReadings = (
  claim: ResolvedClaim,
  network: Network,
  options: RangeOptions,
): readonly RangeReading[] => {
  const site = emptySite(claim.operands, { network, ...options })
  const settled: Record<string, Choice> = {}
  const letters: string[] = []
  const open: [string, readonly (readonly Interval[])[]][] = []
  for (const name of claim.free) {
    const ranges = operandRanges(name, claim.operands, new Map(), boxesOf(site))
    demandBounds(name, ranges, claim)
    const choice = choiceFor(ranges, claim.operands, network)
    if (choice === undefined) open.push([name, ranges])
    else if (choice !== 'alike') settled[name] = choice
    const side = typeof choice === 'number' ? claim.operands[choice] : undefined
    if (side && !isAlike(ranges.flat())) letters.push(`${name} over ${nameOf(side)}`)
  }
  const sums = claim.ranges?.sums ?? 'axis'
  const loose = looseIn(claim, network, options)
  const withFree = (free: Ranges['free']): ResolvedClaim => ({
    ...claim,
    ranges: { free, sums, loose },
  })
  if (open.length === 0) return [{ claim: withFree(settled), description: '', letters }]
  const hasCommon = open.every(([, ranges]) => {
    const { low, high } = chosenRange(ranges, 'common')!
    return low <= high
  })
  const choices = hasCommon ? (['common', 'any'] as const) : (['any'] as const)
  return choices.map((choice): RangeReading => {
    const chosen = open.map(([name, ranges]) => [name, chosenRange(ranges, choice)!] as const)
    const free = Object.fromEntries(open.map(([name]) => [name, choice]))
    const description = spelled(chosen)
    return {
      claim: withFree({ ...settled, ...free }),
      description,
      letters,
    }
  })
}

/**
 * Every way to run through the letters of an equation.
 * @throws ClaimError for a sum that nothing ends
 */
export const rangeReadings = (
  claim: ResolvedClaim,
  network: Network,
  options: RangeOptions,
): readonly RangeReading[] => {
  const free = freeReadings(claim, network, options)
  if (!hasSums(claim.operands)) return free
  const { differ, isHere } = sumsSeen(free[0]!.claim, network, options)
  if (isHere) return free.map((each) => ({ ...each, isHere }))
  if (!differ) return free
  const letters = looseLetters(claim.operands).join(', ')
  const ways = [
    ['axis', `Σ_${letters} only where what is under functions has entries`],
    ['support', `Σ_${letters} wherever the factors have entries, f(0) outside`],
  ] as const
  return free.flatMap(({ claim: each, description, letters: own }) =>
    ways.map(([sums, said]) => ({
      letters: own,
      claim: { ...each, ranges: { ...each.ranges!, sums } },
      description: [description, said].filter((part) => part !== '').join('; '),
    })),
  )
}
