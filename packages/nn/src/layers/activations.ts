// Activation layers, softmax among them: each names its value a^{tag} of the layer before.
import {
  activation as activationOf,
  flatten as flattenOp,
  type GeluOptions,
  gelu as geluOp,
  type Node,
  relu as reluOp,
  reshape,
  sigmoid as sigmoidOp,
  sizeOf,
  softmax as softmaxOp,
  tanh as tanhOp,
} from '@backprove/graph'
import { type Layer, sampleShape } from './layer.ts'

const activation = (kind: string, op: (x: Node) => Node, gain = 1, options?: object): Layer => ({
  kind,
  ...(options && { options }),
  record: (z, recorder) => recorder.activated(kind, z, op(z), gain),
})

/** σ(z) = 1/(1 + e^{−z}). Its slope is at most 1/4: the weights before it start twice as wide. */
export const sigmoid = (): Layer => activation('sigmoid', sigmoidOp, 2, {})
/** max(0, z). Half of its inputs are lost: the weights before it start √2 as wide (He, 2015). */
export const relu = (): Layer => activation('relu', reluOp, Math.SQRT2, {})
/** x Φ(x); half of its inputs are nearly lost, as relu's are. */
export const gelu = (options: GeluOptions = {}): Layer =>
  activation('gelu', (x) => geluOp(x, options), Math.SQRT2, options)
/** The layer that applies tanh entry by entry. */
export const tanh = (): Layer => activation('tanh', tanhOp, 1, {})
/** e^z / Σ e^z over the last axis; under `crossEntropy` the two are recorded as one. */
export const softmax = (): Layer => activation('softmax', (x) => softmaxOp(x), 1, {})

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
export const flatten = (): Layer => ({
  kind: 'flatten',
  options: {},
  record(x, recorder) {
    const sample = sampleShape(x, recorder)
    // The op takes images alone for samples of a batch.
    if (sample.length === 3) return flattenOp(x)
    const lead = recorder.batch === null ? [] : [recorder.batch]
    return sample.length === 1 ? x : reshape(x, [...lead, sizeOf(sample)])
  },
})
