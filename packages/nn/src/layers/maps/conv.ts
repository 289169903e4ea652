// A convolutional layer: filters and one bias each, z = w ∗ x + b.
import {
  type ConvParams,
  conv2d,
  type PaddingOption,
  type PairOption,
  readOptions,
} from '@backprove/graph'
import { requireCount, requireFlag, requirePair, requireTag } from '../../check.ts'
import { ELSEWHERE } from '../elsewhere.ts'
import { NetworkError } from '../errors.ts'
import { type Layer, sampleShape } from '../layer.ts'

/** Options of the layer `conv`: `filters` and `kernel` must be given. */
export interface ConvLayerOptions {
  /** The number of filters. */
  readonly filters: number
  /** The size of each: a number, or [h, w]. */
  readonly kernel: PairOption
  readonly stride?: PairOption
  readonly padding?: PaddingOption
  readonly dilation?: PairOption
  readonly groups?: number
  /** Whether each filter has a bias. Default true. */
  readonly bias?: boolean
  /** The layer's tag in names; a number in order of layers by default. */
  readonly tag?: string
}

/** What others call a convolution's options. */
export const SYNONYMS = {
  ...ELSEWHERE,
  size: 'kernel',
  kernelSize: 'kernel',
  kernel_size: 'kernel',
  channels: 'filters',
  out_channels: 'filters',
  outChannels: 'filters',
  strides: 'stride',
  useBias: 'bias',
  use_bias: 'bias',
  dilationRate: 'dilation',
}

const OPTIONS = [
  'filters',
  'kernel',
  'stride',
  'padding',
  'dilation',
  'groups',
  'bias',
  'tag',
] as const

/** `conv({ filters: 3, kernel: 3 })`: [C,H,W] → [filters,H′,W′]. */
export function conv(options: ConvLayerOptions): Layer {
  const given = readOptions('conv', options, OPTIONS, SYNONYMS)
  const { groups: split = 1, bias = true, stride = 1, padding = 0, dilation = 1 } = given
  const filters = requireCount('conv', 'filters', given.filters)
  const [height, width] = requirePair('conv', 'kernel', given.kernel)
  requirePair('conv', 'stride', stride)
  requirePair('conv', 'dilation', dilation)
  const groups = requireCount('conv', 'groups', split)
  requireFlag('conv', 'bias', given.bias)
  requireTag('conv', given.tag)
  return {
    kind: 'conv',
    options,
    record(x, recorder) {
      const tag = recorder.tag(options.tag)
      const channels = sampleShape(x, recorder)[0]!
      const perGroup = channels / groups
      if (!Number.isInteger(perGroup)) {
        throw new NetworkError(`conv: ${channels} channels do not split into ${groups} groups`)
      }
      const shape = [filters, perGroup, height, width]
      const deviation = 1 / Math.sqrt(perGroup * height * width)
      const letters = perGroup === 1 ? 'ij' : 'cij'
      const w = recorder.parameter('w', tag, ['k', letters], shape, { deviation })
      const b = bias ? recorder.parameter('b', tag, ['k', ''], [filters], { fill: 0 }) : undefined
      const windows = { stride, padding, dilation, groups }
      // The notes speak of the convolution before its bias; nothing depends on this node.
      if (b) recorder.name(conv2d(x, w, windows), 'c', tag)
      return recorder.name(conv2d(x, w, { bias: b, ...windows }), 'z', tag)
    },
    work(z, [channels = 1]) {
      const depth = channels / groups
      const counted = `${filters}·${depth}·${height}·${width}`
      return {
        parameters: bias ? `P·D·m·n+P = ${counted}+${filters}` : `P·D·m·n = ${counted}`,
        fanIn: depth * height * width,
        window: { ...(z.params as ConvParams), kernel: [height, width] },
      }
    },
  }
}
