// Entries that are chosen: the largest, those of a class, a triangle, a sequence turned round.
import {
  add,
  argmax,
  equal,
  flip,
  maximum,
  type Node,
  neg,
  reshape,
  sizeOf,
  stridesOf,
  sub,
  sum,
  where,
} from '@backprove/graph'
import { OnnxError } from '../../../errors.ts'
import {
  axisOf,
  type Call,
  integers,
  node,
  type Operator,
  setting,
  spend,
  unsupported,
} from '../context.ts'
import { constant, counted, flat, joined, part, taken } from './places.ts'

/** Of largest entries that are looked for one after another. */
const MOST_LARGEST = 256
const LARGEST_SINGLE = (2 - 2 ** -23) * 2 ** 127

/** The place of the largest, the first or the last of several. */
function place(isLeast: boolean): Operator {
  return (call) => {
    const x = isLeast ? neg(node(call, 0)) : node(call, 0)
    const axis = axisOf(setting(call, 'axis', 0), x.shape.length)
    const isLast = setting(call, 'select_last_index', 0) !== 0
    const found = isLast
      ? sub(x.shape[axis]! - 1, argmax(flip(x, { axes: [axis] }), { axis }))
      : argmax(x, { axis })
    return setting(call, 'keepdims', 1) === 1 ? reshape(found, x.shape.with(axis, 1)) : found
  }
}

/** The largest of an axis one after another: each is taken out before the next is looked for. */
function largest(call: Call): Node[] {
  const given = node(call, 0)
  const axis = axisOf(setting(call, 'axis', -1), given.shape.length)
  const size = given.shape[axis]!
  const count = integers(call, 1)?.[0] ?? setting(call, 'k', 1)
  if (!(count >= 1 && count <= size))
    throw new OnnxError(`fromOnnx: the ${count} largest of ${size} entries`)
  if (count > MOST_LARGEST) unsupported(`the ${count} largest entries, one after another`)
  const isLargest = setting(call, 'largest', 1) === 1
  const x = isLargest ? given : neg(given)
  const places = counted(call, size, axis, x.shape.length)
  const kept = x.shape.with(axis, 1)
  // An entry of −∞ comes before one that is taken already.
  let rest = maximum(x, -LARGEST_SINGLE)
  const found = Array.from({ length: count }, () => {
    const at = reshape(argmax(rest, { axis }), kept)
    const hit = equal(at, places)
    const value = sum(where(hit, given, 0), { axes: [axis], keepDims: true })
    rest = where(hit, Number.NEGATIVE_INFINITY, rest)
    return { at, value }
  })
  const [values, at] = [found.map(({ value }) => value), found.map(({ at }) => at)]
  return [joined(values, axis), joined(at, axis)]
}

/** 1 at the largest of an axis, the first of several. */
function hardmax(call: Call): Node {
  const given = node(call, 0)
  const axis = axisOf(setting(call, 'axis', call.opset < 13 ? 1 : -1), given.shape.length)
  const flat = [sizeOf(given.shape.slice(0, axis)), sizeOf(given.shape.slice(axis))]
  const [x, along] = call.opset < 13 ? [reshape(given, flat), 1] : [given, axis]
  const at = reshape(argmax(x, { axis: along }), x.shape.with(along, 1))
  const hits = equal(at, counted(call, x.shape[along]!, along, x.shape.length))
  return call.opset < 13 ? reshape(hits, given.shape) : hits
}

function oneHot(call: Call): Node {
  const depth = integers(call, 1)?.[0] ?? 0
  const n = node(call, 0)
  const rank = n.shape.length + 1
  const axis = axisOf(setting(call, 'axis', -1), rank)
  const open = reshape(n, n.shape.toSpliced(axis, 0, 1))
  const places = counted(call, depth, axis, rank)
  // A negative place counts from the end.
  const behind = equal(add(open, depth), places)
  const hits = add(equal(open, places), behind)
  const values = node(call, 2)
  const [off, on] = [0, 1].map((k) => reshape(part(values, 0, k, k + 1), []))
  return where(hits, on!, off!)
}

/** What stands above or below a diagonal becomes 0. */
function triangle(call: Call): Node {
  const x = node(call, 0)
  const k = integers(call, 1)?.[0] ?? 0
  const isUpper = setting(call, 'upper', 1) !== 0
  const mask = constant(call, x.shape.slice(-2), ([i, j]) =>
    (isUpper ? j! - i! >= k : j! - i! <= k) ? 1 : 0,
  )
  return where(mask, x, 0)
}

function eye(call: Call): Node {
  const { shape } = call.inputs[0] ?? unsupported('no array to be like')
  const k = setting(call, 'k', 0)
  return constant(call, shape, ([i, j]) => (j! - i! === k ? 1 : 0))
}

/** The first entries of each sequence turned round. */
function reversed(call: Call): Node {
  const x = node(call, 0)
  const lengths = integers(call, 1) ?? []
  const time = setting(call, 'time_axis', 0)
  const batch = setting(call, 'batch_axis', 1)
  const strides = stridesOf(x.shape)
  spend(call, sizeOf(x.shape))
  const places = Array.from({ length: sizeOf(x.shape) }, (_, k) => {
    const [t, b] = [time, batch].map((axis) => Math.floor(k / strides[axis]!) % x.shape[axis]!)
    const length = lengths[b!]!
    return t! < length ? k + (length - 1 - 2 * t!) * strides[time]! : k
  })
  return reshape(taken(flat(x), 0, places), x.shape)
}

/** The entries of an axis, or of all, where a known truth value is not 0. */
function compressed(call: Call): Node {
  const given = node(call, 0)
  const axis = setting(call, 'axis', Number.NaN)
  const x = Number.isNaN(axis) ? flat(given) : given
  const along = Number.isNaN(axis) ? 0 : axisOf(axis, x.shape.length)
  const places = (integers(call, 1) ?? []).flatMap((entry, k) => (entry === 0 ? [] : [k]))
  if (places.length === 0) unsupported('an array without entries')
  return taken(x, along, places)
}

export const choices: Readonly<Record<string, Operator>> = {
  ArgMax: place(false),
  ArgMin: place(true),
  Compress: compressed,
  EyeLike: eye,
  Hardmax: hardmax,
  OneHot: oneHot,
  ReverseSequence: reversed,
  TopK: largest,
  Trilu: triangle,
}
