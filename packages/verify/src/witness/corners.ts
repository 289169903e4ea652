// Where functions have pieces, random points see few of them: points at which numbers coincide,
// vanish, or lie beyond the constants that the claim and the network name.
import { type Node, topologicalOrder } from '@backprove/graph'
import { type Random, randomFrom } from '../concrete/domains/random.ts'
import { piecesOf } from '../core/line/pieces.ts'
import { sizeOf } from '../evaluate/machine.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import { leavesOf, type Network } from '../network/network.ts'

/** As many numbers as are asked for: one point. */
export type Draw = () => number

const mostConstants = 24

/** Constants by which pieces may be told apart, with what lies beside and beyond them. */
export const constantsOf = (claim: ResolvedClaim, network: Network): number[] => {
  const written = claim.operands.flatMap(numeralsIn)
  const recorded = topologicalOrder([network.cost, ...network.nodes.values()]).flatMap(numbersOf)
  const found = [...new Set([...written, ...recorded])].filter(
    (value) => Number.isFinite(value) && Math.abs(value) <= 1e300 && ![0, 1, -1].includes(value),
  )
  const some = found.slice(0, mostConstants)
  return [
    ...new Set(some.flatMap((c) => [c, -c, c + 1, c - 1, 2 * c, -2 * c, c / 2, ...inverseOf(c)])),
  ].filter((value) => value !== 0)
}

/** What 10^{-30} x_i needs to be seen. */
const inverseOf = (c: number): number[] => (Math.abs(c) < 1e-3 ? [1 / c, -1 / c] : [])

/** Numerals, and what is computed of them alone: 10^9 + 7. */
const numeralsIn = (node: Resolved | null): number[] => {
  if (!node) return []
  // The 2 of x_2 is no value.
  if (node.kind === 'entry') return numeralsIn(node.array)
  const own = numberOf(node)
  return [...(own === undefined ? [] : [own]), ...childNodes<Resolved>(node).flatMap(numeralsIn)]
}

const numberOf = (node: Resolved): number | undefined => {
  if (node.kind === 'numeral') return Number(node.value.numerator) / Number(node.value.denominator)
  const parts = childNodes<Resolved>(node).map(numberOf)
  if (parts.length === 0 || parts.includes(undefined)) return undefined
  const [first, second = 0] = parts as number[]
  if (node.kind === 'power') return first! ** second
  if (node.kind === 'quotient') return first! / second
  if (node.kind === 'negation') return -first!
  if (node.kind === 'addition') return (parts as number[]).reduce((a, b) => a + b)
  return node.kind === 'product' ? (parts as number[]).reduce((a, b) => a * b) : undefined
}

const numbersOf = (node: Node): number[] => [
  ...piecesOf(node).numbers,
  ...Object.values(node.params).flatMap((value: unknown) => {
    if (typeof value === 'number') return [value]
    if (value instanceof Float64Array) return [...value.subarray(0, mostConstants)]
    return []
  }),
]

const few = [0, 1, -1, 2, -2] as const
const scales = [2 ** -24, 1 / 1024, 16, 256, 65_536, 2 ** 24] as const

/**
 * The same, each number moved a little: what is equal there by chance is not, and what is equal
 * whatever is fed, as zeros behind a relu, still is.
 */
export function* nearCorners(
  claim: ResolvedClaim,
  network: Network,
  seed: number,
): Generator<Draw> {
  const random = randomFrom(seed ^ 0x1f83d9ab)
  // No two alike: their last digits count.
  let count = 0
  const little = () => ((random() & 1 ? 1 : -1) * (1 + (random() % 31))) / 64 + ++count / 2 ** 20
  for (const draw of corners(claim, network, seed)) yield () => draw() + little()
}

/**
 * One number everywhere; few numbers, so that many are equal; numbers of one sign; constants that
 * are named and their neighbours; numbers of every size.
 */
export function* corners(claim: ResolvedClaim, network: Network, seed: number): Generator<Draw> {
  const random = randomFrom(seed ^ 0x6a09e667)
  const pick = (from: readonly number[]): number => from[random() % from.length]!
  const whole = (largest: number) => 1 + (random() % largest)
  for (const value of [0, 1, -1]) yield () => value
  yield () => whole(9)
  yield () => -whole(9)
  for (let k = 0; k < 6; k++) yield () => pick(few)
  const constants = constantsOf(claim, network)
  if (constants.length > 0) {
    for (const value of constants) yield () => value
    const all = [...few, ...constants]
    for (let k = 0; k < 8; k++) yield () => pick(all)
    // Beyond them on either side: relu(x_1 - 100) relu(-x_2 - 100).
    const beyond = constants.filter((c) => constants.includes(c / 2) && !constants.includes(2 * c))
    for (let k = 0; k < 48; k++) yield signed(random, () => pick(beyond))
  }
  for (const scale of scales) {
    yield signed(random, () => whole(9) * scale)
    yield () => whole(9) * scale
    yield () => -whole(9) * scale
  }
  for (let k = 0; k < 4; k++) yield runs(random)
  for (let k = 0; k < 6; k++) yield rarely(random, () => 0)
  const all = [...few, ...constants]
  for (let k = 0; k < 6; k++) yield rarely(random, () => pick(all))
  for (let k = 0; k < 6; k++) yield rarely(random)
}

/**
 * Numbers that all differ, but that every sixth or so is what is asked for, or one that was there
 * before: what coincides in one place ties in no other.
 */
const rarely = (random: Random, special?: Draw): Draw => {
  const before: number[] = []
  return () => {
    if (random() % 6 === 0) {
      if (special) return special()
      if (before.length > 0) return before[random() % before.length]!
    }
    const place = before.length
    before.push((((place * 37 + 29) % 101) - 50) / 16 + Math.floor(place / 101) / 512)
    return before[place]!
  }
}

/** Lines of more numbers than these are not emptied one by one. */
const mostEmptied = 64

/**
 * One row, column or entry of one leaf is 0, or all of it, and no two other numbers are alike: what
 * Σ_k x_{kj}^2 = 0 says of one j.
 */
export function* emptied(network: Network): Generator<Draw> {
  const leaves = leavesOf(network)
  if (leaves.reduce((sum, { shape }) => sum + sizeOf(shape), 0) > mostEmptied) return
  let start = 0
  for (const { shape } of leaves) {
    const [first, size] = [start, sizeOf(shape)]
    const where = (isEmpty: (at: number) => boolean): Draw => {
      let at = -first
      return () => {
        const place = at++
        const isHere = place >= 0 && place < size && isEmpty(place)
        return isHere ? 0 : ((((place + first) * 37 + 29) % 101) - 50.5) / 16
      }
    }
    yield where(() => true)
    let step = size
    for (const length of shape) {
      step /= length
      const below = step
      for (let k = 0; k < length; k++) yield where((at) => Math.floor(at / below) % length === k)
    }
    start += size
  }
}

const signed = (random: Random, draw: Draw): Draw => {
  return () => (random() & 1 ? draw() : -draw())
}

/** The same small number a few times in a row, so that whole leaves have one sign. */
const runs = (random: Random): Draw => {
  let left = 0
  let value = 0
  return () => {
    if (left-- <= 0) {
      left = random() % 6
      value = (1 + (random() % 5)) * (random() & 1 ? 1 : -1)
    }
    return value
  }
}
