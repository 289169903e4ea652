// A labelled set of images, and the few functions that select from it.
// It knows nothing of files, networks or training.
import { readOptions, show } from '@backprove/graph'
import { generator } from '../random.ts'
import { DataError } from './errors.ts'
import type { Batch, Dataset, Image, ImageShape } from './images.ts'
import { requireData } from './is-dataset.ts'
import { type DatasetParts, imagesOf, labelsOf } from './parts.ts'

/** The largest number of classes that labels of 16 bits can tell apart. */
export const MAX_CLASSES = 2 ** 16

const PARTS = ['images', 'labels', 'shape', 'classes', 'names', 'targets'] as const

/** A dataset of the given parts, once they fit together; otherwise a DataError names the part. */
export function dataset(parts: DatasetParts, file = 'dataset'): Dataset {
  // Labels as a second argument name no source.
  const source = typeof file === 'string' ? file : 'dataset'
  readOptions(source, parts, PARTS, { data: 'images', inputs: 'images', x: 'images', y: 'labels' })
  const fail = (field: string, sentence: string) => new DataError(source, field, sentence)
  if (parts === undefined) throw fail('parts', 'none are given; they are { images, labels, … }.')
  for (const field of ['images', 'labels', 'shape'] as const) {
    if (field === 'shape' && parts.shape === undefined) continue
    const given: unknown = parts[field]
    // Samples may be tensors too.
    const isList =
      Array.isArray(given) ||
      ArrayBuffer.isView(given) ||
      (field === 'images' && given !== null && typeof given === 'object')
    if (!isList) throw fail(field, `${show(parts[field])} is no list of numbers.`)
  }
  if (parts.shape === undefined && listLength(parts.images) === 0) {
    throw fail('images', 'there are none.')
  }
  const { images, shape } = imagesOf(parts, source)
  const { labels, names, classes } = labelsOf(parts)
  for (let i = 0; i < labels.length; i++) {
    const label: unknown = labels[i]
    if (Number.isInteger(label) && (label as number) >= 0) continue
    const place = Array.isArray(label) ? '; of a one-hot row, give the place of the 1' : ''
    throw fail('labels', `label ${show(label)} of image ${i} is no whole number from 0${place}.`)
  }
  const { targets } = parts
  if (shape.length !== 3 || !shape.every((length) => Number.isSafeInteger(length) && length > 0)) {
    throw fail('shape', `[${shape}] is not [channels, height, width], each at least 1.`)
  }
  if (!Number.isInteger(classes) || classes < 1 || classes > MAX_CLASSES) {
    throw fail('classes', `${classes} is not a number of classes (1 … ${MAX_CLASSES}).`)
  }
  if (names && names.length !== classes) {
    throw fail('names', `${names.length} names were given for ${classes} classes.`)
  }
  const expected = labels.length * sizeOf(shape)
  if (images.length !== expected) {
    throw fail(
      'images',
      `${labels.length} images of shape [${shape}] have ${expected} values, not ${images.length}.`,
    )
  }
  const pixel = firstNotFinite(images)
  if (pixel >= 0) {
    const size = sizeOf(shape)
    const [, height, width] = shape
    const inside = pixel % size
    const place = `channel ${Math.floor(inside / (height * width))}, row ${
      Math.floor(inside / width) % height
    }, column ${inside % width}`
    const image = Math.floor(pixel / size)
    throw fail('images', `pixel ${place} of image ${image} is ${images[pixel]}, no finite number.`)
  }
  for (let i = 0; i < labels.length; i++) {
    if (labels[i]! < classes) continue
    const from = labels.length > 0 && countFromOne(labels) ? ': they count from 0' : ''
    throw fail(
      'labels',
      `label ${labels[i]} of image ${i} is not one of 0 … ${classes - 1}${from}.`,
    )
  }
  if (targets) {
    const width = targets.length / labels.length
    if (!Number.isInteger(width) || width < 1) {
      throw fail(
        'targets',
        `${targets.length} numbers are not as many for each of ${labels.length}.`,
      )
    }
    const at = firstNotFinite(targets)
    if (at >= 0) throw fail('targets', `number ${at} is ${targets[at]}, no finite number.`)
  }
  const plain = { images, labels: Uint16Array.from(labels), shape, classes }
  return { ...plain, ...(names && { names }), ...(targets && { targets }) }
}

const listLength = (value: unknown): number | undefined =>
  Array.isArray(value) || ArrayBuffer.isView(value)
    ? (value as ArrayLike<unknown>).length
    : undefined

/** Whether no label is 0. */
export const countFromOne = (labels: ArrayLike<number>): boolean => !Array.from(labels).includes(0)

/** Its place, or −1. A loop: a function called for each is slow where little has run yet. */
function firstNotFinite(values: Float32Array): number {
  for (let k = 0; k < values.length; k++) if (!Number.isFinite(values[k])) return k
  return -1
}

/** The number of values of one image, C·H·W. */
export function sizeOf(shape: ImageShape): number {
  return shape[0] * shape[1] * shape[2]
}

/** Image `index` (from 0) as a view: no copy is made. */
export function imageOf(data: Dataset, index: number): Image {
  requireData('imageOf', data)
  const size = sizeOf(data.shape)
  if (!(Number.isInteger(index) && index >= 0 && index < data.labels.length)) {
    const count = data.labels.length
    throw new DataError('imageOf', 'index', `there is no image ${show(index)} among ${count}.`)
  }
  return { shape: data.shape, data: data.images.subarray(index * size, (index + 1) * size) }
}

/** The images at `indices`, copied in that order, as a dataset of the same classes. */
export function select(data: Dataset, indices: ArrayLike<number>): Dataset {
  requireData('select', data, indices)
  const size = sizeOf(data.shape)
  const images = new Float32Array(indices.length * size)
  const labels = new Uint16Array(indices.length)
  for (let i = 0; i < indices.length; i++) {
    images.set(imageOf(data, indices[i]!).data, i * size)
    labels[i] = data.labels[indices[i]!]!
  }
  const { targets } = data
  return { ...data, images, labels, ...(targets && { targets: rowsOf(data, targets, indices) }) }
}

function rowsOf({ labels }: Dataset, targets: Float32Array, indices: ArrayLike<number>) {
  const width = targets.length / labels.length
  const rows = new Float32Array(indices.length * width)
  for (let i = 0; i < indices.length; i++) {
    rows.set(targets.subarray(indices[i]! * width, (indices[i]! + 1) * width), i * width)
  }
  return rows
}

/** One-hot targets [N,classes], row-major: 1 in the column of the label, 0 elsewhere. */
export function oneHot(labels: ArrayLike<number>, classes: number): Float32Array {
  if (!Array.isArray(labels) && !ArrayBuffer.isView(labels)) {
    throw new DataError('oneHot', 'labels', `${show(labels)} is no list of labels.`)
  }
  if (!Number.isSafeInteger(classes) || classes < 1) {
    throw new DataError('oneHot', 'classes', `${show(classes)} is no whole number from 1.`)
  }
  const targets = new Float32Array(labels.length * classes)
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i]!
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new DataError('oneHot', 'labels', `label ${label} is not one of 0 … ${classes - 1}.`)
    }
    targets[i * classes + label] = 1
  }
  return targets
}

/**
 * The order in which an epoch visits n samples: a permutation that depends on seed and epoch
 * alone, so that training can resume in any epoch without replaying those before it.
 */
export function epochOrder(n: number, seed: number, epoch: number): Uint32Array {
  return generator(seed).fork(`epoch ${epoch}`).permutation(n)
}

/** Options of {@link batches}; `first` skips that many batches, to resume inside an epoch. */
export interface BatchesOptions {
  readonly batchSize: number
  readonly seed: number
  readonly epoch: number
  readonly first?: number
}

/** One epoch, batch by batch. The last batch is smaller where batchSize does not divide N. */
export function* batches(data: Dataset, options: BatchesOptions): Generator<Batch, void> {
  requireData('batches', data)
  const { batchSize, seed, epoch, first = 0 } = options
  if (!Number.isSafeInteger(batchSize) || batchSize < 1) {
    throw new DataError('batches', 'batchSize', `${batchSize} is not a number of samples.`)
  }
  const order = epochOrder(data.labels.length, seed, epoch)
  for (let start = first * batchSize; start < order.length; start += batchSize) {
    yield batchOf(data, order.slice(start, start + batchSize))
  }
}

/** The samples at `indices` as arrays to feed a network with. */
export function batchOf(data: Dataset, indices: Uint32Array): Batch {
  requireData('batchOf', data, indices)
  const { images, labels, classes, targets } = select(data, indices)
  return { images, targets: targets ?? oneHot(labels, classes), labels, indices }
}
