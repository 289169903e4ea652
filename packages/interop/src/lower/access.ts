// Reading an array: x_{…,c,s(i-1)+u-p}. Indices never depend on data, so that every place is known.
import { type Axis, countOf, type Known, sizes, spread, union } from './axes.ts'
import { type Field, type Fields, isKnown } from './fields.ts'
import type { Target, Tensor } from './target.ts'

/** The index along one axis of an array, and the axis of the line where it is a bare letter. */
export interface Index {
  readonly places: Known
  readonly bare: Axis | undefined
}

export interface Read<V> {
  /** 0 outside the array's box. */
  readonly field: Field<V>
  /** Where the array was read outside its box; undefined: nowhere. */
  readonly outside: Field<V> | undefined
}

/** Axes of the array that are read together: their indices share letters. */
interface Group {
  readonly axes: readonly number[]
  readonly letters: readonly Axis[]
  /** Read as it is, along a letter of its own. */
  readonly isBare: boolean
}

export function readArray<V extends Tensor>(
  fields: Fields<V>,
  array: V,
  indices: readonly Index[],
): Read<V> {
  const { target } = fields
  const groups = groupsOf(array, indices)
  const order = groups.flatMap(({ axes }) => axes)
  let value = target.reshape(
    target.transpose(array, order),
    groups.map(({ axes }) => axes.reduce((size, axis) => size * array.shape[axis]!, 1)),
  )
  let outside: Field<V> | undefined
  groups.forEach(({ axes, letters, isBare }, axis) => {
    if (isBare) return
    const places = placesOf(array, indices, axes, letters)
    value = readAlong(target, value, axis, places)
    if (!places.includes(-1)) return
    const out: Known = {
      axes: letters,
      kind: 'truth',
      data: Float64Array.from(places, (place) => (place < 0 ? 1 : 0)),
    }
    outside = outside ? fields.either(outside, out) : out
  })
  const letters = groups.flatMap((group) => group.letters)
  const field = fields.ordered(target.reshape(value, sizes(letters)), letters)
  return { field, outside }
}

/** The axes in the order of their first, those whose indices share letters together. */
function groupsOf(array: Tensor, indices: readonly Index[]): Group[] {
  const groups: { axes: number[]; letters: Axis[] }[] = []
  indices.forEach(({ places }, axis) => {
    const joined = groups.filter(({ letters }) => letters.some((a) => places.axes.includes(a)))
    const [first = { axes: [], letters: [] }, ...rest] = joined
    if (joined.length === 0) groups.push(first)
    for (const other of rest) groups.splice(groups.indexOf(other), 1)
    first.axes = [...joined.flatMap(({ axes }) => axes), axis].sort((a, b) => a - b)
    first.letters = union(places.axes, ...joined.map(({ letters }) => letters))
  })
  return groups.map(({ axes, letters }) => {
    const [axis = 0] = axes
    const bare = axes.length === 1 ? indices[axis]!.bare : undefined
    return { axes, letters, isBare: bare !== undefined && bare.size === array.shape[axis] }
  })
}

/** For every entry over the letters its place in the axes put together; −1 outside the box. */
function placesOf(
  array: Tensor,
  indices: readonly Index[],
  axes: readonly number[],
  letters: readonly Axis[],
): number[] {
  const places = new Array<number>(countOf(letters)).fill(0)
  for (const axis of axes) {
    const size = array.shape[axis]!
    spread(indices[axis]!.places, letters).forEach((index, entry) => {
      const isInside = Number.isInteger(index) && index >= 1 && index <= size
      const before = places[entry]!
      places[entry] = isInside && before >= 0 ? before * size + index - 1 : -1
    })
  }
  return places
}

/** One axis read at known places; a steady step is a slice. */
export function readAlong<V extends Tensor>(
  target: Target<V>,
  value: V,
  axis: number,
  places: readonly number[],
): V {
  const at = (length: number) => value.shape.map((size, k) => (k === axis ? length : size))
  const ones = value.shape.map(() => 1)
  const zero = () => target.constant([0], ones, 'number')
  const first = places.findIndex((place) => place >= 0)
  if (first < 0) return target.expand(zero(), at(places.length))
  const last = places.findLastIndex((place) => place >= 0)
  const run = places.slice(first, last + 1)
  const step = run.length > 1 ? run[1]! - run[0]! : 1
  const isSteady = step !== 0 && run.every((place, k) => place >= 0 && place === run[0]! + k * step)
  if (isSteady) {
    const [from, to] = step > 0 ? [run[0]!, run.at(-1)!] : [run.at(-1)!, run[0]!]
    const sliced = target.slice(value, axis, from, to + 1, Math.abs(step))
    const turned = step < 0 ? target.reverse(sliced, axis) : sliced
    return target.pad(turned, axis, first, places.length - 1 - last)
  }
  const taken = target.take(
    value,
    axis,
    places.map((place) => Math.max(0, place)),
  )
  if (!places.includes(-1)) return taken
  const isInside = target.constant(
    places.map((place) => (place >= 0 ? 1 : 0)),
    ones.map((_, k) => (k === axis ? places.length : 1)),
    'truth',
  )
  return target.select(isInside, taken, zero())
}

/** An index must be known before anything runs. */
export function knownIndex<V>(field: Field<V>): Known {
  if (isKnown(field)) return field
  throw new TypeError('an index depends on data')
}
