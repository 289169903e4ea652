// A transposed convolutional layer: every pixel stamps its filters into a larger map, plus a bias.
import { convTranspose2d, type PairOption, readOptions } from '@backprove/graph'
import { requireCount, requireFlag, requirePair, requireTag } from '../../check.ts'
import { NetworkError } from '../errors.ts'
import { type Layer, sampleShape } from '../layer.ts'
import { type ConvLayerOptions, SYNONYMS } from './conv.ts'

/** Options of the layer `convTranspose`: `filters` and `kernel` must be given. */
export interface ConvTransposeLayerOptions extends ConvLayerOptions {
  /** Rows and columns more, below and on the right; below the stride. Default 0. */
  readonly outputPadding?: PairOption
}

const OPTIONS = [
  ...(['filters', 'kernel', 'stride', 'padding', 'outputPadding'] as const),
  ...(['dilation', 'groups', 'bias', 'tag'] as const),
]

/**
 * `convTranspose({ filters: 3, kernel: 2, stride: 2 })`: [C,H,W] → [filters,H′,W′], sizes as
 * `convTranspose2d` makes them; the weights are [C, filters/groups, m, n].
 */
export function convTranspose(options: ConvTransposeLayerOptions): Layer {
  const given = readOptions('convTranspose', options, OPTIONS, SYNONYMS)
  const { groups: split = 1, bias = true, stride = 1, padding = 0, dilation = 1 } = given
  const { outputPadding = 0 } = given
  const filters = requireCount('convTranspose', 'filters', given.filters)
  const [height, width] = requirePair('convTranspose', 'kernel', given.kernel)
  const [down, right] = requirePair('convTranspose', 'stride', stride)
  const [gap, across] = requirePair('convTranspose', 'dilation', dilation)
  const groups = requireCount('convTranspose', 'groups', split)
  requireFlag('convTranspose', 'bias', given.bias)
  requireTag('convTranspose', given.tag)
  const perGroup = filters / groups
  if (!Number.isInteger(perGroup)) {
    throw new NetworkError(`convTranspose: ${filters} filters do not split into ${groups} groups`)
  }
  /** Inputs that reach one output along both axes, at most. */
  const cells = (): number => Math.ceil(height / down) * Math.ceil(width / right)
  return {
    kind: 'convTranspose',
    options,
    record(x, recorder) {
      const tag = recorder.tag(given.tag)
      const channels = sampleShape(x, recorder)[0]!
      const deviation = 1 / Math.sqrt((channels / groups) * cells())
      const letters = perGroup === 1 ? 'ij' : 'fij'
      const shape = [channels, perGroup, height, width]
      const w = recorder.parameter('w', tag, ['k', letters], shape, { deviation })
      const b = bias ? recorder.parameter('b', tag, ['k', ''], [filters], { fill: 0 }) : undefined
      const windows = { stride, padding, outputPadding, dilation, groups }
      return recorder.name(convTranspose2d(x, w, { bias: b, ...windows }), 'z', tag)
    },
    work(_, [channels = 1]) {
      const counted = `${channels}·${perGroup}·${height}·${width}`
      return {
        parameters: bias ? `D·P·m·n+P = ${counted}+${filters}` : `D·P·m·n = ${counted}`,
        fanIn: (channels / groups) * cells(),
        spread: {
          factor: [down, right],
          kernel: [gap * (height - 1) + 1, across * (width - 1) + 1],
        },
      }
    },
  }
}
