// Activation layers, softmax among them: each names its value a^{tag} of the layer before.
import {
  flatten as flattenOp,
  type Node,
  relu as reluOp,
  sigmoid as sigmoidOp,
  softmax as softmaxOp,
  tanh as tanhOp,
} from '@backprove/graph'
import type { Layer } from './layer.ts'

const activation =
  (kind: string, op: (x: Node) => Node, gain = 1) =>
  (): Layer => ({
    kind,
    gain,
    record: (x, recorder) => recorder.name(op(x), 'a', recorder.currentTag),
  })

/** σ(z) = 1/(1 + e^{−z}). */
export const sigmoid = activation('sigmoid', sigmoidOp)
/** max(0, z). */
export const relu = activation('relu', reluOp, Math.SQRT2)
export const tanh = activation('tanh', tanhOp)
/** e^z / Σ e^z over the last axis; under `crossEntropy` the two are recorded as one. */
export const softmax = activation('softmax', (x) => softmaxOp(x))

/** A layer of any function of one node, such as one made by `activation(name, formula)`. */
export const activate = (fn: (x: Node) => Node): Layer => activation('activation', fn)()

/** One axis per sample: [C,H,W] → [C·H·W]. */
export const flatten = (): Layer => ({ kind: 'flatten', record: (x) => flattenOp(x) })
