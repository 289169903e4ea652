// Entries by their places: gathered and scattered.
import {
  add,
  apply,
  concat,
  equal,
  gather,
  type Node,
  ops,
  reshape,
  type Shape,
  sizeOf,
  slice,
  stridesOf,
  sum,
  where,
} from '@backprove/graph'
import { OnnxError } from '../../../errors.ts'
import {
  axisOf,
  type Call,
  isKnown,
  node,
  type Operator,
  setting,
  spend,
  text,
  unsupported,
} from '../context.ts'
import type { TensorData } from '../tensor.ts'

/** Places in a row are one slice; more slices than that are a gather. */
const MOST_SLICES = 64
/** Of entries that are compared with every place. */
const MOST_COMPARED = 2 ** 26

/** x at the places along an axis, counted from 0. */
export function taken(x: Node, axis: number, places: ArrayLike<number>): Node {
  const runs: { from: number; count: number }[] = []
  for (const place of Array.from(places)) {
    const last = runs.at(-1)
    if (last && last.from + last.count === place) last.count++
    else runs.push({ from: place, count: 1 })
    if (runs.length > MOST_SLICES)
      return gather(x, x.graph.constant(Array.from(places), [places.length]), { axis })
  }
  const parts = runs.map(({ from, count }) => part(x, axis, from, from + count))
  return joined(parts, axis)
}

/** Any number of arrays side by side, a hundred at a time. */
export function joined(parts: readonly Node[], axis: number): Node {
  if (parts.length === 1) return parts[0]!
  const groups = Array.from({ length: Math.ceil(parts.length / 100) }, (_, k) => {
    const group = parts.slice(100 * k, 100 * (k + 1))
    return group.length === 1 ? group[0]! : concat(group, { axis })
  })
  return joined(groups, axis)
}

/** The entries of an axis from one place to before another. */
export const part = (x: Node, axis: number, from: number, to: number): Node =>
  from === 0 && to === x.shape[axis]
    ? x
    : slice(x, {
        start: x.shape.map((_, k) => (k === axis ? from : 0)),
        end: x.shape.map((size, k) => (k === axis ? to : size)),
      })

/** All entries in a row. */
export const flat = (x: Node): Node => reshape(x, [sizeOf(x.shape)])

/** 0, 1, 2, … along one axis of so many, for comparing. */
export const counted = (call: Call, size: number, axis: number, rank: number): Node =>
  constant(call, new Array<number>(rank).fill(1).with(axis, size), (at) => at[axis]!)

/** Numbers as a constant, each from the indices where it stands. */
export function constant(call: Call, shape: Shape, entry: (at: number[]) => number): Node {
  spend(call, sizeOf(shape))
  const data = new Float64Array(sizeOf(shape))
  const at = shape.map(() => 0)
  for (let k = 0; k < data.length; k++) {
    data[k] = entry(at)
    let axis = shape.length - 1
    while (axis >= 0 && ++at[axis]! === shape[axis]) at[axis--] = 0
  }
  return call.graph.constant(data, shape)
}

const knownAt = (call: Call, k: number): TensorData | undefined => {
  const value = call.inputs[k]
  return value && isKnown(value) ? value : undefined
}

/** Places that are known: rows one after another. */
function gathered(call: Call): Node {
  const x = node(call, 0)
  const axis = axisOf(setting(call, 'axis', 0), x.shape.length)
  const places = knownAt(call, 1)
  if (!places) return gather(x, node(call, 1), { axis })
  const rows = Array.from(places.data, (place) => axisOf(place, x.shape[axis]!))
  if (rows.length === 0) unsupported('an array without entries')
  const shape = [...x.shape.slice(0, axis), ...places.shape, ...x.shape.slice(axis + 1)]
  return reshape(taken(x, axis, rows), shape)
}

/** y at i, k, … is x at n_{i,k,…}, k, … where the axis is the first. */
function gatheredEach(call: Call): Node {
  const x = node(call, 0)
  const axis = axisOf(setting(call, 'axis', 0), x.shape.length)
  const size = x.shape[axis]!
  const places = knownAt(call, 1)
  if (places) return reshape(taken(flat(x), 0, placesAlong(x.shape, axis, places)), places.shape)
  // Each entry is compared with every place, on one more axis at the end.
  const n = node(call, 1)
  const beside = n.shape.map((length, k) => [0, k === axis ? x.shape[k]! : length] as const)
  if (sizeOf(n.shape) * size > MOST_COMPARED) unsupported('so many places that depend on data')
  const row = slice(x, { start: beside.map(([a]) => a), end: beside.map(([, b]) => b) })
  const rank = x.shape.length
  const moved = moveLast(row, axis)
  const open = reshape(n, [...n.shape, 1])
  const numbered = counted(call, size, rank, rank + 1)
  // A negative place counts from the end.
  const hits = add(equal(open, numbered), equal(add(open, size), numbered))
  const rows = reshape(moved, moved.shape.toSpliced(axis, 0, 1))
  return sum(where(hits, rows, 0), { axes: [rank], keepDims: false })
}

const moveLast = (x: Node, axis: number): Node => {
  const others = x.shape.map((_, k) => k).filter((k) => k !== axis)
  return axis === x.shape.length - 1 ? x : apply(ops.transpose, [x], { axes: [...others, axis] })
}

/** Of each entry of `places` where in the flat x it points. */
function placesAlong(shape: Shape, axis: number, places: TensorData): number[] {
  const own = stridesOf(places.shape)
  const strides = stridesOf(shape)
  const fits = places.shape.length === shape.length
  if (!fits || places.shape.some((size, k) => k !== axis && size > shape[k]!))
    throw new OnnxError(`fromOnnx: places [${places.shape}] do not fit [${shape}]`)
  return Array.from(places.data, (place, k) =>
    shape.reduce((sum, _, n) => {
      const index = Math.floor(k / own[n]!) % places.shape[n]!
      return sum + strides[n]! * (n === axis ? axisOf(place, shape[axis]!) : index)
    }, 0),
  )
}

/** Of each slice that an entry of `places` [… q] points to, where in the flat x its entries are. */
function placesOfSlices(shape: Shape, places: TensorData, batch: number): number[] {
  const depth = places.shape.at(-1)!
  const strides = stridesOf(shape)
  const inner = shape.slice(batch + depth)
  if (batch + depth > shape.length)
    throw new OnnxError(`fromOnnx: places [${places.shape}] point deeper than [${shape}]`)
  const count = sizeOf(inner)
  const perBatch = sizeOf(places.shape.slice(batch, -1))
  return Array.from({ length: places.data.length / depth }, (_, k) => {
    const start = Array.from({ length: depth }, (_, n) => {
      const place = axisOf(places.data[k * depth + n]!, shape[batch + n]!)
      return place * strides[batch + n]!
    }).reduce((a, b) => a + b, 0)
    const whole = batch > 0 ? Math.floor(k / perBatch) * sizeOf(shape.slice(batch)) : 0
    return Array.from({ length: count }, (_, i) => whole + start + i)
  }).flat()
}

function gatheredSlices(call: Call): Node {
  const x = node(call, 0)
  const batch = setting(call, 'batch_dims', 0)
  const places = knownAt(call, 1) ?? unsupported(KNOWN_PLACES)
  const shape = [...places.shape.slice(0, -1), ...x.shape.slice(batch + places.shape.at(-1)!)]
  return reshape(taken(flat(x), 0, placesOfSlices(x.shape, places, batch)), shape)
}

/** Updates at flat places: put there, the last of several, or added. */
function scattered(call: Call, places: readonly number[]): Node {
  const x = node(call, 0)
  const updates = flat(node(call, 2))
  const how = text(call, 'reduction', 'none')
  if (places.length !== updates.shape[0])
    throw new OnnxError(`fromOnnx: ${updates.shape[0]} updates for ${places.length} places`)
  if (how === 'add') {
    const n = x.graph.constant([...places], [places.length])
    const sums = apply(ops.gatherInput, [updates, n], { axis: 0, size: sizeOf(x.shape) })
    return apply(ops.add, [x, reshape(sums, x.shape)])
  }
  spend(call, sizeOf(x.shape))
  const source = new Map(places.map((place, k) => [place, k]))
  const at = (k: number) => source.get(k)
  const all = Array.from({ length: sizeOf(x.shape) }, (_, k) => k)
  const mask = x.graph.constant(
    all.map((k) => (at(k) === undefined ? 0 : 1)),
    x.shape,
  )
  const rows = taken(
    updates,
    0,
    all.map((k) => at(k) ?? 0),
  )
  const put = reshape(rows, x.shape)
  if (how === 'none') return where(mask, put, x)
  if (source.size < places.length) unsupported(`${how} of several updates at one place`)
  const join = { mul: ops.mul, max: ops.maximum, min: ops.minimum }[how]
  return where(mask, apply(join ?? unsupported(`the reduction ${how}`), [x, put]), x)
}

const KNOWN_PLACES = 'places that depend on data'

const scatteredEach: Operator = (call) => {
  const shape = node(call, 0).shape
  const axis = axisOf(setting(call, 'axis', 0), shape.length)
  return scattered(call, placesAlong(shape, axis, knownAt(call, 1) ?? unsupported(KNOWN_PLACES)))
}

export const places: Readonly<Record<string, Operator>> = {
  Gather: gathered,
  GatherElements: gatheredEach,
  GatherND: gatheredSlices,
  Scatter: scatteredEach,
  ScatterElements: scatteredEach,
  ScatterND: (call) => {
    const known = knownAt(call, 1) ?? unsupported(KNOWN_PLACES)
    return scattered(call, placesOfSlices(node(call, 0).shape, known, 0))
  },
}
