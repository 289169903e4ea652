// A model at work: predictions, cost, accuracy and confusion over a set of images.
import { type Node, readOptions, show, type TypedArray } from '@backprove/graph'
import type { Program } from '@backprove/kernels'
import { requireCount, requireDataset, requireFit, requireModel } from '../check.ts'
import { flatSamples, imageShapeOf, type Samples } from '../data/arrays.ts'
import { batchOf } from '../data/dataset.ts'
import type { Dataset } from '../data/images.ts'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'
import { compileAny } from './any-program.ts'
import { requireFiniteModel, requireNumbers } from './non-finite.ts'
import { answerable, labelOf } from './outputs.ts'

/** Samples per run: enough to be fast, few enough to stay small. */
const CHUNK = 256

/** What the network says of one sample. */
export interface Prediction {
  /**
   * The class of the largest output, from 0; of a network of one output 1 where it is above the
   * middle, else 0.
   */
  readonly label: number
  /** The network's outputs, one for each class. */
  readonly outputs: Float32Array
}

/** How a model is run. */
export interface RunOptions {
  /** Default 1. The same bits for any number of them. */
  readonly threads?: number
  /** 'strict' (default), or 'relaxed': a fused multiply-add where the machine has one. */
  readonly precision?: 'strict' | 'relaxed'
}

/** The options of whatever runs a model. */
const RUN_OPTIONS = ['threads', 'precision'] as const

/** How a model is to be run. @throws OptionError, NetworkError for an option that says nothing */
export function readRun(what: string, options: RunOptions): void {
  requireRun(what, readOptions(what, options, RUN_OPTIONS))
}

/** @throws NetworkError where `threads` or `precision` is none */
export function requireRun(what: string, { threads = 1, precision }: RunOptions): void {
  requireCount(what, 'threads', threads)
  if ([undefined, 'strict', 'relaxed'].includes(precision)) return
  const may = "'strict' or 'relaxed' (rounding; numbers are float32)"
  throw new NetworkError(`${what}: precision is ${show(precision)}; it may be ${may}`)
}

/**
 * What the network says of each sample: of a dataset, of images or other tensors, of nested lists
 * [N,…], or of one flat array.
 */
export function predict(
  model: Model,
  images: Dataset | Samples,
  options: RunOptions = {},
): Prediction[] {
  readRun('predict', options)
  requireModel('predict', model)
  requireFiniteModel('predict', model)
  const flat = flatImages(model, images)
  const size = model.spec.input.reduce((a, b) => a * b, 1)
  if (flat.length % size !== 0) {
    throw new NetworkError(
      `predict: ${flat.length} values are no whole number of images [${model.spec.input}]`,
    )
  }
  const predictions: Prediction[] = []
  for (let from = 0; from < flat.length; from += CHUNK * size) {
    const chunk = flat.subarray(from, Math.min(from + CHUNK * size, flat.length)) as Float32Array
    const count = chunk.length / size
    const recorded = model.at(count)
    const outputs = compute(recorded, recorded.y, { x: chunk }, options)
    const units = outputs.length / count
    for (let k = 0; k < count; k++) {
      const own = outputs.slice(k * units, (k + 1) * units)
      requireNumbers('predict', from / size + k, own)
      predictions.push({ label: labelOf(model, own), outputs: own })
    }
  }
  return predictions
}

function flatImages(model: Model, images: Dataset | Samples): TypedArray {
  if (ArrayBuffer.isView(images)) return images
  if (Array.isArray(images) && images.length === 0) return new Float32Array(0)
  if (typeof images === 'string') {
    const how = 'predict(model, loadPng(path)), or loadJpeg'
    throw new NetworkError(`predict: ${show(images)} is text; an image is read first: ${how}`)
  }
  if (!Array.isArray(images) && !('data' in Object(images))) {
    requireDataset('predict', images)
    requireFit('predict', model, images.shape)
    return images.images
  }
  const { data, shape = [] } = flatSamples('predict', 'images', images as Samples)
  const { input } = model.spec
  const sample = shape.slice(1)
  // One sample alone may be given as it is.
  if (shape.join() === input.join()) return data
  if (sample.length <= 3) {
    requireFit('predict: image 0', model, imageShapeOf('predict', 'images', sample))
  }
  return data
}

/** The share of samples whose largest output is their label. */
export function accuracy(model: Model, data: Dataset, options: RunOptions = {}): number {
  readRun('accuracy', options)
  requireModel('accuracy', model)
  requireDataset('accuracy', data)
  requireFiniteModel('accuracy', model)
  if (data.targets) throw new NetworkError('accuracy: the targets are numbers; r2 is of those')
  const right = predict(model, data, options).filter(
    ({ label }, k) => label === data.labels[k],
  ).length
  return right / data.labels.length
}

/** The mean cost per sample. */
export function costOf(model: Model, given: Dataset, options: RunOptions = {}): number {
  readRun('costOf', options)
  requireModel('costOf', model)
  requireDataset('costOf', given)
  requireFiniteModel('costOf', model)
  const data = answerable('costOf', model, given)
  const samples = data.labels.length
  let total = 0
  for (let from = 0; from < samples; from += CHUNK) {
    const count = Math.min(CHUNK, samples - from)
    const batch = batchOf(
      data,
      Uint32Array.from({ length: count }, (_, k) => from + k),
    )
    const recorded = model.at(count)
    const feeds = { x: batch.images, t: batch.targets }
    total += compute(recorded, recorded.cost, feeds, options)[0]!
  }
  return total / samples
}

/** counts[actual][predicted]. */
export function confusionMatrix(model: Model, data: Dataset, options: RunOptions = {}): number[][] {
  readRun('confusionMatrix', options)
  requireModel('confusionMatrix', model)
  requireDataset('confusionMatrix', data)
  requireFiniteModel('confusionMatrix', model)
  if (data.targets) throw new NetworkError('confusionMatrix: the targets are numbers')
  const { classes } = data
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0))
  predict(model, data, options).forEach(({ label }, k) => {
    counts[data.labels[k]!]![label]!++
  })
  return counts
}

const programs = new WeakMap<Node, Map<string, Program<readonly [Node]>>>()

/** The value of one node of a recording, whose program is compiled once. */
export function compute(
  { values }: Model,
  node: Node,
  feeds: Record<string, TypedArray>,
  { threads = 1, precision = 'strict' }: RunOptions = {},
): Float32Array {
  const compiled = programs.get(node) ?? new Map<string, Program<readonly [Node]>>()
  programs.set(node, compiled)
  const key = `${threads} ${precision}`
  const program = compiled.get(key) ?? compileAny([node], { threads, precision })
  compiled.set(key, program)
  return program.run({ ...values, ...feeds })[0] as Float32Array
}
