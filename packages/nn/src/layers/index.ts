// Every layer, by the name that it has in networks and in files.
export {
  activate,
  elu,
  flatten,
  gelu,
  leakyRelu,
  relu,
  sigmoid,
  silu,
  softmax,
  softplus,
  tanh,
} from './activations.ts'
export { type AttentionOptions, attention } from './attention.ts'
export { type BatchNormOptions, batchNorm } from './batch-norm.ts'
export { inception, residual } from './blocks.ts'
export { type ConvLayerOptions, conv } from './conv.ts'
export { type ConvTransposeLayerOptions, convTranspose } from './conv-transpose.ts'
export { type DenseLayerOptions, dense } from './dense.ts'
export { dropout } from './dropout.ts'
export { type EmbeddingOptions, embedding } from './embedding.ts'
export { NetworkError } from './errors.ts'
export {
  type GroupNormOptions,
  groupNorm,
  type LayerNormOptions,
  layerNorm,
  rmsNorm,
} from './feature-norm.ts'
export type { Initial, Layer, Recorder, Window, Work } from './layer.ts'
export {
  avgPool,
  l2Pool,
  maxPool,
  medianPool,
} from './pool.ts'
export { gru, lstm, type RecurrentOptions, simpleRnn } from './recurrent.ts'
export { globalAvgPool, globalMaxPool, upsample } from './resize.ts'
