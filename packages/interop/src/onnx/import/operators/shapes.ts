// Moving entries: reshapes, transposes, slices, pads, joins and splits.
import {
  broadcastShapes,
  broadcastTo,
  concat,
  flip,
  gather,
  type Node,
  pad,
  reshape,
  type Shape,
  sizeOf,
  slice,
  transpose,
  upsample,
} from '@backprove/graph'
import { OnnxError } from '../../../errors.ts'
import {
  axes,
  axisOf,
  type Call,
  integers,
  isKnown,
  list,
  node,
  type Operator,
  setting,
  text,
  unsupported,
} from '../context.ts'

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
function sliced(call: Call): Node {
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
    if (box.start[axis]! >= box.end[axis]!) unsupported('a slice without entries')
  }
  return slice(flipped, box)
}

function padded(call: Call): Node {
  const x = node(call, 0)
  const mode = text(call, 'mode', 'constant')
  if (mode !== 'constant') unsupported(`padding of the mode ${mode}`)
  const widths = integers(call, 1) ?? list(call, 'pads') ?? list(call, 'paddings') ?? []
  const along = axes(call, 3, x.shape.length) ?? x.shape.map((_, axis) => axis)
  const given = call.inputs[2]
  if (given && !isKnown(given)) unsupported('a padding value that depends on data')
  const value = given && isKnown(given) ? given.data[0]! : setting(call, 'value', 0)
  const side = (from: number) =>
    x.shape.map((_, axis) => (along.includes(axis) ? widths[from + along.indexOf(axis)]! : 0))
  const [before, after] = [side(0), side(along.length)]
  const cut = (width: number) => Math.max(0, -width)
  const kept = slice(x, {
    start: before.map(cut),
    end: x.shape.map((size, axis) => size - cut(after[axis]!)),
  })
  const grown = (all: readonly number[]) => all.map((width) => Math.max(0, width))
  return pad(kept, { before: grown(before), after: grown(after), value })
}

function expanded(call: Call): Node {
  const x = node(call, 0)
  const to = integers(call, 1) ?? []
  const shape = broadcastShapes([x.shape, to])
  if (!shape) throw new OnnxError(`fromOnnx: [${x.shape}] does not broadcast to [${to}]`)
  return broadcastTo(x, shape)
}

function split(call: Call): Node[] {
  const x = node(call, 0)
  const axis = axisOf(setting(call, 'axis', 0), x.shape.length)
  const size = x.shape[axis]!
  const count = call.node.outputs.length
  const each = Math.ceil(size / count)
  const equal = Array.from({ length: count }, (_, k) => Math.min(each, size - k * each))
  const lengths = integers(call, 1) ?? list(call, 'split') ?? equal
  let at = 0
  return lengths.map((length) => {
    if (length < 1) unsupported('a part without entries')
    const from = at
    at += length
    return slice(x, {
      start: x.shape.map((_, k) => (k === axis ? from : 0)),
      end: x.shape.map((full, k) => (k === axis ? from + length : full)),
    })
  })
}

/** Places that are known: rows one after another. */
function gathered(call: Call): Node {
  const x = node(call, 0)
  const axis = axisOf(setting(call, 'axis', 0), x.shape.length)
  const places = call.inputs[1]
  if (!places || !isKnown(places)) return gather(x, node(call, 1), { axis })
  if (places.data.length > 4096) unsupported('more than 4096 places')
  const rows = Array.from(places.data, (given) => {
    const place = axisOf(given, x.shape[axis]!)
    return slice(x, {
      start: x.shape.map((_, k) => (k === axis ? place : 0)),
      end: x.shape.map((size, k) => (k === axis ? place + 1 : size)),
    })
  })
  const shape = [...x.shape.slice(0, axis), ...places.shape, ...x.shape.slice(axis + 1)]
  return reshape(joined(rows, axis), shape)
}

/** Any number of arrays side by side, a hundred at a time. */
function joined(parts: readonly Node[], axis: number): Node {
  if (parts.length === 1) return parts[0]!
  const groups = Array.from({ length: Math.ceil(parts.length / 100) }, (_, k) =>
    concat(parts.slice(100 * k, 100 * (k + 1)), { axis }),
  )
  return joined(groups, axis)
}

function tiled(call: Call): Node {
  const x = node(call, 0)
  const times = integers(call, 1) ?? unsupported('no number of repeats is given')
  const apart: Shape = x.shape.flatMap((size) => [1, size])
  const wide = x.shape.flatMap((size, axis) => [times[axis]!, size])
  return reshape(
    broadcastTo(reshape(x, apart), wide),
    x.shape.map((size, axis) => size * times[axis]!),
  )
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

/** Each pixel repeated as often along each axis: the nearest one of an enlarged image. */
function resized(call: Call): Node {
  const x = node(call, 0)
  const isOld = call.node.operator === 'Upsample'
  const mode = text(call, 'mode', 'nearest')
  const place = text(call, 'coordinate_transformation_mode', 'half_pixel')
  const rounding = text(call, 'nearest_mode', 'round_prefer_floor')
  const isNearest =
    (place === 'half_pixel' && rounding.startsWith('round_prefer')) ||
    (place === 'asymmetric' && rounding === 'floor') ||
    isOld
  const isPlain = mode === 'nearest' && isNearest
  if (!isPlain) unsupported(`mode ${mode}, ${place}, ${rounding}`)
  const factors = integers(call, isOld ? 1 : 2)
  const wanted = isOld ? undefined : integers(call, 3)
  const scales = x.shape.map((size, axis) =>
    wanted && wanted.length > 0
      ? wanted[axis]! / size
      : (factors?.[axis] ?? list(call, 'scales')?.[axis] ?? 1),
  )
  const [rows = 1, columns = 1] = scales.slice(-2)
  const isWhole = scales.every((scale) => Number.isInteger(scale) && scale >= 1)
  if (!isWhole || scales.slice(0, -2).some((scale) => scale !== 1)) {
    unsupported(`a factor of ${scales}`)
  }
  return upsample(x, { size: [rows, columns] })
}

export const shapes: Readonly<Record<string, Operator>> = {
  Concat: (call) => {
    const parts = call.inputs.map((_, k) => node(call, k))
    return concat(parts, { axis: axisOf(setting(call, 'axis', 0), parts[0]!.shape.length) })
  },
  DepthToSpace: blocks(true),
  Expand: expanded,
  Flatten: flattened,
  Gather: gathered,
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
