// Normalisation within each sample: x̂ = (x − μ)/√(v + ε), y = γ x̂ + β, where μ and v are of all
// its entries (layer normalisation), or of a group of its channels. Training is as prediction.
import {
  add,
  div,
  mean,
  mul,
  type Node,
  readOptions,
  reshape,
  type Shape,
  show,
  sizeOf,
  sqrt,
  square,
  sub,
} from '@backprove/graph'
import { requireCount } from '../check.ts'
import { NetworkError } from './errors.ts'
import { type Layer, type Recorder, sampleShape } from './layer.ts'

/** Options of `layerNorm`. */
export interface LayerNormOptions {
  /** Default 1e-5. */
  readonly epsilon?: number
}
/** Options of `groupNorm`. */
export interface GroupNormOptions extends LayerNormOptions {
  /** How many groups the channels are split into; as many as channels: instance normalisation. */
  readonly groups: number
}

/**
 * `layerNorm()` (Ba, Kiros & Hinton, 2016): each sample over all of its entries, whatever its
 * shape; γ and β have that shape.
 */
export function layerNorm(options: LayerNormOptions = {}): Layer {
  const { epsilon = 1e-5 } = readOptions('layerNorm', options, ['epsilon'])
  requireEpsilon('layerNorm', epsilon)
  return {
    kind: 'layerNorm',
    options,
    record(x, recorder) {
      const sample = sampleShape(x, recorder)
      const axes = sample.map((_, k) => k - sample.length)
      return affine(normalised(x, axes, epsilon), sample, recorder)
    },
    work: (_, from) => ({ parameters: `γ, β = ${sizeOf(from)}+${sizeOf(from)}`, global: true }),
  }
}

/**
 * `groupNorm({ groups: 2 })` (Wu & He, 2018): [C,H,W] or [n] samples, each group of C/groups
 * channels over all of its entries; γ and β are per channel.
 */
export function groupNorm(options: GroupNormOptions): Layer {
  const given = readOptions('groupNorm', options, ['groups', 'epsilon'])
  const { epsilon = 1e-5 } = given
  const groups = requireCount('groupNorm', 'groups', given.groups)
  requireEpsilon('groupNorm', epsilon)
  return {
    kind: 'groupNorm',
    options,
    record(x, recorder) {
      const [channels = 1, ...map] = sampleShape(x, recorder)
      if (channels % groups !== 0) {
        throw new NetworkError(`groupNorm: ${channels} channels do not split into ${groups} groups`)
      }
      const lead = recorder.batch === null ? [] : [recorder.batch]
      const grouped = reshape(x, [...lead, groups, (channels / groups) * sizeOf(map)])
      const scaled = reshape(normalised(grouped, [-1], epsilon), x.shape)
      return affine(scaled, [channels, ...map.map(() => 1)], recorder)
    },
    work: (_, [channels = 1]) => ({ parameters: `γ, β = ${channels}+${channels}`, global: true }),
  }
}

function normalised(x: Node, axes: readonly number[], epsilon: number): Node {
  const centred = sub(x, mean(x, { axes, keepDims: true }))
  const variance = mean(square(centred), { axes, keepDims: true })
  return div(centred, sqrt(add(variance, epsilon)))
}

/** γ x̂ + β: both of the given shape, but for axes of length 1 at its end. */
function affine(x: Node, shape: Shape, recorder: Recorder): Node {
  const tag = recorder.tag()
  const own = shape.slice(0, 1 + shape.findLastIndex((length, axis) => axis === 0 || length > 1))
  const letters = (['', 'n', 'ij', 'kij'] as const)[own.length] ?? ''
  const trained = (base: string, fill: number): Node =>
    reshape(recorder.parameter(base, tag, ['', letters], own, { fill }), shape)
  const [gamma, beta] = [trained('γ', 1), trained('β', 0)]
  return recorder.name(add(mul(x, gamma), beta), 'z', tag)
}

function requireEpsilon(kind: string, epsilon: unknown): void {
  if (typeof epsilon === 'number' && epsilon > 0) return
  throw new NetworkError(`${kind}: epsilon is ${show(epsilon)}; it must be above 0`)
}
