// Forms that ONNX Runtime runs faster than an op's line: convolutions, which would gather every
// window. Keyed by the op itself; each may decline, and not one of them is needed. In float64 the
// runtime has none.
import { type Node, ops, resolvePads, type SizedConvParams } from '@backprove/graph'
import type { Shortcut } from '../module/record.ts'
import type { Value } from '../module/value.ts'
import type { OnnxTarget } from './target.ts'

type Pair = readonly [number, number]
type Pads = readonly [Pair, Pair]
type Params = Omit<SizedConvParams, 'size'>
type Shorten = Shortcut<OnnxTarget>

const lastTwo = (shape: readonly number[]): Pair => [shape.at(-2)!, shape.at(-1)!]

/** One sample as a batch of one; undefined for what has no channels. */
function batched(target: OnnxTarget, x: Value): Value | undefined {
  if (x.shape.length === 4) return x
  return x.shape.length === 3 ? target.reshape(x, [1, ...x.shape]) : undefined
}

const both = <T>(of: (axis: 0 | 1) => T): [T, T] => [of(0), of(1)]
const flat = (pads: Pads): number[] => [pads[0][0], pads[1][0], pads[0][1], pads[1][1]]

/** The images with no entry behind those that the windows reach. */
const convolved =
  (isFlipped: boolean): Shorten =>
  (target, node, [x, w, b]) => {
    const images = batched(target, x!)
    if (!images) return undefined
    const { stride, dilation, groups } = node.params as Params
    const kernel = isFlipped ? target.reverse(target.reverse(w!, 2), 3) : w!
    const pads = resolvePads(node.params as Params, lastTwo(images.shape), lastTwo(w!.shape))
    const shape = [images.shape[0]!, w!.shape[0]!, ...lastTwo(node.shape)]
    const settings = { strides: stride, pads: flat(pads), dilations: dilation, group: groups }
    const inputs = b ? [images, kernel, b] : [images, kernel]
    return target.reshape(target.operation('Conv', inputs, shape, settings), node.shape)
  }

/**
 * The adjoint by the images: windows put back, cut to the image. Rows that no window reaches are
 * added at the end.
 */
const byInput: Shorten = (target, node, [y, w]) => {
  const maps = batched(target, y!)
  if (!maps) return undefined
  const { stride, dilation, groups, size } = node.params as SizedConvParams
  const kernel = lastTwo(w!.shape)
  const pads = resolvePads(node.params as Params, size, kernel)
  const full = both(
    (axis) => (maps.shape[2 + axis]! - 1) * stride[axis] + dilation[axis] * (kernel[axis] - 1) + 1,
  )
  const shape = [maps.shape[0]!, w!.shape[1]! * groups, ...full]
  const settings = { strides: stride, dilations: dilation, group: groups }
  let image = target.operation('ConvTranspose', [maps, w!], shape, settings)
  for (const axis of [0, 1] as const) {
    const start = pads[axis][0]
    const end = Math.min(full[axis], start + size[axis])
    image = target.slice(image, 2 + axis, start, end, 1)
    image = target.pad(image, 2 + axis, 0, size[axis] - (end - start))
  }
  return target.reshape(image, node.shape)
}

/** The adjoint by the filters: a convolution of the images by the maps, batch and channels exchanged. */
const byFilter: Shorten = (target, node, [x, y]) => {
  const images = batched(target, x!)
  const maps = batched(target, y!)
  const { stride, dilation, groups, size } = node.params as SizedConvParams
  if (!images || !maps || groups !== 1) return undefined
  const image = lastTwo(images.shape)
  const before = resolvePads(node.params as Params, image, size)
  const reach = both(
    (axis) => (maps.shape[2 + axis]! - 1) * stride[axis] + 1 + (size[axis] - 1) * dilation[axis],
  )
  const after = both((axis) => Math.max(0, reach[axis] - image[axis] - before[axis][0]))
  const made = both((axis) => {
    const padded = image[axis] + before[axis][0] + after[axis]
    return (
      Math.floor((padded - stride[axis] * (maps.shape[2 + axis]! - 1) - 1) / dilation[axis]) + 1
    )
  })
  const exchanged = (of: Value) => target.transpose(of, [1, 0, 2, 3])
  const shape = [images.shape[1]!, maps.shape[1]!, ...made]
  let w = target.operation('Conv', [exchanged(images), exchanged(maps)], shape, {
    strides: dilation,
    pads: [before[0][0], before[1][0], ...after],
    dilations: stride,
    group: 1,
  })
  for (const axis of [0, 1] as const) w = target.slice(w, 2 + axis, 0, size[axis], 1)
  return target.reshape(exchanged(w), node.shape)
}

const SHORTCUTS: ReadonlyMap<Node['op'], Shorten> = new Map([
  [ops.conv2d, convolved(false)],
  [ops.convolve2d, convolved(true)],
  [ops.conv2dInput, byInput],
  [ops.conv2dFilter, byFilter],
])

export { SHORTCUTS as onnxShortcuts }
