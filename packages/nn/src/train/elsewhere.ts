// What other libraries have as an option of training, and is done otherwise here: the hint of the
// error that such an option is.

const ofOptimizer = 'it is the optimiser’s: adam({ rate: 0.001 })'
const clipping = 'an optimiser clips: clipByGlobalNorm(adam({ rate: 0.001 }), 1), clipByValue(…, 1)'
const laws =
  'the rate may follow a law: adam({ rate: schedules.cosine({ rate: 0.001, steps: 500 }) })'
const whole = 'a larger batchSize has the same gradient'
const part = 'validation is a dataset: split(data, { train: 0.8, dev: 0.2, test: 0 }) makes two'
const order = 'each epoch is in an order of its own, by seed'
const told =
  'cost and accuracy are told; evaluate, confusionMatrix, topK and r2 say more afterwards'
const weighed = 'the network weighs classes: costOptions: { weights: [1, 5] } of crossEntropy'
const engine = 'steps are WebAssembly on the processor; threads: 4 shares them'

/** By names in both spellings. */
export const TRAINING_ELSEWHERE: Readonly<Record<string, string>> = {
  ...{ learningRate: ofOptimizer, learning_rate: ofOptimizer, rate: ofOptimizer, lr: ofOptimizer },
  ...{ weightDecay: ofOptimizer, weight_decay: ofOptimizer, momentum: ofOptimizer },
  ...{ clipNorm: clipping, clipnorm: clipping, clipValue: clipping, clipvalue: clipping },
  ...{ gradientClip: clipping, gradientClipping: clipping, clip: clipping },
  ...{ maxGradNorm: clipping, max_grad_norm: clipping, gradient_clip_val: clipping },
  ...{ schedule: laws, scheduler: laws, lrScheduler: laws, lr_scheduler: laws },
  ...{ accumulate: whole, accumulation: whole, gradientAccumulation: whole },
  ...{ accumulate_grad_batches: whole, gradient_accumulation_steps: whole },
  ...{ validationSplit: part, validation_split: part },
  ...{ shuffle: order },
  ...{ metrics: told },
  ...{ classWeight: weighed, class_weight: weighed, classWeights: weighed },
  ...{ sampleWeight: weighed, sample_weight: weighed, sampleWeights: weighed },
  ...{ device: engine, gpu: engine, accelerator: engine },
  ...{ loss: 'the cost is the network’s', cost: 'the cost is the network’s' },
  ...{ initialEpoch: 'from: a checkpoint goes on where it ended', initial_epoch: 'from' },
  ...{ batch: 'batchSize', workers: 'threads', num_workers: 'threads' },
  ...{ maxEpochs: 'epochs', max_epochs: 'epochs', num_epochs: 'epochs' },
}
