// Nests of loops over strided arrays: axes that run together become one, arrays with the same
// strides share a cursor.
import { type Body, type Int, i32, type Local, type V128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'

/** An array seen along the axes of a loop nest: strides in elements, 0 where it is broadcast. */
export interface Operand {
  readonly address: number
  readonly strides: readonly number[]
}

/** Strides of a whole array in row-major order. */
export function contiguous(shape: readonly number[]): number[] {
  const strides = shape.map(() => 1)
  for (let k = shape.length - 2; k >= 0; k--) strides[k] = strides[k + 1]! * shape[k + 1]!
  return strides
}

/**
 * Drops axes of length 1 and merges neighbours that every operand walks through in one stride. At
 * least one axis remains.
 */
export function mergeAxes(
  shape: readonly number[],
  operands: readonly Operand[],
): { shape: number[]; operands: Operand[] } {
  const groups: number[][] = []
  shape.forEach((size, axis) => {
    if (size === 1) return
    const outer = groups.at(-1)?.at(-1)
    const together =
      outer !== undefined &&
      operands.every(({ strides }) => strides[outer] === size * strides[axis]!)
    if (together) groups.at(-1)!.push(axis)
    else groups.push([axis])
  })
  if (groups.length === 0) groups.push([])
  return {
    shape: groups.map((axes) => axes.reduce((size, axis) => size * shape[axis]!, 1)),
    operands: operands.map(({ address, strides }) => ({
      address,
      strides: groups.map((axes) => strides[axes.at(-1) ?? -1] ?? 0),
    })),
  }
}

/** A byte position that moves along the axes; several operands with equal strides share it. */
export interface Cursor {
  readonly position: Local<'i32'>
  /** Bytes per step of each axis. */
  readonly steps: readonly number[]
}

/** Where an operand is read or written: a cursor and a constant offset. */
export interface Place {
  readonly cursor: Cursor
  readonly offset: number
}

/**
 * Cursors start at 0 and addresses are constant offsets, except that an operand that is walked
 * backwards has its address in a cursor of its own: offsets cannot be negative.
 */
export function makePlaces(
  f: Body,
  lanes: Lanes,
  operands: readonly Operand[],
): { places: Place[]; cursors: Cursor[] } {
  const cursors = new Map<string, Cursor>()
  const places = operands.map(({ address, strides }) => {
    const backwards = strides.some((stride) => stride < 0)
    const key = strides.join() + (backwards ? `@${address}` : '')
    let cursor = cursors.get(key)
    if (!cursor) {
      const position = f.let(i32.constant(backwards ? address : 0))
      cursor = { position, steps: strides.map((stride) => stride * lanes.bytes) }
      cursors.set(key, cursor)
    }
    return { cursor, offset: backwards ? 0 : address }
  })
  return { places, cursors: [...cursors.values()] }
}

/** Moves all cursors along an axis. */
export function advance(f: Body, cursors: readonly Cursor[], axis: number, steps: Int): void {
  for (const cursor of cursors) {
    const step = cursor.steps[axis]!
    const distance = typeof steps === 'number' ? steps * step : i32.mul(steps, step)
    if (step !== 0) f.bump(cursor.position, distance)
  }
}

/** Loops over the axes, the first outermost; afterwards the cursors are back where they were. */
export function nest(
  f: Body,
  cursors: readonly Cursor[],
  shape: readonly number[],
  axes: readonly number[],
  body: () => void,
): void {
  const [axis, ...inner] = axes
  if (axis === undefined) {
    body()
    return
  }
  f.repeat(shape[axis]!, () => {
    nest(f, cursors, shape, inner, body)
    advance(f, cursors, axis, 1)
  })
  advance(f, cursors, axis, -shape[axis]!)
}

/** The next vector of an operand along an axis: one load, one splat, or a load for each lane. */
export function loadAlong(lanes: Lanes, { cursor, offset }: Place, axis: number): V128 {
  const step = cursor.steps[axis]!
  if (step === lanes.bytes) return lanes.load(cursor.position, offset)
  let vector = lanes.loadSplat(cursor.position, offset)
  for (let lane = 1; lane < lanes.count && step !== 0; lane++) {
    vector =
      step > 0
        ? lanes.loadLane(cursor.position, vector, lane, offset + lane * step)
        : lanes.loadLane(i32.add(cursor.position, lane * step), vector, lane, offset)
  }
  return vector
}

export function storeAlong(
  f: Body,
  lanes: Lanes,
  { cursor, offset }: Place,
  axis: number,
  vector: Local<'v128'>,
): void {
  const step = cursor.steps[axis]!
  if (step === lanes.bytes) {
    f.do(lanes.store(cursor.position, vector, offset))
    return
  }
  for (let lane = 0; lane < lanes.count; lane++) {
    const position = i32.add(cursor.position, lane * step)
    f.do(lanes.storeLane(position, vector, lane, offset))
  }
}
