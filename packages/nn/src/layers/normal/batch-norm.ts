// Batch normalisation (Ioffe & Szegedy, 2015): x̂ = (x − μ)/√(v + ε), y = γ x̂ + β per channel.
// In training μ and v are the batch's; in prediction the running means of training.
import {
  add,
  div,
  mean,
  mul,
  type Node,
  readOptions,
  reshape,
  show,
  sqrt,
  square,
  sub,
} from '@backprove/graph'
import { ELSEWHERE } from '../elsewhere.ts'
import { NetworkError } from '../errors.ts'
import { type Layer, type Recorder, sampleShape } from '../layer.ts'

/** Options of `batchNorm`. */
export interface BatchNormOptions {
  readonly epsilon?: number
  /** The share of the batch in the running means. Default 0.1. */
  readonly momentum?: number
}

/** `batchNorm()`: [C,H,W] or [n] samples, normalised per channel or unit over the batch. */
export function batchNorm(options: BatchNormOptions = {}): Layer {
  const given = readOptions('batchNorm', options, ['epsilon', 'momentum'], {
    ...ELSEWHERE,
    eps: 'epsilon',
  })
  const { epsilon = 1e-5, momentum = 0.1 } = given
  if (!(typeof epsilon === 'number' && epsilon > 0))
    throw new NetworkError(`batchNorm: epsilon is ${show(epsilon)}; it must be above 0`)
  if (!(typeof momentum === 'number' && momentum > 0 && momentum <= 1)) {
    throw new NetworkError(
      `batchNorm: momentum is ${show(momentum)}; it must be above 0, at most 1`,
    )
  }
  return {
    kind: 'batchNorm',
    options,
    record(x, recorder) {
      const tag = recorder.tag()
      const sample = sampleShape(x, recorder)
      const channels = sample[0]!
      const perChannel = [channels, ...sample.slice(1).map(() => 1)]
      const spread = (v: Node): Node => reshape(v, perChannel)
      const gamma = recorder.parameter('γ', tag, ['', 'k'], [channels], { fill: 1 })
      const beta = recorder.parameter('β', tag, ['', 'k'], [channels], { fill: 0 })
      const [mu, variance] = statistics(x, tag, channels, momentum, recorder)
      const centred = sub(x, spread(mu))
      const deviation = sqrt(add(variance, smoothing(epsilon, recorder)))
      const scaled = div(centred, spread(deviation))
      // In prediction z is an affine function of x, which is read at once.
      const hat = recorder.training ? recorder.name(scaled, 'ẑ', tag) : scaled
      return recorder.name(add(mul(hat, spread(gamma)), spread(beta)), 'z', tag)
    },
    work: (_, [channels = 1]) => ({ parameters: `γ, β = ${channels}+${channels}` }),
  }
}

function statistics(
  x: Node,
  tag: string,
  channels: number,
  momentum: number,
  recorder: Recorder,
): [mean: Node, variance: Node] {
  const runningMean = recorder.statistic('μ', tag, [channels], { fill: 0 })
  const runningVariance = recorder.statistic('v', tag, [channels], { fill: 1 })
  if (!recorder.training || recorder.batch === null) return [runningMean, runningVariance]
  const axes = [...x.shape.keys()].filter((axis) => axis !== 1)
  // B for the batch: μ and v are the running means of training.
  const named = (node: Node, base: string): Node => recorder.part(node, `${base}^{B${tag}}_k`)
  const mu = named(mean(x, { axes }), 'μ')
  const wide = [channels, ...x.shape.slice(2).map(() => 1)]
  const variance = named(mean(square(sub(x, reshape(mu, wide))), { axes }), 'v')
  const blend = (old: Node, now: Node): Node => add(mul(1 - momentum, old), mul(momentum, now))
  recorder.update(runningMean, blend(runningMean, mu))
  recorder.update(runningVariance, blend(runningVariance, variance))
  return [mu, variance]
}

/** ε by its name; another value in the same network is shown as a number. */
export const smoothing = (epsilon: number, { graph, part }: Recorder): Node =>
  part(graph.constant(epsilon), 'ε')
