// Normalisation within each sample: x̂ = (x − μ)/√(v + ε), y = γ x̂ + β, where μ and v are of all
// its entries or those of its last axes (layer normalisation), or of a group of its channels.
// Training is as prediction.
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
import { requireCount } from '../../check.ts'
import { ELSEWHERE } from '../elsewhere.ts'
import { NetworkError } from '../errors.ts'
import { type Layer, type Recorder, sampleShape } from '../layer.ts'
import { smoothing } from './batch-norm.ts'

interface NormOptions {
  /** Default 1e-5. */
  readonly epsilon?: number
}
/** Options of `layerNorm` and `rmsNorm`. */
export interface LayerNormOptions extends NormOptions {
  /**
   * How many axes, the last of a sample, are normalised together. Default: 1 for a sequence [T,d],
   * so that no place sees another, and all of them for any other sample.
   */
  readonly axes?: number
}
/** Options of `instanceNorm`. */
export type InstanceNormOptions = NormOptions
/** Options of `groupNorm`. */
export interface GroupNormOptions extends NormOptions {
  /** How many groups the channels are split into; as many as channels: instance normalisation. */
  readonly groups: number
}

/**
 * `layerNorm()` (Ba, Kiros & Hinton, 2016): each sample over its last axes; γ and β have the
 * lengths of those.
 */
export const layerNorm = (options: LayerNormOptions = {}): Layer =>
  overLastAxes('layerNorm', options, ['γ', 'β'], normalised)

/** `rmsNorm()` (Zhang & Sennrich, 2019): γ x/√(mean of x² + ε) over the last axes of a sample. */
export const rmsNorm = (options: LayerNormOptions = {}): Layer =>
  overLastAxes('rmsNorm', options, ['γ'], (x, axes, { epsilon, recorder, tag }) =>
    scaledBy(meanOver(square(x), axes), x, { epsilon, recorder, tag }),
  )

const SYNONYMS = { eps: 'epsilon', normalized_shape: 'axes', normalizedShape: 'axes', axis: 'axes' }

function overLastAxes(
  kind: string,
  options: LayerNormOptions,
  letters: readonly string[],
  normalise: (x: Node, axes: readonly number[], parts: Parts) => Node,
): Layer {
  const given = readOptions(kind, options, ['epsilon', 'axes'], SYNONYMS)
  const { epsilon = 1e-5 } = given
  requireEpsilon(kind, epsilon)
  if (given.axes !== undefined) requireCount(kind, 'axes', given.axes)
  const normal = (sample: Shape): Shape => {
    const count = given.axes ?? (sample.length === 2 ? 1 : sample.length)
    if (count <= sample.length) return sample.slice(sample.length - count)
    throw new NetworkError(`${kind}: axes is ${count}, and a sample [${sample}] has fewer`)
  }
  return {
    kind,
    options,
    record(x, recorder) {
      const shape = normal(sampleShape(x, recorder))
      const axes = shape.map((_, k) => k - shape.length)
      const parts = { epsilon, recorder, tag: recorder.tag() }
      return affine(normalise(x, axes, parts), shape, parts, letters)
    },
    work: (_, from) => {
      const size = sizeOf(normal(from))
      const sees = given.axes === undefined ? from.length !== 2 : given.axes === from.length
      const counted = letters.map(() => size).join('+')
      return { parameters: `${letters.join(', ')} = ${counted}`, ...(sees && { global: true }) }
    },
  }
}

/**
 * `groupNorm({ groups: 2 })` (Wu & He, 2018): [C,H,W] or [n] samples, each group of C/groups
 * channels over all of its entries; γ and β are per channel.
 */
export function groupNorm(options: GroupNormOptions): Layer {
  const given = readOptions('groupNorm', options, ['groups', 'epsilon'], {
    ...ELSEWHERE,
    eps: 'epsilon',
    num_groups: 'groups',
    numGroups: 'groups',
  })
  const { epsilon = 1e-5 } = given
  requireCount('groupNorm', 'groups', given.groups)
  return inGroups('groupNorm', options, epsilon, given.groups)
}

/** `instanceNorm()` (Ulyanov et al., 2016): each channel of each sample by itself. */
export function instanceNorm(options: InstanceNormOptions = {}): Layer {
  const synonyms = { ...ELSEWHERE, eps: 'epsilon' }
  const { epsilon = 1e-5 } = readOptions('instanceNorm', options, ['epsilon'], synonyms)
  return inGroups('instanceNorm', options, epsilon)
}

/** Without a number of groups, as many as channels. */
function inGroups(kind: string, options: object, epsilon: number, count?: number): Layer {
  requireEpsilon(kind, epsilon)
  return {
    kind,
    options,
    record(x, recorder) {
      const [channels = 1, ...map] = sampleShape(x, recorder)
      const groups = count ?? channels
      if (channels % groups !== 0) {
        throw new NetworkError(`${kind}: ${channels} channels do not split into ${groups} groups`)
      }
      const lead = recorder.batch === null ? [] : [recorder.batch]
      const grouped = reshape(x, [...lead, groups, channels / groups, ...map])
      const parts = { epsilon, recorder, tag: recorder.tag() }
      const within = [channels, ...map].map((_, k) => lead.length + 1 + k)
      const scaled = normalised(grouped, within, parts, x.shape)
      return affine(scaled, [channels, ...map.map(() => 1)], parts)
    },
    work: (_, [channels = 1]) => ({ parameters: `γ, β = ${channels}+${channels}`, global: true }),
  }
}

/** What the parts of a normalisation are named by. */
interface Parts {
  readonly epsilon: number
  readonly recorder: Recorder
  readonly tag: string
}

/** x̂ = (x − μ)/√(v + ε) in the given shape, its μ, v and x̂ named: x is called z. */
function normalised(x: Node, axes: readonly number[], parts: Parts, shape = x.shape): Node {
  const mu = statistic(meanOver(x, axes), 'μ', parts)
  const centred = sub(x, mu)
  return scaledBy(statistic(meanOver(square(centred), axes), 'v', parts), centred, parts, shape)
}

const scaledBy = (
  variance: Node,
  x: Node,
  { epsilon, recorder, tag }: Parts,
  shape = x.shape,
): Node => {
  const scaled = div(x, sqrt(add(variance, smoothing(epsilon, recorder))))
  return recorder.name(reshape(scaled, shape), 'ẑ', tag)
}

const meanOver = (x: Node, axes: readonly number[]): Node =>
  mean(x, { axes, keepDims: axes.length < x.shape.length })

/** By letters for the axes that are left: s of a batch, t of the places or groups. */
const statistic = (node: Node, base: string, { recorder, tag }: Parts): Node => {
  const kept = node.shape.filter((length) => length > 1).length
  const isSample = recorder.batch !== null && recorder.batch > 1
  const letters = ['', ...(isSample ? ['s', 'st', 'stu'] : ['t', 'tu', 'tuv'])][kept] ?? ''
  return recorder.part(node, `${base}^{${tag}}${letters ? `_{${letters}}` : ''}`)
}

/** γ x̂ + β, or γ x̂: each of the given shape, but for axes of length 1 at its end. */
function affine(
  x: Node,
  shape: Shape,
  { recorder, tag }: Parts,
  letters = ['γ', 'β'] as readonly string[],
) {
  const own = shape.slice(0, 1 + shape.findLastIndex((length, axis) => axis === 0 || length > 1))
  const axes = (['', 'n', 'ij', 'kij'] as const)[own.length] ?? ''
  const trained = (base: string, fill: number): Node =>
    reshape(recorder.parameter(base, tag, ['', axes], own, { fill }), shape)
  const [gamma, beta] = letters.map((letter) => trained(letter, letter === 'γ' ? 1 : 0))
  const scaled = mul(x, gamma!)
  return recorder.name(beta ? add(scaled, beta) : scaled, 'z', tag)
}

function requireEpsilon(kind: string, epsilon: unknown): void {
  if (typeof epsilon === 'number' && epsilon > 0) return
  throw new NetworkError(`${kind}: epsilon is ${show(epsilon)}; it must be above 0`)
}
