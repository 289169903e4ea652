// Moving entries: reshapes, transposes, slices, pads, joins and splits.
import {
  broadcastShapes,
  broadcastTo,
  concat,
  flip,
  type Node,
  pad,
  reshape,
  type Shape,
  sameShape,
  sizeOf,
  slice,
  tile,
  transpose,
  where,
} from '@backprove/graph'
import { OnnxError } from '../../../errors.ts'
import {
  axes,
  axisOf,
  type Call,
  integers,
  isKnown,
  isWhole,
  list,
  node,
  type Operator,
  setting,
  spend,
  text,
  unsupported,
  type Value,
} from '../context.ts'
import { taken } from './places.ts'
import { resized } from './resize.ts'

function flattened(call: Call): Node {
  const x = node(call, 0)
  const given = setting(call, 'axis', 1)
  const axis = given === x.shape.length ? given : axisOf(given, x.shape.length)
  return reshape(x, [sizeOf(x.shape.slice(0, axis)), sizeOf(x.shape.slice(axis))])
}

function reshaped(call: Call): Node {
  const x = node(call, 0)
  const to = integers(call, 1) ?? list(call, 'shape') ?? unsupported('no shape is given')
  const keepsZero = setting(call, 'allowzero', 0) === 1
  return reshape(
    x,
    to.map((size, axis) => (size === 0 && !keepsZero ? (x.shape[axis] ?? 0) : size)),
  )
}

function unsqueezed(call: Call): Node {
  const x = node(call, 0)
  const added = integers(call, 1) ?? list(call, 'axes') ?? []
  const rank = x.shape.length + added.length
  const shape = [...x.shape]
  for (const axis of added.map((a) => axisOf(a, rank)).sort((a, b) => a - b))
    shape.splice(axis, 0, 1)
  return reshape(x, shape)
}

function squeezed(call: Call): Node {
  const x = node(call, 0)
  const gone = axes(call, 1, x.shape.length)
  const isGone = (axis: number) => (gone ? gone.includes(axis) : x.shape[axis] === 1)
  return reshape(
    x,
    x.shape.filter((_, axis) => !isGone(axis)),
  )
}

/** ONNX clips what lies outside; a step backwards is a slice of the flipped axis. */
function sliced(call: Call): Value {
  const x = node(call, 0)
  const rank = x.shape.length
  const starts = integers(call, 1) ?? list(call, 'starts') ?? []
  const ends = integers(call, 2) ?? list(call, 'ends') ?? []
  const along = axes(call, 3, rank) ?? starts.map((_, k) => k)
  const steps = integers(call, 4) ?? starts.map(() => 1)
  const turned = along.filter((_, k) => steps[k]! < 0)
  const flipped = turned.length > 0 ? flip(x, { axes: turned }) : x
  const box = { start: x.shape.map(() => 0), end: [...x.shape], step: x.shape.map(() => 1) }
  for (const [k, axis] of along.entries()) {
    const size = x.shape[axis]!
    const step = steps[k]!
    const from = (place: number) => (place < 0 ? place + size : place)
    const clip = (place: number) => Math.min(size, Math.max(0, place))
    // Backwards from a to b is forwards from size − 1 − a to size − 1 − b.
    const side = (place: number) =>
      clip(step > 0 ? from(place) : size - 1 - Math.max(-1, from(place)))
    box.start[axis] = side(starts[k]!)
    box.end[axis] = side(ends[k]!)
    box.step[axis] = Math.abs(step)
  }
  const made = x.shape.map((_, axis) =>
    Math.max(0, Math.ceil((box.end[axis]! - box.start[axis]!) / box.step[axis]!)),
  )
  return sizeOf(made) === 0 ? nothing(call, made) : slice(flipped, box)
}

/** An array without entries, which is known: a join leaves it out. */
const nothing = (call: Call, shape: Shape): Value => {
  return { shape, isInteger: isWhole(call, 0), data: new Float64Array(0) }
}

function padded(call: Call): Node {
  const x = node(call, 0)
  const mode = text(call, 'mode', 'constant')
  const widths = integers(call, 1) ?? list(call, 'pads') ?? list(call, 'paddings') ?? []
  const along = axes(call, 3, x.shape.length) ?? x.shape.map((_, axis) => axis)
  const side = (from: number) =>
    x.shape.map((_, axis) => (along.includes(axis) ? widths[from + along.indexOf(axis)]! : 0))
  const [before, after] = [side(0), side(along.length)]
  const cut = (width: number) => Math.max(0, -width)
  const box = {
    start: before.map(cut),
    end: x.shape.map((size, axis) => size - cut(after[axis]!)),
  }
  const isWhole = box.start.every((from) => from === 0) && sameShape(box.end, x.shape)
  const kept = isWhole ? x : slice(x, box)
  const grown = (all: readonly number[]) => all.map((width) => Math.max(0, width))
  const border = { before: grown(before), after: grown(after) }
  if (mode !== 'constant') return repeated(call, kept, border.before, border.after, mode)
  const given = call.inputs[2]
  if (!given) return pad(kept, { ...border, value: setting(call, 'value', 0) })
  if (isKnown(given)) return pad(kept, { ...border, value: given.data[0] ?? 0 })
  const inside = pad(x.graph.constant(1, kept.shape), border)
  return where(inside, pad(kept, border), reshape(given, []))
}

/** Where an entry beyond the border is taken from, counted from 0. */
const BEYOND: Readonly<Record<string, (place: number, size: number) => number>> = {
  edge: (place, size) => Math.min(size - 1, Math.max(0, place)),
  wrap: (place, size) => ((place % size) + size) % size,
  reflect: (place, size) => {
    if (size === 1) return 0
    const round = 2 * (size - 1)
    const at = ((place % round) + round) % round
    return at < size ? at : round - at
  },
}

/** Axis by axis the border shows what is inside. */
function repeated(
  call: Call,
  x: Node,
  before: readonly number[],
  after: readonly number[],
  mode: string,
): Node {
  const from = Object.hasOwn(BEYOND, mode) ? BEYOND[mode]! : unsupported(`padding of ${mode}`)
  return x.shape.reduce((y, size, axis) => {
    const length = before[axis]! + size + after[axis]!
    if (length === size) return y
    spend(call, length)
    const places = Array.from({ length }, (_, k) => from(k - before[axis]!, size))
    return taken(y, axis, places)
  }, x)
}

function expanded(call: Call): Node {
  const x = node(call, 0)
  const to = integers(call, 1) ?? []
  const shape = broadcastShapes([x.shape, to])
  if (!shape) throw new OnnxError(`fromOnnx: [${x.shape}] does not broadcast to [${to}]`)
  return broadcastTo(x, shape)
}

function split(call: Call): Value[] {
  const x = node(call, 0)
  const axis = axisOf(setting(call, 'axis', 0), x.shape.length)
  const size = x.shape[axis]!
  const count = call.node.outputs.length
  const each = Math.ceil(size / count)
  const equal = Array.from({ length: count }, (_, k) => Math.min(each, size - k * each))
  const lengths = integers(call, 1) ?? list(call, 'split') ?? equal
  let at = 0
  return lengths.map((length) => {
    if (length === 0) return nothing(call, x.shape.with(axis, 0))
    const from = at
    at += length
    return slice(x, {
      start: x.shape.map((_, k) => (k === axis ? from : 0)),
      end: x.shape.map((full, k) => (k === axis ? from + length : full)),
    })
  })
}

function tiled(call: Call): Node {
  const times = integers(call, 1) ?? unsupported('no number of repeats is given')
  return tile(node(call, 0), { times })
}

/** Channels to pixels of a block and back. */
function blocks(isToSpace: boolean): Operator {
  return (call) => {
    const x = node(call, 0)
    const b = setting(call, 'blocksize', 1)
    const [n, c, h, w] = x.shape as [number, number, number, number]
    const isRows = text(call, 'mode', 'DCR') === 'CRD'
    if (!isToSpace) {
      const apart = reshape(x, [n, c, h / b, b, w / b, b])
      const order = isRows ? [0, 1, 3, 5, 2, 4] : [0, 3, 5, 1, 2, 4]
      return reshape(transpose(apart, { axes: order }), [n, c * b * b, h / b, w / b])
    }
    const depth = c / (b * b)
    const apart = reshape(x, isRows ? [n, depth, b, b, h, w] : [n, b, b, depth, h, w])
    const order = isRows ? [0, 1, 4, 2, 5, 3] : [0, 3, 4, 1, 5, 2]
    return reshape(transpose(apart, { axes: order }), [n, depth, h * b, w * b])
  }
}

export const shapes: Readonly<Record<string, Operator>> = {
  Concat: (call) => {
    // An array without entries adds none.
    const full = call.inputs.flatMap((value, k) => (value && sizeOf(value.shape) === 0 ? [] : [k]))
    const parts = full.map((k) => node(call, k))
    if (parts.length === 0) return unsupported('an array without entries')
    return concat(parts, {
      axis: axisOf(setting(call, 'axis', call.opset < 4 ? 1 : 0), parts[0]!.shape.length),
    })
  },
  DepthToSpace: blocks(true),
  Expand: expanded,
  Flatten: flattened,
  Pad: padded,
  Reshape: reshaped,
  Resize: resized,
  Slice: sliced,
  SpaceToDepth: blocks(false),
  Split: split,
  Squeeze: squeezed,
  Tile: tiled,
  Transpose: (call) => {
    const x = node(call, 0)
    const reversed = x.shape.map((_, axis) => x.shape.length - 1 - axis)
    return transpose(x, { axes: list(call, 'perm') ?? reversed })
  },
  Unsqueeze: unsqueezed,
  Upsample: resized,
}
