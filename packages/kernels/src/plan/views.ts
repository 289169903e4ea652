// Arithmetic of strides: the same entries seen under another shape. Nothing is copied here.
import { type Shape, sizeOf, stridesOf } from '@backprove/graph'

/** A way of seeing part of a value: entry (i, j, …) at offset + i·strides[0] + …. */
export interface View {
  readonly offset: number
  readonly shape: Shape
  readonly strides: readonly number[]
}

export const denseView = (shape: Shape, offset = 0): View => ({
  offset,
  shape,
  strides: stridesOf(shape),
})

/** Whether the entries lie one after another in row-major order. */
export function isDense({ shape, strides }: Pick<View, 'shape' | 'strides'>): boolean {
  const dense = stridesOf(shape)
  return shape.every((length, axis) => length === 1 || strides[axis] === dense[axis])
}

/** The view broadcast to `shape`: repeated axes have stride 0. */
export function broadcastView({ offset, shape: own, strides }: View, shape: Shape): View {
  const leading = shape.length - own.length
  return {
    offset,
    shape,
    strides: shape.map((length, axis) => {
      const position = axis - leading
      return position < 0 || (own[position] === 1 && length !== 1) ? 0 : strides[position]!
    }),
  }
}

/** The view under another shape of the same size; undefined where strides cannot say it. */
export function reshapeView(view: View, shape: Shape): View | undefined {
  if (isDense(view)) return denseView(shape, view.offset)
  const merged = coalesce(view)
  const strides = new Array<number>(shape.length).fill(0)
  let run = merged.lengths.length - 1
  let left = merged.lengths[run] ?? 1
  let stride = merged.strides[run] ?? 0
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const length = shape[axis]!
    if (length === 1) continue
    if (left === 1) {
      run -= 1
      left = merged.lengths[run]!
      stride = merged.strides[run]!
    }
    if (left % length !== 0) return undefined
    strides[axis] = stride
    stride *= length
    left /= length
  }
  return { offset: view.offset, shape, strides }
}

export const transposeView = ({ offset, shape, strides }: View, axes: readonly number[]): View => ({
  offset,
  shape: axes.map((axis) => shape[axis]!),
  strides: axes.map((axis) => strides[axis]!),
})

/** Every step-th entry from `start` on, along each axis, as many as `shape` says. */
export const sliceView = (
  { offset, strides }: View,
  start: readonly number[],
  step: readonly number[],
  shape: Shape,
): View => ({
  offset: offset + strides.reduce((sum, stride, axis) => sum + stride * start[axis]!, 0),
  shape,
  strides: strides.map((stride, axis) => stride * step[axis]!),
})

export const flipView = ({ offset, shape, strides }: View, axes: readonly number[]): View => ({
  offset: offset + axes.reduce((sum, axis) => sum + strides[axis]! * (shape[axis]! - 1), 0),
  shape,
  strides: strides.map((stride, axis) => (axes.includes(axis) ? -stride : stride)),
})

/** Axes of a view with those that lie in one another merged, and those of length 1 left out. */
export interface Runs {
  readonly lengths: readonly number[]
  readonly strides: readonly number[]
}

export function coalesce({ shape, strides }: Pick<View, 'shape' | 'strides'>): Runs {
  const runs: { length: number; stride: number }[] = []
  shape.forEach((length, axis) => {
    if (length === 1) return
    const stride = strides[axis]!
    const last = runs.at(-1)
    if (last && last.stride === stride * length) {
      last.length *= length
      last.stride = stride
    } else runs.push({ length, stride })
  })
  return { lengths: runs.map((run) => run.length), strides: runs.map((run) => run.stride) }
}

/** The entries that a view can reach lie from `least` to `most`, both included. */
export function reachOf(view: View): { least: number; most: number } {
  let least = view.offset
  let most = view.offset
  if (sizeOf(view.shape) === 0) return { least, most }
  view.strides.forEach((stride, axis) => {
    const reach = stride * (view.shape[axis]! - 1)
    if (reach < 0) least += reach
    else most += reach
  })
  return { least, most }
}
