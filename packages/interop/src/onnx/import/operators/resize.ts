// Images enlarged and reduced: along each axis every entry of the result is a weighted sum of
// entries of the image, so a resize is a product with a matrix of weights.
import { matmul, type Node, ops, type Shape, transpose, upsample } from '@backprove/graph'
import {
  axisOf,
  type Call,
  integers,
  list,
  node,
  setting,
  spend,
  text,
  unsupported,
} from '../context.ts'
import { taken } from './places.ts'

type Place = (index: number, size: number, made: number, scale: number) => number

/** Where an entry of the result stands in the image, by ONNX's coordinate_transformation_mode. */
const PLACES: Readonly<Record<string, Place>> = {
  half_pixel: (k, _size, _made, scale) => (k + 0.5) / scale - 0.5,
  pytorch_half_pixel: (k, _size, made, scale) => (made > 1 ? (k + 0.5) / scale - 0.5 : 0),
  asymmetric: (k, _size, _made, scale) => k / scale,
  align_corners: (k, size, made) => (made > 1 ? (k * (size - 1)) / (made - 1) : 0),
  half_pixel_symmetric: (k, size, made, scale) =>
    (size / 2) * (1 - made / (scale * size)) + (k + 0.5) / scale - 0.5,
}

const ROUNDINGS: Readonly<Record<string, (place: number) => number>> = {
  round_prefer_floor: (place) => Math.ceil(place - 0.5),
  round_prefer_ceil: (place) => Math.floor(place + 0.5),
  floor: Math.floor,
  ceil: Math.ceil,
}

/** How much an entry counts at a distance: a tent, or Keys's cubic (1981). */
const tent = (distance: number): number => Math.max(0, 1 - Math.abs(distance))
const cubic =
  (a: number) =>
  (distance: number): number => {
    const x = Math.abs(distance)
    if (x <= 1) return ((a + 2) * x - (a + 3)) * x * x + 1
    return x < 2 ? a * (((x - 5) * x + 8) * x - 4) : 0
  }

interface Axis {
  readonly size: number
  readonly made: number
  readonly scale: number
}

/** Of the axes that change: their lengths before and after. Scales are single: 10 · 0.7 is 7. */
function axesOf(call: Call, x: Node): (Axis | undefined)[] {
  const isOld = call.node.operator === 'Upsample'
  const rank = x.shape.length
  const given = list(call, 'axes')?.map((axis) => axisOf(axis, rank))
  const along = given ?? x.shape.map((_, axis) => axis)
  const isShort = isOld || call.opset < 11
  const factors = integers(call, isShort ? 1 : 2)
  const heights = ['height_scale', 'width_scale'].map((name) => setting(call, name, Number.NaN))
  const first = heights.some(Number.isNaN) ? list(call, 'scales') : [1, 1, ...heights]
  const scales = factors && factors.length > 0 ? factors : first
  const wanted = isShort ? undefined : integers(call, 3)
  const found = x.shape.map((): Axis | undefined => undefined)
  const policy = text(call, 'keep_aspect_ratio_policy', 'stretch')
  const ratios = wanted?.map((made, k) => made / x.shape[along[k]!]!)
  const ratio =
    ratios && policy !== 'stretch'
      ? (policy === 'not_larger' ? Math.min : Math.max)(...ratios)
      : undefined
  for (const [k, axis] of along.entries()) {
    const size = x.shape[axis]!
    const scale = ratio ?? ratios?.[k] ?? scales?.[k] ?? unsupported('no size and no scale')
    const made = ratio
      ? Math.floor(ratio * size + 0.5)
      : wanted?.length
        ? wanted[k]!
        : Math.floor(Math.fround(size * scale))
    if (!(made >= 1)) unsupported('an array without entries')
    if (made !== size || scale !== 1) found[axis] = { size, made, scale }
  }
  return found
}

/** The weights of each entry of the result: rows of a matrix [made, size], or its columns. */
function weights(call: Call, { size, made, scale }: Axis, place: Place, inRows: boolean) {
  const isCubic = text(call, 'mode', 'nearest') === 'cubic'
  const f = isCubic ? cubic(setting(call, 'cubic_coeff_a', -0.75)) : tent
  const reach = isCubic ? 2 : 1
  const narrow = setting(call, 'antialias', 0) === 1 ? Math.min(1, scale) : 1
  const cutsOff = setting(call, 'exclude_outside', 0) === 1
  spend(call, made * size)
  const all = new Float64Array(made * size)
  for (let k = 0; k < made; k++) {
    const where = (n: number) => (inRows ? k * size + n : n * made + k)
    const at = place(k, size, made, scale)
    let total = 0
    for (let n = Math.ceil(at - reach / narrow); n <= at + reach / narrow; n++) {
      const isInside = n >= 0 && n < size
      if (cutsOff && !isInside) continue
      const weight = f((n - at) * narrow)
      all[where(Math.min(size - 1, Math.max(0, n)))]! += weight
      total += weight
    }
    for (let n = 0; n < size; n++) all[where(n)]! /= total
  }
  return all
}

/** The axis before the last is multiplied from the left, the last from the right. */
function along(call: Call, x: Node, axis: number, each: Axis, place: Place): Node {
  const { made, size } = each
  const rank = x.shape.length
  const isBefore = axis === rank - 2
  const all = weights(call, each, place, isBefore)
  // As they are, not as a copy: they may be many times the file.
  const matrix = (shape: Shape) => x.graph.record(ops.constant, [], { shape, data: all })
  if (isBefore) return matmul(matrix([made, size]), x)
  const columns = matrix([size, made])
  if (axis === rank - 1) return matmul(x, columns)
  const order = x.shape.map((_, k) => k)
  const turned = order.with(axis, rank - 1).with(rank - 1, axis)
  return transpose(matmul(transpose(x, { axes: turned }), columns), { axes: turned })
}

/** @see https://onnx.ai/onnx/operators/onnx__Resize.html */
export function resized(call: Call): Node {
  const x = node(call, 0)
  const isOld = call.node.operator === 'Upsample' || call.opset < 11
  const mode = text(call, 'mode', 'nearest')
  const how = text(call, 'coordinate_transformation_mode', isOld ? 'asymmetric' : 'half_pixel')
  const place = Object.hasOwn(PLACES, how) ? PLACES[how]! : unsupported(`coordinates of ${how}`)
  const rounding = text(call, 'nearest_mode', isOld ? 'floor' : 'round_prefer_floor')
  const round = Object.hasOwn(ROUNDINGS, rounding)
    ? ROUNDINGS[rounding]!
    : unsupported(`the rounding ${rounding}`)
  if (!['nearest', 'linear', 'bilinear', 'cubic'].includes(mode)) unsupported(`the mode ${mode}`)
  const changed = axesOf(call, x)
  const nearest = ({ size, made, scale }: Axis): number[] => {
    spend(call, made)
    return Array.from({ length: made }, (_, k) =>
      Math.min(size - 1, Math.max(0, round(place(k, size, made, scale)))),
    )
  }
  if (mode !== 'nearest') {
    return changed.reduce((y, each, axis) => {
      return each ? along(call, y, axis, each, place) : y
    }, x)
  }
  // Each pixel as often as every other along an axis: an enlarged image of the last two.
  const times = changed.map((each) => {
    const factor = each ? each.made / each.size : 1
    const isRepeat = each && nearest(each).every((from, k) => from === Math.floor(k / factor))
    return !each || (Number.isInteger(factor) && isRepeat) ? factor : Number.NaN
  })
  if (x.shape.length >= 2 && times.slice(0, -2).every((factor) => factor === 1)) {
    const [rows, columns] = times.slice(-2) as [number, number]
    if (rows >= 1 && columns >= 1) return upsample(x, { size: [rows, columns] })
  }
  return changed.reduce((y, each, axis) => (each ? taken(y, axis, nearest(each)) : y), x)
}
