// Layers: convolutions, poolings, matrix products, normalisations.
import {
  abs,
  add,
  apply,
  avgPool2d,
  conv2d,
  l2Pool2d,
  matmul,
  max,
  maxPool2d,
  mean,
  mul,
  type Node,
  ops,
  pow,
  reshape,
  sizeOf,
  sqrt,
  square,
  sum,
  sumPool2d,
  transpose,
} from '@backprove/graph'
import {
  type Call,
  list,
  node,
  type Operator,
  optional,
  setting,
  spend,
  text,
  unsupported,
} from '../context.ts'
import { channelwise } from './elementwise.ts'
import { convolvedVolume, type Pool, pooledVolume, transposedVolume } from './volumes.ts'

type Pair = readonly [number, number]
type Pads = readonly [Pair, Pair]
interface Window {
  readonly stride: Pair
  readonly dilation: Pair
  readonly padding: Pads
}

/** An attribute of one or two numbers as two: a signal is an image of one row. */
function pair(call: Call, name: string, usual: number, rank: number): Pair {
  const given = list(call, name)
  const isSignal = rank === 3
  const [a = usual, b = usual] = isSignal ? [usual, given?.[0]] : (given ?? [])
  return isSignal ? [1, b] : [a, b]
}

/** Where windows stand, padding worked out for the image and the kernel. */
function windowOf(
  call: Call,
  x: Node,
  kernel: Pair,
  rank: number,
  how = text(call, 'auto_pad', 'NOTSET'),
): Window {
  const stride = pair(call, 'strides', 1, rank)
  const dilation = pair(call, 'dilations', 1, rank)
  const image = [x.shape.at(-2)!, x.shape.at(-1)!] as const
  const given = list(call, 'pads') ?? []
  const pads = (axis: 0 | 1): Pair => {
    if (how === 'VALID') return [0, 0]
    if (how.startsWith('SAME')) {
      const steps = Math.ceil(image[axis] / stride[axis])
      const reach = dilation[axis] * (kernel[axis] - 1) + 1
      const all = Math.max(0, (steps - 1) * stride[axis] + reach - image[axis])
      const less = Math.floor(all / 2)
      return how === 'SAME_LOWER' ? [all - less, less] : [less, all - less]
    }
    if (rank === 3) return axis === 0 ? [0, 0] : [given[0] ?? 0, given[1] ?? 0]
    return [given[axis] ?? 0, given[2 + axis] ?? 0]
  }
  return { stride, dilation, padding: [pads(0), pads(1)] }
}

/** A signal [N, C, L] as an image [N, C, 1, L], and back. */
function asImage(x: Node): Node {
  const { shape } = x
  if (shape.length === 4) return x
  if (shape.length === 3) return reshape(x, [shape[0]!, shape[1]!, 1, shape[2]!])
  return unsupported(`windows of an array with ${shape.length} axes`)
}
const asBefore = (y: Node, x: Node): Node => {
  const [n, c, , w] = y.shape
  return x.shape.length === 3 ? reshape(y, [n!, c!, w!]) : y
}

function convolution(call: Call): Node {
  const x = node(call, 0)
  if (x.shape.length === 5) return convolvedVolume(call)
  const w = asImage(node(call, 1))
  const image = asImage(x)
  const kernel = [w.shape[2]!, w.shape[3]!] as const
  const y = conv2d(image, w, {
    ...windowOf(call, image, kernel, x.shape.length),
    bias: optional(call, 2),
    groups: setting(call, 'group', 1),
  })
  return asBefore(y, x)
}

/** What a convolution does to its gradient: the adjoint by its input. */
function transposed(call: Call): Node {
  const y = node(call, 0)
  if (y.shape.length === 5) return transposedVolume(call)
  const signal = asImage(y)
  const w = asImage(node(call, 1))
  const rank = y.shape.length
  const groups = setting(call, 'group', 1)
  const kernel = [w.shape[2]!, w.shape[3]!] as const
  const window = windowOf(call, signal, kernel, rank, 'NOTSET')
  const extra =
    rank === 3
      ? ([0, list(call, 'output_padding')?.[0] ?? 0] as const)
      : pair(call, 'output_padding', 0, rank)
  const wanted = list(call, 'output_shape')?.slice(rank === 3 ? -1 : -2)
  const how = text(call, 'auto_pad', 'NOTSET')
  const along = (axis: 0 | 1) => {
    const { stride, dilation, padding } = window
    const full =
      (signal.shape[2 + axis]! - 1) * stride[axis] +
      dilation[axis] * (kernel[axis] - 1) +
      1 +
      extra[axis]
    const goal =
      (rank === 3 ? (axis === 0 ? 1 : wanted?.[0]) : wanted?.[axis]) ??
      (how.startsWith('SAME') ? signal.shape[2 + axis]! * stride[axis] : undefined)
    if (goal === undefined)
      return { size: full - padding[axis][0] - padding[axis][1], pads: padding[axis] }
    const all = Math.max(0, full - goal)
    const less = Math.floor(all / 2)
    return {
      size: goal,
      pads: (how === 'SAME_UPPER' ? [less, all - less] : [all - less, less]) as Pair,
    }
  }
  const [rows, columns] = [along(0), along(1)]
  // Rows that no window reaches stay 0: the adjoint's image may be larger than its windows.
  const image = apply(ops.conv2dInput, [signal, w], {
    stride: window.stride,
    dilation: window.dilation,
    padding: [rows.pads, columns.pads],
    groups,
    size: [rows.size, columns.size],
  })
  const b = optional(call, 2)
  return asBefore(b ? add(image, channelwise(b, 4)) : image, y)
}

function pooling(poolOf: (call: Call) => Pool): Operator {
  return (call) => {
    const x = node(call, 0)
    const pool = poolOf(call)
    const hasPlaces = call.node.outputs.filter((name) => name !== '').length > 1
    if (hasPlaces && x.shape.length === 5) unsupported('the places of winners in a volume')
    if (x.shape.length === 5) return pooledVolume(call, pool)
    const image = asImage(x)
    const rank = x.shape.length
    const size = pair(call, 'kernel_shape', 1, rank)
    const ceil = setting(call, 'ceil_mode', 0) === 1
    const y = pool(image, { size, ceil, ...windowOf(call, image, size, rank) })
    return hasPlaces ? [asBefore(y, x), asBefore(winners(call, image, y), x)] : asBefore(y, x)
  }
}

/** Of each window the place of its winner in the whole array, counted from 0. */
function winners(call: Call, image: Node, { params }: Node): Node {
  const [, , rows, columns] = image.shape as [number, number, number, number]
  spend(call, sizeOf(image.shape))
  const isByColumns = setting(call, 'storage_order', 0) === 1
  const places = Float64Array.from({ length: sizeOf(image.shape) }, (_, place) => {
    if (!isByColumns) return place
    const [i, j] = [Math.floor(place / columns) % rows, place % columns]
    return place - (place % (rows * columns)) + j * rows + i
  })
  const order = image.graph.constant(places, image.shape)
  return apply(ops.maxPool2dGather, [image, order], { ...params, ties: 'first' })
}

const averages = (call: Call): Pool => {
  const countPadding = setting(call, 'count_include_pad', 0) === 1
  return (x, options) => avgPool2d(x, { ...options, countPadding })
}

/** (Σ |x|^p)^(1/p) of every window. */
const norms = (call: Call): Pool => {
  const p = setting(call, 'p', 2)
  if (p === 2) return l2Pool2d
  return (x, options) => pow(sumPool2d(powers(x, p), options), 1 / p)
}

const overImage = (x: Node): number[] => x.shape.map((_, axis) => axis).slice(2)

function product(call: Call): Node {
  const [a, b] = [node(call, 0), node(call, 1)]
  // A vector is a row at the left and a column at the right, and no axis of the result.
  const left = a.shape.length === 1 ? reshape(a, [1, a.shape[0]!]) : a
  const right = b.shape.length === 1 ? reshape(b, [b.shape[0]!, 1]) : b
  const y = matmul(left, right)
  const kept = y.shape.filter(
    (_, axis) =>
      !(a.shape.length === 1 && axis === y.shape.length - 2) &&
      !(b.shape.length === 1 && axis === y.shape.length - 1),
  )
  return reshape(y, kept)
}

function gemm(call: Call): Node {
  const turn = (x: Node, name: string) =>
    setting(call, name, 0) === 1 ? transpose(x, { axes: [1, 0] }) : x
  const y = matmul(turn(node(call, 0), 'transA'), turn(node(call, 1), 'transB'))
  const scaled = mul(setting(call, 'alpha', 1), y)
  const c = optional(call, 2)
  return c ? add(scaled, mul(setting(call, 'beta', 1), c)) : scaled
}

/** |x|^p */
const powers = (x: Node, p: number): Node =>
  p === 2 ? square(x) : p === 1 ? abs(x) : pow(abs(x), p)

export const layers: Readonly<Record<string, Operator>> = {
  AveragePool: pooling(averages),
  Conv: convolution,
  ConvTranspose: transposed,
  Gemm: gemm,
  GlobalAveragePool: (call) =>
    mean(node(call, 0), { axes: overImage(node(call, 0)), keepDims: true }),
  GlobalLpPool: (call) => {
    const x = node(call, 0)
    const p = setting(call, 'p', 2)
    const total = sum(powers(x, p), { axes: overImage(x), keepDims: true })
    return p === 2 ? sqrt(total) : pow(total, 1 / p)
  },
  GlobalMaxPool: (call) => max(node(call, 0), { axes: overImage(node(call, 0)), keepDims: true }),
  LpPool: pooling(norms),
  MatMul: product,
  MaxPool: pooling(() => maxPool2d),
}
