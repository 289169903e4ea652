// A point at which assumptions hold: equations are solved for an entry in which they are linear,
// and leaves are turned, scaled or made one-hot until inequalities hold as well.
import type { Node } from '@backprove/graph'
import { PoleError } from '../../core/errors.ts'
import type { World } from '../../evaluate/world.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import type { Domain } from '../domains/domain.ts'
import {
  compared,
  entriesOf,
  heldBy,
  isEquation,
  type Leaves,
  leavesOf,
  withLeaves,
} from './assumed.ts'
import { isRounded } from './rounding.ts'
import { solvedTogether } from './together.ts'

/**
 * Changes the leaves of a point so that the assumptions hold.
 * @throws PoleError where that was not found; ConcreteError where an assumption has no meaning
 */
export const meetAssumptions = <T>(
  assumptions: readonly ResolvedClaim[],
  world: World<T>,
): void => {
  if (assumptions.length === 0) return
  const leaves = found(assumptions, world)
  world.values.clear()
  for (const [node, value] of leaves) world.values.set(node, value)
}

interface Attempt<T> {
  readonly leaves: Leaves<T>
  /** How many entries of assumptions do not hold. */
  readonly broken: number
}

const found = <T>(assumptions: readonly ResolvedClaim[], world: World<T>): Leaves<T> => {
  const equations = assumptions.filter(isEquation)
  const turn = turnOf(world)
  const tried = (leaves: Leaves<T>): Attempt<T> => {
    let at = withLeaves(world, leaves)
    const taken: Taken = new Map()
    for (const equation of equations) at = solved(equation, at, turn, taken)
    const broken = assumptions.reduce((count, each) => count + brokenIn(each, at), 0)
    return { leaves: leavesOf(at), broken }
  }
  let best = tried(leavesOf(world))
  if (best.broken > 0) {
    const together = tried(leavesOf(solvedTogether(equations, world, turn)))
    if (together.broken < best.broken) best = together
  }
  for (let improved = true; improved && best.broken > 0; ) {
    improved = false
    for (const changed of changes(best.leaves, world)) {
      const next = tried(changed)
      if (next.broken >= best.broken) continue
      best = next
      improved = true
      break
    }
  }
  const isMet = best.broken === 0
  if (!isMet || isRounded(equations, world, withLeaves(world, best.leaves)))
    throw new PoleError('a point where an assumption does not hold')
  return best.leaves
}

const brokenIn = <T>(assumption: ResolvedClaim, world: World<T>): number =>
  heldBy(assumption, world).filter((isHeld) => !isHeld).length

/** By how far the entries for which equations are solved are turned: another one at other points. */
const turnOf = <T>({ values, domain }: World<T>): number => {
  let sum = 0
  for (const { data } of values.values())
    for (const [k, value] of data.entries()) sum += (1 + (k % 7)) * domain.real(value)
  return Number.isFinite(sum) ? Math.floor(Math.abs(sum * 64)) % 5040 : 0
}

/** At every other point each entry has a leaf of its own: x_1 t_1 = 0 by x, x_2 t_2 = 0 by t. */
const turnAt = (turn: number, k: number): number => {
  if (turn % 2 === 0) return turn >> 1
  const mixed = Math.imul(turn + 2 * k + 1, 0x9e3779b1) ^ Math.imul(k + 1, 0x85ebca6b)
  return (mixed ^ (mixed >>> 15)) >>> 3
}

/** The places of entries for which an equation was solved: the next one is solved for others. */
type Taken = Map<Node, Set<number>>

/** Every entry of an equation solved, one after the other, where that is possible. */
const solved = <T>(
  equation: ResolvedClaim,
  world: World<T>,
  turn: number,
  taken: Taken,
): World<T> => {
  let at = world
  const count = [...entriesOf(equation, world)].length
  for (let k = 0; k < count; k++) {
    const { left, right } = [...entriesOf(equation, at)][k]!
    if (compared(world.domain, left, right) === 0) continue
    at =
      solvedFor(equation, k, at, turn, taken) ?? solvedFor(equation, k, at, turn, new Map()) ?? at
  }
  return at
}

/**
 * f linear in an entry of a leaf: f(x) = f(0) + (f(1) − f(0)) x, tried at a third place. Which leaf
 * is another at other points: x t = y t holds where t is 0 as well.
 */
const solvedFor = <T>(
  equation: ResolvedClaim,
  k: number,
  world: World<T>,
  turn: number,
  taken: Taken,
): World<T> | undefined => {
  const { domain } = world
  const { add, negate, multiply, divide, one, zero } = domain
  const leaves = leavesOf(world)
  const first = turnAt(turn, k) % Math.max(1, leaves.size)
  const inTurn = [...leaves].slice(first).concat([...leaves].slice(0, first))
  for (const [leaf, { shape, data }] of inTurn)
    for (let left = data.length - 1; left >= 0; left--) {
      const at = (left + turn) % data.length
      const own = taken.get(leaf) ?? new Set()
      if (own.has(at)) continue
      const put = (value: T): World<T> =>
        withLeaves(world, new Map(leaves).set(leaf, { shape, data: data.with(at, value) }))
      const f = (value: T): T => {
        const { left, right } = [...entriesOf(equation, put(value))][k]!
        return add(left, negate(right))
      }
      const start = f(zero)
      const slope = add(f(one), negate(start))
      if (compared(domain, slope, zero) === 0) continue
      const two = add(one, one)
      const straight = add(start, multiply(slope, two))
      if (compared(domain, f(two), straight) !== 0) continue
      taken.set(leaf, own.add(at))
      return put(negate(divide(start, slope)))
    }
  return undefined
}

const mostSingleEntries = 64

/** 1 for the largest of a row and 0 for the others, or 0 for all where that is small. */
const oneHot = <T>(data: readonly T[], length: number, { real, zero, one }: Domain<T>): T[] =>
  data.map((value, at) => {
    const start = at - (at % length)
    const row = data.slice(start, start + length).map(real)
    const largest = Math.max(...row)
    const isHot = largest > 0.4 && real(value) === largest && row.indexOf(largest) === at - start
    return isHot ? one : zero
  })

/** The leaves with one of them turned, scaled or one-hot; then with one entry so. */
function* changes<T>(leaves: Leaves<T>, { domain }: World<T>): Generator<Leaves<T>> {
  const { compare, negate, multiply, zero, fromRational } = domain
  const ratio = (numerator: bigint, denominator: bigint) => fromRational({ numerator, denominator })
  const [eighth, much] = [ratio(1n, 8n), ratio(16n, 1n)]
  const large = (x: T): T => (compare(x, zero) < 0 ? negate(x) : x)
  const ways: readonly ((x: T) => T)[] = [
    large,
    (x) => negate(large(x)),
    (x) => multiply(x, eighth),
    (x) => multiply(x, much),
  ]
  for (const way of ways)
    for (const [leaf, { shape, data }] of leaves)
      yield new Map(leaves).set(leaf, { shape, data: data.map(way) })
  for (const [leaf, { shape, data }] of leaves) {
    // Modulo a prime so few points would be no evidence.
    if (!domain.stable || shape.length === 0) break
    yield new Map(leaves).set(leaf, { shape, data: oneHot(data, shape.at(-1)!, domain) })
  }
  for (const [leaf, { shape, data }] of leaves) {
    if (data.length > mostSingleEntries) continue
    for (const way of domain.stable ? [...ways, () => zero] : ways)
      for (const [at, value] of data.entries())
        yield new Map(leaves).set(leaf, { shape, data: data.with(at, way(value)) })
  }
}
