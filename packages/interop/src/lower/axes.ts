// The axes that the letters of a line become, and arrays over them that are known before anything
// runs: indices, masks that do not depend on data, counts.
import type { Kind } from './target.ts'

/** One index of a line: 1 ≤ index ≤ size. */
export interface Axis {
  /** Arrays have their axes in ascending order of it. */
  readonly id: number
  readonly size: number
}

/** Row-major over its axes; truth values are 0 and 1. */
export interface Known {
  readonly axes: readonly Axis[]
  readonly kind: Kind
  readonly data: Float64Array
}

/** The most entries of an array that is written into a module. */
const MOST_ENTRIES = 4_000_000

export const union = (...lists: readonly (readonly Axis[])[]): Axis[] =>
  [...new Set(lists.flat())].sort((a, b) => a.id - b.id)

export const without = (axes: readonly Axis[], some: readonly Axis[]): Axis[] =>
  axes.filter((axis) => !some.includes(axis))

export const common = (axes: readonly Axis[], others: readonly Axis[]): Axis[] =>
  axes.filter((axis) => others.includes(axis))

export const sizes = (axes: readonly Axis[]): number[] => axes.map(({ size }) => size)

export const countOf = (axes: readonly Axis[]): number =>
  axes.reduce((count, { size }) => count * size, 1)

/** For every entry over `axes`, in row-major order, its position in an array over `own`. */
export function positions(axes: readonly Axis[], own: readonly Axis[]): Int32Array {
  const count = countOf(axes)
  if (count > MOST_ENTRIES) {
    throw new RangeError(`it needs a constant of ${count} entries, more than ${MOST_ENTRIES}`)
  }
  const strides = axes.map((axis) => strideOf(axis, own))
  const places = new Int32Array(count)
  const at = axes.map(() => 0)
  let place = 0
  for (let entry = 0; entry < count; entry++) {
    places[entry] = place
    for (let k = axes.length - 1; k >= 0; k--) {
      place += strides[k]!
      if (++at[k]! < axes[k]!.size) break
      place -= strides[k]! * axes[k]!.size
      at[k] = 0
    }
  }
  return places
}

/** How far apart neighbours along an axis are; 0 for an axis that an array does not have. */
function strideOf(axis: Axis, own: readonly Axis[]): number {
  const at = own.indexOf(axis)
  return at < 0 ? 0 : countOf(own.slice(at + 1))
}

/** The entries over more axes, in any order: repeated along those that the array lacks. */
export function spread({ axes: own, data }: Known, axes: readonly Axis[]): Float64Array {
  const isSame = own.length === axes.length && own.every((axis, k) => axes[k] === axis)
  if (isSame) return data
  return Float64Array.from(positions(axes, own), (place) => data[place]!)
}

export const knownNumber = (value: number): Known => {
  return { axes: [], kind: 'number', data: Float64Array.of(value) }
}

/** 1, 2, … along an axis. */
export const indexAlong = (axis: Axis): Known => {
  return {
    axes: [axis],
    kind: 'number',
    data: Float64Array.from({ length: axis.size }, (_, k) => k + 1),
  }
}

/** A function of the entries of one or several arrays. */
export function combine(
  kind: Kind,
  f: (...entries: number[]) => number,
  ...parts: readonly Known[]
): Known {
  const axes = union(...parts.map((part) => part.axes))
  const lists = parts.map((part) => spread(part, axes))
  const data = new Float64Array(countOf(axes))
  for (let entry = 0; entry < data.length; entry++) {
    data[entry] = f(...lists.map((list) => list[entry]!))
  }
  return { axes, kind, data }
}

/** The array without some of its axes, their entries put together one after another. */
export function fold(
  known: Known,
  over: readonly Axis[],
  start: number,
  f: (total: number, entry: number) => number,
): Known {
  const axes = without(known.axes, over)
  const data = new Float64Array(countOf(axes)).fill(start)
  const places = positions(known.axes, axes)
  known.data.forEach((entry, k) => {
    data[places[k]!] = f(data[places[k]!]!, entry)
  })
  return { axes, kind: known.kind, data }
}

export const isEverywhere = ({ data }: Known, value: number): boolean =>
  data.every((entry) => entry === value)
