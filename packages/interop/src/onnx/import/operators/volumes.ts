// Windows of three axes: an image of two at a time, and the third apart.
import {
  add,
  apply,
  conv2d,
  type Node,
  ops,
  type PoolOptions,
  pad,
  reshape,
  slice,
  transpose,
} from '@backprove/graph'
import { type Call, list, node, optional, setting, text, unsupported } from '../context.ts'
import { channelwise } from './elementwise.ts'
import { part } from './places.ts'

export type Pool = (x: Node, options: PoolOptions) => Node
type Pair = readonly [number, number]
interface Window {
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly dilation: readonly number[]
  readonly padding: readonly Pair[]
}

function windowOf(call: Call, x: Node, kernel: readonly number[]): Window {
  const three = (name: string) => list(call, name) ?? [1, 1, 1]
  const [stride, dilation] = [three('strides'), three('dilations')]
  const how = text(call, 'auto_pad', 'NOTSET')
  const given = list(call, 'pads') ?? [0, 0, 0, 0, 0, 0]
  const padding = kernel.map((size, k): Pair => {
    if (how === 'VALID') return [0, 0]
    if (!how.startsWith('SAME')) return [given[k]!, given[3 + k]!]
    const image = x.shape[2 + k]!
    const steps = Math.ceil(image / stride[k]!)
    const all = Math.max(0, (steps - 1) * stride[k]! + dilation[k]! * (size - 1) + 1 - image)
    const less = Math.floor(all / 2)
    return how === 'SAME_LOWER' ? [all - less, less] : [less, all - less]
  })
  return { kernel, stride, dilation, padding }
}

const last = <T>(of: readonly T[]): [T, T] => [of[1]!, of[2]!]

/** Σ over the planes of the kernel of a convolution of the planes of x that it meets. */
export function convolvedVolume(call: Call): Node {
  const x = node(call, 0)
  const w = node(call, 1)
  const { kernel, stride, dilation, padding } = windowOf(call, x, w.shape.slice(2))
  const [n, c, depth, h, wide] = x.shape as [number, number, number, number, number]
  const [front, behind] = padding[0]!
  const made =
    Math.floor((depth + front + behind - dilation[0]! * (kernel[0]! - 1) - 1) / stride[0]!) + 1
  if (!(made >= 1)) unsupported('an array without entries')
  const along = { before: [0, 0, front, 0, 0], after: [0, 0, behind, 0, 0] }
  const padded = front + behind > 0 ? pad(x, along) : x
  const planes = Array.from({ length: kernel[0]! }, (_, k) => {
    const from = k * dilation[0]!
    const met = slice(padded, {
      start: [0, 0, from, 0, 0],
      end: [n, c, from + (made - 1) * stride[0]! + 1, h, wide],
      step: [1, 1, stride[0]!, 1, 1],
    })
    const images = reshape(transpose(met, { axes: [0, 2, 1, 3, 4] }), [n * made, c, h, wide])
    const plane = reshape(part(w, 2, k, k + 1), w.shape.toSpliced(2, 1))
    return conv2d(images, plane, {
      stride: last(stride),
      dilation: last(dilation),
      padding: last(padding),
      groups: setting(call, 'group', 1),
    })
  })
  const y = planes.reduce((a, b) => add(a, b))
  const [, maps, rows, columns] = y.shape as [number, number, number, number]
  const volume = transpose(reshape(y, [n, made, maps, rows, columns]), { axes: [0, 2, 1, 3, 4] })
  const b = optional(call, 2)
  return b ? add(volume, channelwise(b, 5)) : volume
}

/** A largest of largests, a mean of means, a norm of norms: the axes one after another. */
export function pooledVolume(call: Call, pool: Pool): Node {
  const x = node(call, 0)
  const ceil = setting(call, 'ceil_mode', 0) === 1
  const { kernel, stride, dilation, padding } = windowOf(call, x, list(call, 'kernel_shape') ?? [])
  const [n, c, depth, h, w] = x.shape as [number, number, number, number, number]
  const planes = pool(reshape(x, [n, c * depth, h, w]), {
    ...{ size: last(kernel), stride: last(stride), dilation: last(dilation) },
    ...{ padding: last(padding), ceil },
  })
  const [rows, columns] = planes.shape.slice(-2) as [number, number]
  const made = pool(reshape(planes, [n, c, depth, rows * columns]), {
    ...{ size: [kernel[0]!, 1], stride: [stride[0]!, 1], dilation: [dilation[0]!, 1] },
    ...{ padding: [padding[0]!, [0, 0]], ceil },
  })
  return reshape(made, [n, c, made.shape[2]!, rows, columns])
}

/**
 * What a convolution of volumes does to its gradient: each plane of the kernel by itself, its
 * images set apart by the stride and moved by the plane's place, all added.
 */
export function transposedVolume(call: Call): Node {
  const x = node(call, 0)
  const w = node(call, 1)
  if (text(call, 'auto_pad', 'NOTSET') !== 'NOTSET' || list(call, 'output_shape'))
    unsupported('a size of its own, in three axes')
  const { kernel, stride, dilation, padding } = windowOf(call, x, w.shape.slice(2))
  const extra = list(call, 'output_padding') ?? [0, 0, 0]
  const [n, c, depth, h, wide] = x.shape as [number, number, number, number, number]
  const sizes = [depth, h, wide].map((size, k) => {
    const whole = (size - 1) * stride[k]! + dilation[k]! * (kernel[k]! - 1) + 1 + extra[k]!
    return whole - padding[k]![0] - padding[k]![1]
  }) as [number, number, number]
  if (sizes.some((size) => size < 1)) unsupported('an array without entries')
  const images = reshape(transpose(x, { axes: [0, 2, 1, 3, 4] }), [n * depth, c, h, wide])
  const apart = depth * stride[0]!
  const whole = sizes[0] + padding[0]![0] + padding[0]![1]
  const planes = Array.from({ length: kernel[0]! }, (_, k) => {
    const plane = reshape(part(w, 2, k, k + 1), w.shape.toSpliced(2, 1))
    const made = apply(ops.conv2dInput, [images, plane], {
      ...{ stride: last(stride), dilation: last(dilation), padding: last(padding) },
      ...{ groups: setting(call, 'group', 1), size: last(sizes) },
    })
    const [, maps, rows, columns] = made.shape as [number, number, number, number]
    const volume = transpose(reshape(made, [n, depth, maps, rows, columns]), {
      axes: [0, 2, 1, 3, 4],
    })
    const flat = reshape(volume, [n, maps, depth, 1, rows * columns])
    const between = { before: [0, 0, 0, 0, 0], after: [0, 0, 0, stride[0]! - 1, 0] }
    const spread = reshape(stride[0]! > 1 ? pad(flat, between) : flat, [
      ...[n, maps, apart, rows, columns],
    ])
    // The zeros behind the last image may reach beyond the end.
    const from = k * dilation[0]!
    const kept = part(spread, 2, 0, Math.min(apart, whole - from))
    const behind = whole - from - kept.shape[2]!
    const moved = pad(kept, { before: [0, 0, from, 0, 0], after: [0, 0, behind, 0, 0] })
    return part(moved, 2, padding[0]![0], padding[0]![0] + sizes[0])
  })
  const y = planes.reduce((a, b) => add(a, b))
  const b = optional(call, 2)
  return b ? add(y, channelwise(b, 5)) : y
}
