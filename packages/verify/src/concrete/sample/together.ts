// Equations that are linear in the leaves, solved together: what one of them is solved for may
// stand in the others, x_1 + x_2 = 5 beside x_1 − x_2 = 1.
import type { World } from '../../evaluate/world.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import type { Domain } from '../domains/domain.ts'
import { compared, entriesOf, leavesOf, withLeaves } from './assumed.ts'

/** Every entry of the leaves is moved once for the slopes, and these are eliminated. */
const most = { numbers: 64, entries: 32 }

/** What an entry of a relation is: left − right, with what is added for each number of the leaves. */
export interface Linear<T> {
  readonly relation: string
  readonly value: T
  readonly slopes: readonly T[]
}

export const numbersOf = <T>(world: World<T>): T[] =>
  [...leavesOf(world).values()].flatMap(({ data }) => [...data])

export const withNumbers = <T>(world: World<T>, numbers: readonly T[]): World<T> => {
  let start = 0
  const leaves = [...leavesOf(world)].map(([leaf, { shape, data }]) => {
    const own = numbers.slice(start, start + data.length)
    start += data.length
    return [leaf, { shape, data: own }] as const
  })
  return withLeaves(world, new Map(leaves))
}

/** Left − right of every entry. */
export const gaps = <T>(claims: readonly ResolvedClaim[], world: World<T>): T[] =>
  claims.flatMap((claim) =>
    [...entriesOf(claim, world)].map(({ left, right }) =>
      world.domain.add(left, world.domain.negate(right)),
    ),
  )

/** By differences, which are the slopes of what is linear; undefined where it is too much. */
export const linearised = <T>(
  claims: readonly ResolvedClaim[],
  world: World<T>,
): Linear<T>[] | undefined => {
  const { add, negate, one } = world.domain
  const numbers = numbersOf(world)
  const relations = claims.flatMap((claim) =>
    [...entriesOf(claim, world)].map(({ link }) => claim.relations[link]!),
  )
  if (numbers.length > most.numbers || relations.length > most.entries) return undefined
  const here = gaps(claims, world)
  const moved = numbers.map((value, k) =>
    gaps(claims, withNumbers(world, numbers.with(k, add(value, one)))),
  )
  return here.map((value, row) => ({
    relation: relations[row]!,
    value,
    slopes: moved.map((there) => add(there[row]!, negate(value))),
  }))
}

/** The world with numbers at which equations hold that are linear; which are moved `turn` says. */
export const solvedTogether = <T>(
  equations: readonly ResolvedClaim[],
  world: World<T>,
  turn: number,
): World<T> => {
  const rows = linearised(equations, world)
  if (!rows || rows.length < 2) return world
  const numbers = numbersOf(world)
  const steps = eliminated(rows, world.domain, turn)
  return withNumbers(
    world,
    numbers.map((value, k) => world.domain.add(value, steps[k] ?? world.domain.zero)),
  )
}

/** Steps of the numbers that make every row 0: Gauss and Jordan. */
const eliminated = <T>(rows: readonly Linear<T>[], domain: Domain<T>, turn: number): T[] => {
  const { add, multiply, negate, divide, zero } = domain
  const count = rows[0]!.slopes.length
  const isNil = (value: T) => compared(domain, value, zero) === 0
  const left = rows.map(({ value, slopes }) => ({ value, slopes: [...slopes], pivot: -1 }))
  for (const row of left) {
    const order = Array.from({ length: count }, (_, k) => (k + turn) % count)
    const pivot = order.find((k) => !isNil(row.slopes[k]!))
    if (pivot === undefined) continue
    row.pivot = pivot
    const by = row.slopes[pivot]!
    row.value = divide(row.value, by)
    row.slopes = row.slopes.map((slope) => divide(slope, by))
    for (const other of left) {
      const factor = other.slopes[pivot]!
      if (other === row || isNil(factor)) continue
      const less = (a: T, b: T) => add(a, negate(multiply(factor, b)))
      other.value = less(other.value, row.value)
      other.slopes = other.slopes.map((slope, k) =>
        k === pivot ? zero : less(slope, row.slopes[k]!),
      )
    }
  }
  const steps = Array.from({ length: count }, () => zero)
  for (const { pivot, value } of left) if (pivot >= 0) steps[pivot] = negate(value)
  return steps
}
