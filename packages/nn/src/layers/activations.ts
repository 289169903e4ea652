// Activation layers, softmax among them: each names its value a^{tag} of the layer before.
import {
  activation as activationOf,
  add,
  elu as eluOp,
  flatten as flattenOp,
  type GeluOptions,
  gelu as geluOp,
  hardSigmoid as hardSigmoidOp,
  hardSwish as hardSwishOp,
  hardTanh as hardTanhOp,
  leakyRelu as leakyReluOp,
  logSigmoid as logSigmoidOp,
  minimum,
  mish as mishOp,
  mul,
  Node,
  readOptions,
  relu6 as relu6Op,
  relu as reluOp,
  reshape as reshapeOp,
  selu as seluOp,
  show,
  sigmoid as sigmoidOp,
  silu as siluOp,
  sizeOf,
  softmax as softmaxOp,
  softplus as softplusOp,
  softsign as softsignOp,
  tanh as tanhOp,
} from '@backprove/graph'
import { requireNumber } from '../check.ts'
import { NetworkError } from './errors.ts'
import { type Layer, sampleShape } from './layer.ts'

/** No option: any that is given is refused. */
type None = Readonly<Record<string, never>>

/** An activation without options. */
function plain(kind: string, given: None, op: (x: Node) => Node, gain = 1): Layer {
  readOptions(kind, given, [])
  return activation(kind, op, gain, {})
}

const activation = (kind: string, op: (x: Node) => Node, gain = 1, options?: object): Layer => ({
  kind,
  ...(options && { options }),
  record: (z, recorder) => recorder.activated(kind, z, op(z), gain),
})

/** σ(z) = 1/(1 + e^{−z}). Its slope is at most 1/4: the weights before it start twice as wide. */
export const sigmoid = (options: None = {}): Layer => plain('sigmoid', options, sigmoidOp, 2)
/** max(0, z). Half of its inputs are lost: the weights before it start √2 as wide (He, 2015). */
export const relu = (options: None = {}): Layer => plain('relu', options, reluOp, Math.SQRT2)
/** x Φ(x); half of its inputs are nearly lost, as relu's are. */
export function gelu(options: GeluOptions = {}): Layer {
  readOptions('gelu', options, ['approximate'])
  return activation('gelu', (x) => geluOp(x, options), Math.SQRT2, options)
}
/** z where it is positive, else slope · z, 0.01 z by default. */
export function leakyRelu(options: { readonly slope?: number } = {}): Layer {
  const synonyms = { alpha: 'slope', negativeSlope: 'slope', negative_slope: 'slope' }
  const { slope = 0.01 } = readOptions('leakyRelu', options, ['slope'], synonyms)
  requireNumber('leakyRelu', 'slope', slope)
  const gain = Math.sqrt(2 / (1 + slope ** 2))
  return activation('leakyRelu', (x) => leakyReluOp(x, { slope }), gain, options)
}
/** z where it is positive, else α(e^z − 1); α is 1 by default (Clevert et al., 2016). */
export function elu(options: { readonly alpha?: number } = {}): Layer {
  const { alpha = 1 } = readOptions('elu', options, ['alpha'])
  requireNumber('elu', 'alpha', alpha)
  return activation('elu', (x) => eluOp(x, { alpha }), Math.SQRT2, options)
}
/** z σ(z), also called swish. */
export const silu = (options: None = {}): Layer => plain('silu', options, siluOp, Math.SQRT2)
/** log(1 + e^z), a relu without a kink. */
export const softplus = (options: None = {}): Layer =>
  plain('softplus', options, (x) => softplusOp(x), Math.SQRT2)
/** min(max(z, 0), 6). */
export const relu6 = (options: None = {}): Layer => plain('relu6', options, relu6Op, Math.SQRT2)
/** λ z where it is positive, else λ α (e^z − 1): from mean 0 and variance 1 to the same. */
export const selu = (options: None = {}): Layer => plain('selu', options, seluOp)
/** z tanh(log(1 + e^z)). */
export const mish = (options: None = {}): Layer => plain('mish', options, mishOp, Math.SQRT2)
/** min(max(z + 3, 0), 6)/6, a sigmoid of straight lines. */
export const hardSigmoid = (options: None = {}): Layer =>
  plain('hardSigmoid', options, hardSigmoidOp, 2)
/** z min(max(z + 3, 0), 6)/6, a silu of straight lines. */
export const hardSwish = (options: None = {}): Layer =>
  plain('hardSwish', options, hardSwishOp, Math.SQRT2)
/** min(max(z, −1), 1), a tanh of straight lines. */
export const hardTanh = (options: None = {}): Layer => plain('hardTanh', options, hardTanhOp)
/** z/(1 + |z|). */
export const softsign = (options: None = {}): Layer => plain('softsign', options, softsignOp)
/** log σ(z). */
export const logSigmoid = (options: None = {}): Layer => plain('logSigmoid', options, logSigmoidOp)
/** z where it is positive, else α z, α trained: one for each channel, 1/4 at first (He, 2015). */
export function prelu(options: None = {}): Layer {
  readOptions('prelu', options, [])
  return {
    kind: 'prelu',
    options,
    record(z, recorder) {
      const [channels = 1, ...map] = sampleShape(z, recorder)
      const tag = recorder.currentTag
      const alpha = recorder.parameter('α', tag, ['', 'k'], [channels], { fill: 0.25 })
      const slopes = reshapeOp(alpha, [channels, ...map.map(() => 1)])
      return recorder.activated('prelu', z, add(reluOp(z), mul(slopes, minimum(z, 0))), Math.SQRT2)
    },
    work: (_, [channels = 1]) => ({ parameters: `α = ${channels}` }),
  }
}
/** The layer that applies tanh entry by entry. */
export const tanh = (options: None = {}): Layer => plain('tanh', options, tanhOp)
/** e^z / Σ e^z over the last axis; under `crossEntropy` the two are recorded as one. */
export const softmax = (options: None = {}): Layer => plain('softmax', options, (x) => softmaxOp(x))

/**
 * An activation of one's own: a formula in x, as `activation(name, formula)` takes it, or any
 * function of one node. A formula can be saved with the network; a function cannot.
 */
export function activate(name: string, formula: string): Layer
export function activate(fn: (x: Node) => Node): Layer
export function activate(given: string | ((x: Node) => Node), formula?: string): Layer {
  if (typeof given === 'function') {
    return activation('activate', (x) => {
      const made: unknown = given(x)
      if (made instanceof Node) return made
      throw new NetworkError(`activate: the function makes ${show(made)} of a node, and no node`)
    })
  }
  if (formula === undefined) {
    const one = "activate('bent', '(sqrt(x^2 + 1) - 1)/2 + x')"
    throw new NetworkError(`activate: ${show(given)} has no formula, as in ${one}`)
  }
  return activation('activate', activationOf(given, formula), 1, { name: given, formula })
}

/** `reshape({ shape: [8, 6, 6] })`: the same values of a sample, row by row, in another shape. */
export function reshape(options: { readonly shape: readonly number[] }): Layer {
  const given = readOptions('reshape', options, ['shape'], { target_shape: 'shape' })
  const { shape } = given
  if (!Array.isArray(shape) || !shape.every((n) => Number.isSafeInteger(n) && n >= 1)) {
    const may = 'a list of whole numbers from 1, such as [8, 6, 6]'
    throw new NetworkError(`reshape: shape is ${show(shape)}; it must be ${may}`)
  }
  return {
    kind: 'reshape',
    options,
    record(x, recorder) {
      const sample = sampleShape(x, recorder)
      if (sizeOf(sample) !== sizeOf(shape)) {
        const counts = `${sizeOf(sample)} values do not fill [${shape}]`
        throw new NetworkError(`reshape: a sample is [${sample}]; its ${counts}`)
      }
      return reshapeOp(x, recorder.batch === null ? shape : [recorder.batch, ...shape])
    },
  }
}

/** One axis per sample: [C,H,W] → [C·H·W], [T,d] → [T·d]. */
export function flatten(options: None = {}): Layer {
  readOptions('flatten', options, [])
  return {
    kind: 'flatten',
    options: {},
    record(x, recorder) {
      const sample = sampleShape(x, recorder)
      // The op takes images alone for samples of a batch.
      if (sample.length === 3) return flattenOp(x)
      const lead = recorder.batch === null ? [] : [recorder.batch]
      return sample.length === 1 ? x : reshapeOp(x, [...lead, sizeOf(sample)])
    },
  }
}
