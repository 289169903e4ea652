// Whether anything meets what is assumed: told of what is linear in the leaves, where moving to one
// broken relation after the other finds a point if there is one. Of curves it may not be told.
import type { Budget } from '../../arithmetic/budget.ts'
import { PoleError } from '../../core/errors.ts'
import type { World } from '../../evaluate/world.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import type { Network } from '../../network/network.ts'
import { floatDomain } from '../domains/float.ts'
import { randomFrom } from '../domains/random.ts'
import { drawPoint, samplerOf } from './point.ts'
import { gaps, type Linear, linearised, numbersOf, withNumbers } from './together.ts'

/** `curved`: not linear, or too much to tell. */
export type Feasibility = 'met' | 'unmet' | 'curved'

export const feasibility = (
  assumptions: readonly ResolvedClaim[],
  network: Network,
  budget: Budget,
): Feasibility => {
  const random = randomFrom(0x51ed270b)
  const draw = () => ((random() % 4001) - 2000.37) / 500
  const sampler = samplerOf(floatDomain(), draw, budget)
  const points = Array.from({ length: 4 }, () => drawPoint(network, sampler, budget, {}))
  try {
    const [first] = points
    const rows = first && linearised(assumptions, first)
    if (!rows || !points.every((point) => isLinear(assumptions, rows, first, point)))
      return 'curved'
    return isMet(rows, numbersOf(first)) ? 'met' : 'unmet'
  } catch (error) {
    if (error instanceof PoleError) return 'curved'
    throw error
  }
}

const little = 1e-9

const at = ({ value, slopes }: Linear<number>, steps: readonly number[]): number =>
  slopes.reduce((sum, slope, k) => sum + slope * steps[k]!, value)

/** At the point, and on the way to it. */
const isLinear = (
  assumptions: readonly ResolvedClaim[],
  rows: readonly Linear<number>[],
  first: World<number>,
  point: World<number>,
): boolean => {
  const [from, to] = [numbersOf(first), numbersOf(point)]
  return [0.37, 1].every((part) => {
    const steps = to.map((value, k) => part * (value - from[k]!))
    const there = withNumbers(
      first,
      from.map((value, k) => value + steps[k]!),
    )
    return gaps(assumptions, there).every((gap, k) => {
      const claimed = at(rows[k]!, steps)
      return Math.abs(gap - claimed) <= little * (1 + Math.abs(gap) + Math.abs(claimed))
    })
  })
}

const mostSteps = 20_000
/** How far beyond 0 a strict relation is met. */
const margin = 1e-4

/** By how much the relation is broken, along its slope. */
const broken = (relation: string, value: number): number => {
  switch (relation) {
    case '=':
      return -value
    case '>':
      return Math.max(0, margin - value)
    case '≥':
      return Math.max(0, -value)
    case '<':
      return Math.min(0, -margin - value)
    case '≤':
      return Math.min(0, -value)
    default:
      return 0
  }
}

const holds = (relation: string, value: number): boolean => {
  if (relation === '≠') return value !== 0
  const isStrict = relation === '>' || relation === '<'
  return Math.abs(broken(relation, value)) <= (isStrict ? margin / 2 : little)
}

/** Onto the worst of what is broken, again and again: a way that ends where there is room. */
const isMet = (rows: readonly Linear<number>[], start: readonly number[]): boolean => {
  const steps = start.map(() => 0)
  const squares = rows.map(({ slopes }) => slopes.reduce((sum, slope) => sum + slope * slope, 0))
  for (let count = 0; count < mostSteps; count++) {
    const values = rows.map((row) => at(row, steps))
    if (rows.every(({ relation }, k) => holds(relation, values[k]!))) return true
    let [worst, far] = [-1, 0]
    for (const [k, { relation }] of rows.entries()) {
      const by = broken(relation, values[k]!)
      if (by === 0 || squares[k]! <= little) continue
      const distance = Math.abs(by) / Math.sqrt(squares[k]!)
      if (distance > far) [worst, far] = [k, distance]
    }
    const row = rows[worst]
    if (!row) return false
    const factor = broken(row.relation, values[worst]!) / squares[worst]!
    for (const [k, slope] of row.slopes.entries()) steps[k]! += factor * slope
  }
  return false
}
