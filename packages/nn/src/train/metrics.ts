// How good answers are, as plain functions: of numbers, of the k largest outputs, and class by
// class of a confusion matrix.
import { show } from '@backprove/graph'
import { requireCount, requireDataset, requireModel } from '../check.ts'
import type { Dataset } from '../data/images.ts'
import { NetworkError } from '../layers/errors.ts'
import type { Model } from '../model.ts'
import { accuracy, costOf, predict, type RunOptions, readRun } from './evaluate.ts'

/**
 * The coefficient of determination, 1 − Σ (t − y)²/Σ (t − t̄)², the mean over the outputs: 1 is
 * right, 0 no better than the mean t̄. An output whose targets are all one number counts 1 where it
 * is right and 0 elsewhere.
 * @throws NetworkError for a set without numbers as targets
 */
export function r2(model: Model, data: Dataset, options: RunOptions = {}): number {
  readRun('r2', options)
  requireModel('r2', model)
  requireDataset('r2', data)
  const { targets } = data
  if (!targets) throw new NetworkError('r2: the targets are classes; accuracy is of those')
  const answers = predict(model, data, options)
  const width = targets.length / data.labels.length
  const scores = Array.from({ length: width }, (_, k) => {
    const column = answers.map((_, row) => targets[row * width + k]!)
    const mean = column.reduce((sum, t) => sum + t, 0) / column.length
    const spread = column.reduce((sum, t) => sum + (t - mean) ** 2, 0)
    const missed = answers.reduce(
      (sum, { outputs }, row) => sum + (column[row]! - outputs[k]!) ** 2,
      0,
    )
    return spread === 0 ? (missed === 0 ? 1 : 0) : 1 - missed / spread
  })
  return scores.reduce((sum, score) => sum + score, 0) / width
}

/**
 * The share of samples whose label is among the k largest outputs; of equal outputs the first
 * count. @throws NetworkError for a k that is no whole number from 1
 */
export function topK(model: Model, data: Dataset, k: number, options: RunOptions = {}): number {
  readRun('topK', options)
  requireModel('topK', model)
  requireDataset('topK', data)
  requireCount('topK', 'k', k)
  const isAmong = (outputs: Float32Array, label: number): boolean => {
    const own = outputs[label]!
    const before = outputs.reduce(
      (n, y, at) => (y > own || (y === own && at < label) ? n + 1 : n),
      0,
    )
    return before < k
  }
  if (data.targets) throw new NetworkError('topK: the targets are numbers; r2 is of those')
  const found = predict(model, data, options).filter(({ outputs }, row) =>
    isAmong(outputs, data.labels[row]!),
  )
  return found.length / data.labels.length
}

type Counts = readonly (readonly number[])[]

/** Of what was called each class, the share that was; NaN for a class that nothing was called. */
export function precision(confusion: Counts): number[] {
  requireCounts('precision', confusion)
  return confusion.map((row, k) => row[k]! / confusion.reduce((sum, each) => sum + each[k]!, 0))
}

/** Of what was each class, the share that was called so; NaN for a class that has no sample. */
export function recall(confusion: Counts): number[] {
  requireCounts('recall', confusion)
  return confusion.map((row, k) => row[k]! / row.reduce((sum, n) => sum + n, 0))
}

/** The harmonic mean of precision and recall, 2pr/(p + r), class by class. */
export function f1(confusion: Counts): number[] {
  requireCounts('f1', confusion)
  return confusion.map((row, k) => {
    const called = confusion.reduce((sum, each) => sum + each[k]!, 0)
    return (2 * row[k]!) / (called + row.reduce((sum, n) => sum + n, 0))
  })
}

/** @throws NetworkError where these are no counts of each class as each class */
function requireCounts(what: string, counts: unknown): void {
  const isSquare =
    Array.isArray(counts) &&
    counts.every((row) => Array.isArray(row) && row.length === counts.length)
  if (isSquare && counts.flat().every((n) => typeof n === 'number')) return
  throw new NetworkError(
    `${what}: ${show(counts)} is no confusion matrix; confusionMatrix(model, data) makes one`,
  )
}

/** What {@link evaluate} finds. */
export interface Evaluation {
  /** The mean cost per sample. */
  readonly cost: number
  /** The share of right answers, where the targets are classes. */
  readonly accuracy?: number
  /** 1 − Σ (t − y)²/Σ (t − t̄)², where they are numbers. */
  readonly r2?: number
}

/** The mean cost, and how good the answers are. @throws NetworkError as `predict` does */
export function evaluate(model: Model, data: Dataset, options: RunOptions = {}): Evaluation {
  readRun('evaluate', options)
  requireModel('evaluate', model)
  requireDataset('evaluate', data)
  const cost = costOf(model, data, options)
  if (data.targets) return { cost, r2: r2(model, data, options) }
  return { cost, accuracy: accuracy(model, data, options) }
}
