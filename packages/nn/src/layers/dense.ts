// A fully connected layer: z_n = Σ w_{n…} x_{…} + b_n over every value of a sample.
import { dense as denseOp, readOptions, sizeOf } from '@backprove/graph'
import { requireCount, requireFlag, requireTag } from '../check.ts'
import { ELSEWHERE } from './elsewhere.ts'
import { type Layer, sampleShape } from './layer.ts'

/** Options of the layer `dense`: `units` must be given. */
export interface DenseLayerOptions {
  readonly units: number
  /** Whether each unit has a bias. Default true. */
  readonly bias?: boolean
  /** The layer's tag in names; a number in order of layers by default. */
  readonly tag?: string
}

/** `dense({ units: 3 })`: a sample of any shape → [units]. */
export function dense(options: DenseLayerOptions): Layer {
  const given = readOptions('dense', options, ['units', 'bias', 'tag'], {
    ...ELSEWHERE,
    out_features: 'units',
    outFeatures: 'units',
    useBias: 'bias',
    use_bias: 'bias',
  })
  const { bias = true, tag: own } = given
  const units = requireCount('dense', 'units', given.units)
  requireFlag('dense', 'bias', given.bias)
  requireTag('dense', own)
  return {
    kind: 'dense',
    options,
    record(x, recorder) {
      const tag = recorder.tag(own)
      const sample = sampleShape(x, recorder)
      const inputs = sizeOf(sample)
      // The notes' w^{On}_{k-ij}: unit n, then the place in the pooled maps.
      const lower = (['', 'i', 'ij', 'k-ij'] as const)[sample.length] ?? ''
      const deviation = 1 / Math.sqrt(inputs)
      const w = recorder.parameter('w', tag, ['n', lower], [units, ...sample], { deviation })
      const b = bias ? recorder.parameter('b', tag, ['', 'n'], [units], { fill: 0 }) : undefined
      return recorder.name(denseOp(x, w, b), 'z', tag)
    },
    work(_, from) {
      const inputs = sizeOf(from)
      const counted = `${units}·${inputs}`
      return {
        parameters: bias ? `n·N+n = ${counted}+${units}` : `n·N = ${counted}`,
        fanIn: inputs,
        global: true,
      }
    },
  }
}
