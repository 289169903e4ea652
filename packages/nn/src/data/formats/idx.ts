// IDX, the format of MNIST and its relatives: unsigned bytes behind a header of sizes.
// Other element types of the format are refused by name; nobody's images use them.
// https://yann.lecun.com/exdb/mnist (the format is described at the page's end)
import { readOptions } from '@backprove/graph'
import { dataset, sizeOf } from '../dataset.ts'
import { DataError } from '../errors.ts'
import type { Dataset, ImageShape } from '../images.ts'
import { node, readContent, requireBytes } from '../node.ts'

/** Unsigned bytes of any rank, row-major, as an IDX file holds them. */
export interface IdxArray {
  readonly shape: readonly number[]
  readonly data: Uint8Array
}

/** Options of {@link loadIdx}: where the labels are, when they are not beside the images. */
export interface IdxOptions {
  readonly labels?: string
  /** The number of classes; by default the largest label plus one. */
  readonly classes?: number
}

const TYPES: Readonly<Record<number, string>> = {
  8: 'unsigned byte',
  9: 'signed byte',
  11: 'short',
  12: 'int',
  13: 'float',
  14: 'double',
}
const UNSIGNED_BYTE = 0x08
const MAX_RANK = 4

/**
 * The array that the bytes of an IDX file describe, as a view of them: nothing is copied.
 * DataErrors name the field: `magic`, `type`, `rank`, `sizes` or `data`.
 */
export function decodeIdx(bytes: Uint8Array, source = 'decodeIdx'): IdxArray {
  const fail = (field: string, sentence: string) => new DataError(source, field, sentence)
  requireBytes(bytes, source)
  if (bytes.length < 4 || bytes[0] !== 0 || bytes[1] !== 0) {
    throw fail('magic', 'an IDX file begins with two zero bytes, a type and a rank.')
  }
  const [, , type = 0, rank = 0] = bytes
  if (type !== UNSIGNED_BYTE) {
    const name = TYPES[type] ?? 'unknown'
    throw fail('type', `the elements are of type 0x${type.toString(16)} (${name}), not bytes.`)
  }
  if (rank < 1 || rank > MAX_RANK) throw fail('rank', `${rank} is not a rank of 1 … ${MAX_RANK}.`)
  const start = 4 + 4 * rank
  if (bytes.length < start) throw fail('sizes', `the file ends within its ${rank} sizes.`)
  const header = new DataView(bytes.buffer, bytes.byteOffset, start)
  const shape = Array.from({ length: rank }, (_, axis) => header.getUint32(4 + 4 * axis))
  // At most (2³²)⁴: too large to be exact, but never mistaken for the length of a file.
  const expected = shape.reduce((product, length) => product * length, 1)
  const present = bytes.length - start
  if (expected !== present) {
    throw fail('data', `sizes ${shape.join('×')} need ${expected} bytes, and ${present} follow.`)
  }
  return { shape, data: bytes.subarray(start) }
}

/**
 * The images [N,H,W] or [N,C,H,W] and the labels [N] of two IDX files, plain or gzipped; bytes
 * 0 … 255 become 0 … 1. The labels of `train-images-idx3-ubyte` are looked for in
 * `train-labels-idx1-ubyte` beside it, with and without `.gz`, unless `labels` says where.
 *
 * The arrays returned take 4 bytes for each byte of the images' file and 2 for each label. Throws
 * DataError naming the file and the field.
 */
export function loadIdx(path: string, options: IdxOptions = {}): Dataset {
  readOptions('loadIdx', options, ['labels', 'classes'])
  const images = decodeIdx(readContent(path), path)
  const labelsPath = options.labels ?? labelsBeside(path)
  const labels = decodeIdx(readContent(labelsPath), labelsPath)
  const [count = 0, ...sizes] = images.shape
  if (sizes.length < 2) {
    throw new DataError(path, 'rank', `images have rank 3 or 4, not ${images.shape.length}.`)
  }
  if (labels.shape.length !== 1) {
    throw new DataError(labelsPath, 'rank', `labels have rank 1, not ${labels.shape.length}.`)
  }
  if (labels.data.length !== count) {
    const found = labels.data.length
    throw new DataError(labelsPath, 'sizes', `${found} labels do not suit ${count} images.`)
  }
  const [width = 0, height = 0, channels = 1] = sizes.reverse()
  const shape: ImageShape = [channels, height, width]
  if (count === 0 || sizeOf(shape) === 0) {
    throw new DataError(path, 'sizes', `${images.shape.join('×')} holds no pixel.`)
  }
  // A loop: `Float32Array.from` with a function first lists every number, forty bytes for each.
  const values = new Float32Array(images.data.length)
  for (let k = 0; k < values.length; k++) values[k] = images.data[k]! / 255
  const classes = options.classes ?? labels.data.reduce((a, b) => Math.max(a, b), 0) + 1
  return dataset({ images: values, labels: labels.data, shape, classes }, path)
}

function labelsBeside(path: string): string {
  const { fs, path: paths } = node(path)
  const name = paths.basename(path).replace('images', 'labels').replace('idx3', 'idx1')
  const beside = paths.join(paths.dirname(path), name)
  const plain = beside.replace(/\.gz$/, '')
  const candidates = [beside, plain, `${plain}.gz`]
  const found = candidates.find((candidate) => candidate !== path && fs.existsSync(candidate))
  if (found !== undefined) return found
  throw new DataError(path, 'labels', `no labels beside it (${plain}); name them with { labels }.`)
}
