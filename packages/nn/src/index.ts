// @backprove/nn: networks people build: layers, the book's CNN, data, training.

export { CheckpointError } from './checkpoint/errors.ts'
export { type LoadOptions, load, save } from './checkpoint/files.ts'
export { bfloatOf, halfOf } from './checkpoint/half.ts'
export {
  decodeSafetensors,
  encodeSafetensors,
  type SafetensorsContent,
  type Tensor,
  type TensorData,
} from './checkpoint/safetensors.ts'
export type { Samples, ShapedArray } from './data/arrays.ts'
export { type Augmentation, augment } from './data/augment.ts'
export { batches, batchOf, dataset, epochOrder, imageOf, oneHot, select } from './data/dataset.ts'
export { digits123 } from './data/digits123.ts'
export { DataError } from './data/errors.ts'
export { loadImageFolder } from './data/folder.ts'
export { type CsvOptions, decodeCsv, loadCsv } from './data/formats/csv.ts'
export { encodePng } from './data/formats/encode-png.ts'
export { decodeIdx, loadIdx } from './data/formats/idx.ts'
export { decodeJpeg, loadJpeg } from './data/formats/jpeg.ts'
export { decodePng, loadPng } from './data/formats/png.ts'
export type { Batch, Dataset, Image, ImageShape } from './data/images.ts'
export { fileReason } from './data/node.ts'
export { type NumbersParts, numbers } from './data/numbers.ts'
export { split } from './data/split.ts'
export {
  type CollectOptions,
  collect,
  readCsv,
  type Sample,
  type Source,
} from './data/streams.ts'
export { NothingToTrainError } from './layers/errors.ts'
export {
  type AttentionOptions,
  activate,
  adaptiveAvgPool,
  attention,
  avgPool,
  type BatchNormOptions,
  batchNorm,
  type Conv1dLayerOptions,
  type ConvLayerOptions,
  type ConvTransposeLayerOptions,
  conv,
  conv1d,
  convTranspose,
  type DenseLayerOptions,
  dense,
  dropout,
  type EmbeddingOptions,
  elu,
  embedding,
  flatten,
  type GroupNormOptions,
  gelu,
  globalAvgPool,
  globalMaxPool,
  groupNorm,
  gru,
  hardSigmoid,
  hardSwish,
  hardTanh,
  type Initial,
  type InstanceNormOptions,
  inception,
  instanceNorm,
  type Layer,
  type LayerNormOptions,
  l2Pool,
  layerNorm,
  leakyRelu,
  logSigmoid,
  lstm,
  maxPool,
  medianPool,
  mish,
  NetworkError,
  type PositionsOptions,
  positions,
  prelu,
  type Recorder,
  type RecurrentOptions,
  relu,
  relu6,
  reshape,
  residual,
  rmsNorm,
  selu,
  sigmoid,
  silu,
  simpleRnn,
  softmax,
  softplus,
  softsign,
  tanh,
  type UpsampleLayerOptions,
  upsample,
  type Window,
  type Work,
  zeroPad,
} from './layers/index.ts'
export type { Activation, Cost, Model, NetworkSpec, RecordedLayer } from './model.ts'
export { type BookCnnOptions, bookCnn } from './nets/book-cnn.ts'
export { type DigitNetOptions, leNet5, miniInception, miniResNet } from './nets/digit-nets.ts'
export { nets } from './nets/index.ts'
export { network } from './network.ts'
export {
  HEF,
  type Maps,
  type PictureOptions,
  picture,
  similarity,
  VEF,
  valuesAt,
} from './pictures.ts'
export { generator, RandomGenerator } from './random.ts'
export { type Schedule, schedules } from './schedules.ts'
export type { Summary, SummaryRow } from './summary-table.ts'
export type { Checkpoint, Plan } from './train/checkpoint.ts'
export {
  accuracy,
  confusionMatrix,
  costOf,
  type Prediction,
  predict,
  type RunOptions,
} from './train/evaluate.ts'
export { type EpochRecord, type FitOptions, type FitResult, fit } from './train/fit.ts'
export { describeHealth, type LayerHealth, watch } from './train/health.ts'
export { type Evaluation, evaluate, f1, precision, r2, recall, topK } from './train/metrics.ts'
export { NonFiniteError } from './train/non-finite.ts'
export { type AdagradOptions, adagrad } from './train/optimizers/adagrad.ts'
export { clipByGlobalNorm, clipByValue } from './train/optimizers/clipping.ts'
export {
  type AdamOptions,
  adam,
  adamw,
  type Optimizer,
  type SgdOptions,
  sgd,
} from './train/optimizers/optimizers.ts'
export type { ClosedForm, WeightDecay } from './train/optimizers/rate.ts'
export { type RmspropOptions, rmsprop } from './train/optimizers/rmsprop.ts'
export { type RecordedStep, recordStep } from './train/step.ts'
export { type TrainEvent, type TrainOptions, train } from './train/train.ts'
