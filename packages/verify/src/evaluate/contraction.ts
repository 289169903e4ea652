// Σ over loops of an array, or of a product of two, whose indices are linear in the loops, as in
// Σ_{uv} x_{i+u-1,j+v-1} w_{uv}: no closure runs for a term, only for a row of terms.
import type { Budget } from '../arithmetic/budget.ts'
import { type Accumulator, accumulatorOf, type Run } from '../concrete/domains/accumulator.ts'
import type { Domain } from '../concrete/domains/domain.ts'

/** base + Σ steps · loops: whole steps; the base has none of the loops in it. */
export interface LinearIndex {
  readonly base: () => number
  readonly steps: readonly number[]
}

export interface Access<T> {
  readonly shape: readonly number[]
  readonly data: () => readonly T[]
  /** One for each axis; the first entry of an axis is 1. */
  readonly indices: readonly LinearIndex[]
}

interface Range {
  readonly low: number
  readonly high: number
}

/** An axis of a factor: where the loops have led along it. */
interface Axis {
  readonly index: LinearIndex
  readonly length: number
  readonly stride: number
  readonly factor: number
}

const axesOf = <T>(factors: readonly Access<T>[]): Axis[] =>
  factors.flatMap(({ shape, indices }, factor) =>
    indices.map((index, k) => ({
      index,
      length: shape[k]!,
      stride: shape.slice(k + 1).reduce((size, length) => size * length, 1),
      factor,
    })),
  )

/**
 * The sum for the present values of what the bases depend on; null where no term is in all boxes.
 */
export const contraction = <T>(
  domain: Domain<T>,
  budget: Budget,
  ranges: readonly Range[],
  factors: readonly [Access<T>] | readonly [Access<T>, Access<T>],
): (() => T | null) => {
  const axes = axesOf(factors)
  const sum = accumulatorOf(domain)
  const last = ranges.length - 1
  const at = axes.map(() => 0)
  const steps = ranges.map((_, level) => axes.map(({ index }) => index.steps[level]!))
  const ends = axes.map(({ length }) => length - 1)
  const advance = (level: number, by: number): void => {
    const own = steps[level]!
    for (let k = 0; k < own.length; k++) at[k]! += by * own[k]!
  }
  const runs: Run<T>[] = factors.map((_, factor) => ({
    data: [],
    from: 0,
    step: axes.reduce(
      (step, axis) => step + (axis.factor === factor ? axis.stride * axis.index.steps[last]! : 0),
      0,
    ),
  }))
  /** The innermost loop, as far as it stays in every box. */
  const innermost = (): void => {
    let { low, high } = ranges[last]!
    const own = steps[last]!
    for (let k = 0; k < own.length; k++) {
      const step = own[k]!
      const below = -at[k]!
      const above = ends[k]! + below
      if (step === 0) {
        if (below > 0 || above < 0) return
        continue
      }
      low = Math.max(low, Math.ceil((step > 0 ? below : above) / step))
      high = Math.min(high, Math.floor((step > 0 ? above : below) / step))
    }
    const count = high - low + 1
    if (count <= 0) return
    // A term costs far less than an operation elsewhere.
    budget.tick(1 + (count >> 4))
    for (const run of runs) run.from = run.step * low
    for (let k = 0; k < axes.length; k++) runs[axes[k]!.factor]!.from += axes[k]!.stride * at[k]!
    addRuns(sum, runs, count)
  }
  const visit = (level: number): void => {
    if (level === last) {
      innermost()
      return
    }
    const { low, high } = ranges[level]!
    advance(level, low)
    for (let value = low; value <= high; value++) {
      visit(level + 1)
      advance(level, 1)
    }
    advance(level, -(high + 1))
  }
  return () => {
    for (let k = 0; k < axes.length; k++) {
      at[k] = axes[k]!.index.base() - 1
      if (!Number.isInteger(at[k])) return null
    }
    factors.forEach(({ data }, k) => {
      runs[k] = { ...runs[k]!, data: data() }
    })
    visit(0)
    return sum.total()
  }
}

const addRuns = <T>(sum: Accumulator<T>, [a, b]: readonly Run<T>[], count: number): void => {
  if (b) sum.products(a!, b, count)
  else for (let k = 0; k < count; k++) sum.term(a!.data[a!.from + k * a!.step]!)
}

/** Whether the steps are whole numbers: only then no term falls between entries. */
export const isWhole = ({ steps }: LinearIndex): boolean => steps.every(Number.isInteger)

/** Σ of linear indices, and a multiple. */
export const addIndices = (indices: readonly LinearIndex[], loops: number): LinearIndex => {
  const bases = indices.map(({ base }) => base)
  return {
    base: () => {
      let total = 0
      for (const base of bases) total += base()
      return total
    },
    steps: Array.from({ length: loops }, (_, k) =>
      indices.reduce((step, { steps }) => step + steps[k]!, 0),
    ),
  }
}

export const scaleIndex = ({ base, steps }: LinearIndex, by: number): LinearIndex => ({
  base: () => by * base(),
  steps: steps.map((step) => by * step),
})
