// Every layer, by the name that it has in networks and in files.
export {
  activate,
  elu,
  flatten,
  gelu,
  hardSigmoid,
  hardSwish,
  hardTanh,
  leakyRelu,
  logSigmoid,
  mish,
  prelu,
  relu,
  relu6,
  reshape,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softsign,
  tanh,
} from './activations.ts'
export { inception, residual } from './blocks.ts'
export { type DenseLayerOptions, dense } from './dense.ts'
export { dropout } from './dropout.ts'
export { NetworkError } from './errors.ts'
export type { Initial, Layer, Recorder, Window, Work } from './layer.ts'
export { type ConvLayerOptions, conv } from './maps/conv.ts'
export { type ConvTransposeLayerOptions, convTranspose } from './maps/conv-transpose.ts'
export {
  avgPool,
  l2Pool,
  maxPool,
  medianPool,
} from './maps/pool.ts'
export {
  adaptiveAvgPool,
  globalAvgPool,
  globalMaxPool,
  type UpsampleLayerOptions,
  upsample,
  zeroPad,
} from './maps/resize.ts'
export { type BatchNormOptions, batchNorm } from './normal/batch-norm.ts'
export {
  type GroupNormOptions,
  groupNorm,
  type InstanceNormOptions,
  instanceNorm,
  type LayerNormOptions,
  layerNorm,
  rmsNorm,
} from './normal/feature-norm.ts'
export { type AttentionOptions, attention } from './sequence/attention.ts'
export { type Conv1dLayerOptions, conv1d } from './sequence/conv1d.ts'
export { type EmbeddingOptions, embedding } from './sequence/embedding.ts'
export { type PositionsOptions, positions } from './sequence/positions.ts'
export { gru, lstm, type RecurrentOptions, simpleRnn } from './sequence/recurrent.ts'
