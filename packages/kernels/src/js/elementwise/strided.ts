// Moves entries between strided places and dense stretches, in row-major order.
import type { Memory } from '../../backend.ts'
import type { Place } from '../../plan/plan.ts'
import { coalesce } from '../../plan/views.ts'

/** A place as few runs as possible: the innermost apart from the outer ones. */
export interface Walk {
  readonly offset: number
  readonly lengths: readonly number[]
  readonly strides: readonly number[]
  readonly inner: number
  readonly innerStride: number
}

export function walkOf({ offset, shape, strides }: Omit<Place, 'block'>): Walk {
  const runs = coalesce({ shape, strides })
  const last = runs.lengths.length - 1
  return {
    offset,
    lengths: runs.lengths.slice(0, Math.max(last, 0)),
    strides: runs.strides.slice(0, Math.max(last, 0)),
    inner: runs.lengths[last] ?? 1,
    innerStride: runs.strides[last] ?? 0,
  }
}

/** Where row `row` of the walk begins. */
export function rowStart({ offset, lengths, strides }: Walk, row: number): number {
  let at = offset
  let rest = row
  for (let axis = lengths.length - 1; axis >= 0; axis--) {
    const length = lengths[axis]!
    const above = Math.floor(rest / length)
    at += (rest - above * length) * strides[axis]!
    rest = above
  }
  return at
}

/** target[0 … count) = entries start … start + count of the walk. */
export function gather(
  memory: Memory,
  walk: Walk,
  start: number,
  count: number,
  target: Memory,
): void {
  const { inner, innerStride } = walk
  let row = Math.floor(start / inner)
  let column = start - row * inner
  for (let done = 0; done < count; row++, column = 0) {
    const run = Math.min(count - done, inner - column)
    const from = rowStart(walk, row) + column * innerStride
    if (innerStride === 0) target.fill(memory[from]!, done, done + run)
    else for (let e = 0; e < run; e++) target[done + e] = memory[from + e * innerStride]!
    done += run
  }
}

/** Entries start … start + count of the walk = source[from … from + count). */
export function scatter(
  memory: Memory,
  walk: Walk,
  start: number,
  count: number,
  source: Memory,
  from: number,
): void {
  const { inner, innerStride } = walk
  let row = Math.floor(start / inner)
  let column = start - row * inner
  for (let done = 0; done < count; row++, column = 0) {
    const run = Math.min(count - done, inner - column)
    const into = rowStart(walk, row) + column * innerStride
    for (let e = 0; e < run; e++) memory[into + e * innerStride] = source[from + done + e]!
    done += run
  }
}
