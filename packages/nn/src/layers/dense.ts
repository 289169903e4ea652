// A fully connected layer: z_n = Σ w_{n…} x_{…} + b_n over every value of a sample, or over those
// of its last axes, at each place by the same weights.
import {
  add,
  dense as denseOp,
  matmul,
  type Node,
  readOptions,
  reshape,
  type Shape,
  sizeOf,
  transpose,
} from '@backprove/graph'
import { requireCount, requireFlag, requireTag } from '../check.ts'
import { ELSEWHERE } from './elsewhere.ts'
import { NetworkError } from './errors.ts'
import { type Layer, sampleShape } from './layer.ts'

/** Options of the layer `dense`: `units` must be given. */
export interface DenseLayerOptions {
  readonly units: number
  /**
   * How many axes, the last of a sample, are summed over. Default: all. With 1 a sequence [T,d]
   * becomes [T,units], each place by itself.
   */
  readonly axes?: number
  /** Whether each unit has a bias. Default true. */
  readonly bias?: boolean
  /** The layer's tag in names; a number in order of layers by default. */
  readonly tag?: string
}

/** `dense({ units: 3 })`: a sample of any shape → [units]; with `axes: 1`, [T,d] → [T,units]. */
export function dense(options: DenseLayerOptions): Layer {
  const given = readOptions('dense', options, ['units', 'axes', 'bias', 'tag'], {
    ...ELSEWHERE,
    ...{ out_features: 'units', outFeatures: 'units', outputs: 'units', features: 'units' },
    ...{ neurons: 'units', size: 'units' },
    useBias: 'bias',
    use_bias: 'bias',
  })
  const { bias = true, tag: own } = given
  const units = requireCount('dense', 'units', given.units)
  requireFlag('dense', 'bias', given.bias)
  requireTag('dense', own)
  if (given.axes !== undefined) requireCount('dense', 'axes', given.axes)
  /** What is summed over; before it stand the places. */
  const summed = (sample: Shape): Shape => {
    const { axes = sample.length } = given
    if (axes <= sample.length) return sample.slice(sample.length - axes)
    throw new NetworkError(`dense: axes is ${axes}, and a sample [${sample}] has fewer`)
  }
  return {
    kind: 'dense',
    options,
    record(x, recorder) {
      const tag = recorder.tag(own)
      const sample = sampleShape(x, recorder)
      const ends = summed(sample)
      const inputs = sizeOf(ends)
      // The notes' w^{On}_{k-ij}: unit n, then the place in the pooled maps.
      const lower = (['', 'i', 'ij', 'k-ij'] as const)[ends.length] ?? ''
      const deviation = 1 / Math.sqrt(inputs)
      const w = recorder.parameter('w', tag, ['n', lower], [units, ...ends], { deviation })
      const b = bias ? recorder.parameter('b', tag, ['', 'n'], [units], { fill: 0 }) : undefined
      const isWhole = ends.length === sample.length
      return recorder.name(isWhole ? denseOp(x, w, b) : atEach(x, w, b), 'z', tag)
    },
    work(_, from) {
      const ends = summed(from)
      const inputs = sizeOf(ends)
      const counted = `${units}·${inputs}`
      return {
        parameters: bias ? `n·N+n = ${counted}+${units}` : `n·N = ${counted}`,
        fanIn: inputs,
        ...(ends.length === from.length && { global: true }),
      }
    },
  }
}

/** The places of all samples as rows, times the weights of all units as columns. */
function atEach(x: Node, w: Node, b: Node | undefined): Node {
  const [units, ...ends] = w.shape as [number, ...number[]]
  const places = x.shape.slice(0, x.shape.length - ends.length)
  const rows = reshape(x, [sizeOf(places), sizeOf(ends)])
  const z = matmul(rows, transpose(reshape(w, [units, sizeOf(ends)])))
  return reshape(b ? add(z, b) : z, [...places, units])
}
