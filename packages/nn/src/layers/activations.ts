// Activation layers, softmax among them: each names its value a^{tag} of the layer before.
import {
  activation as activationOf,
  elu as eluOp,
  flatten as flattenOp,
  type GeluOptions,
  gelu as geluOp,
  leakyRelu as leakyReluOp,
  type Node,
  readOptions,
  relu as reluOp,
  reshape,
  sigmoid as sigmoidOp,
  silu as siluOp,
  sizeOf,
  softmax as softmaxOp,
  softplus as softplusOp,
  tanh as tanhOp,
} from '@backprove/graph'
import { requireNumber } from '../check.ts'
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
export function activate(given: string | ((x: Node) => Node), formula = ''): Layer {
  if (typeof given === 'function') return activation('activate', given)
  return activation('activate', activationOf(given, formula), 1, { name: given, formula })
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
      return sample.length === 1 ? x : reshape(x, [...lead, sizeOf(sample)])
    },
  }
}
