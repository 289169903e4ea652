// A convolution along the places of a sequence: its features are the channels.
import { conv1d as conv1dOp, readOptions, transpose } from '@backprove/graph'
import { requireCount, requireFlag, requireTag } from '../../check.ts'
import { NetworkError } from '../errors.ts'
import { type Layer, sampleShape } from '../layer.ts'
import { SYNONYMS } from '../maps/conv.ts'

/** Options of the layer `conv1d`: `filters` and `kernel` must be given. */
export interface Conv1dLayerOptions {
  /** The number of filters. */
  readonly filters: number
  /** The number of places that each sees. */
  readonly kernel: number
  readonly stride?: number
  /**
   * Zeros before the first and behind the last place, 'valid' (none) or 'same'; 'causal': as many
   * before the first that no place sees one behind it. Default 0.
   */
  readonly padding?: number | readonly [number, number] | 'valid' | 'same' | 'causal'
  readonly dilation?: number
  readonly groups?: number
  /** Whether each filter has a bias. Default true. */
  readonly bias?: boolean
  /** The layer's tag in names; a number in order of layers by default. */
  readonly tag?: string
}

const OPTIONS = [
  ...(['filters', 'kernel', 'stride', 'padding', 'dilation', 'groups'] as const),
  ...(['bias', 'tag'] as const),
]

/** `conv1d({ filters: 8, kernel: 3 })`: [T,d] → [T′,filters]; weights [filters, d/groups, kernel]. */
export function conv1d(options: Conv1dLayerOptions): Layer {
  const given = readOptions('conv1d', options, OPTIONS, SYNONYMS)
  const { bias = true, stride = 1, padding = 0, dilation = 1, groups: split = 1 } = given
  const filters = requireCount('conv1d', 'filters', given.filters)
  const kernel = requireCount('conv1d', 'kernel', given.kernel)
  for (const [option, value] of Object.entries({ stride, dilation }))
    requireCount('conv1d', option, value)
  const groups = requireCount('conv1d', 'groups', split)
  requireFlag('conv1d', 'bias', given.bias)
  requireTag('conv1d', given.tag)
  return {
    kind: 'conv1d',
    options,
    record(x, recorder) {
      const sample = sampleShape(x, recorder)
      if (sample.length !== 2) {
        throw new NetworkError(`conv1d: it takes a sequence [T,d], not a sample [${sample}]`)
      }
      const perGroup = sample[1]! / groups
      if (!Number.isInteger(perGroup)) {
        throw new NetworkError(`conv1d: ${sample[1]} features do not split into ${groups} groups`)
      }
      const tag = recorder.tag(given.tag)
      const deviation = 1 / Math.sqrt(perGroup * kernel)
      const shape = [filters, perGroup, kernel]
      const letters = ['k', perGroup === 1 ? 'i' : 'ci'] as const
      const w = recorder.parameter('w', tag, letters, shape, { deviation })
      const b = bias ? recorder.parameter('b', tag, ['k', ''], [filters], { fill: 0 }) : undefined
      const turned = (v: typeof x) =>
        transpose(v, { axes: recorder.batch === null ? [1, 0] : [0, 2, 1] })
      const sides = padding === 'causal' ? ([dilation * (kernel - 1), 0] as const) : padding
      const windows = { stride, padding: sides, dilation, groups }
      const z = conv1dOp(turned(x), w, { ...(b && { bias: b }), ...windows })
      return recorder.name(turned(z), 'z', tag)
    },
    work(_, from) {
      const depth = from[1]! / groups
      const counted = `${filters}·${depth}·${kernel}`
      return {
        parameters: bias ? `P·d·n+P = ${counted}+${filters}` : `P·d·n = ${counted}`,
        fanIn: depth * kernel,
      }
    },
  }
}
