// Images as comma-separated numbers, one image a line, its class in the last column.
// Numbers only: no quoting, no missing values.
import { readOptions } from '@backprove/graph'
import { type Dataset, dataset, type ImageShape, MAX_CLASSES, sizeOf } from './dataset.ts'
import { DataError } from './errors.ts'
import { decompressed, readContent, requireBytes } from './node.ts'

/** Options of {@link loadCsv} and {@link decodeCsv}. */
export interface CsvOptions {
  /** The shape of one image; by default [1,√n,√n] for n square, else [1,1,n]. */
  readonly shape?: ImageShape
  /** The value that becomes 1: every value is divided by it. 1 by default. */
  readonly divisor?: number
  /** Whether the first line holds column names and is passed over. */
  readonly header?: boolean
  /** The number of classes; by default the largest label plus one. */
  readonly classes?: number
}

// No two parts of this pattern can match the same digits, so it takes linear time.
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const NEWLINE = 0x0a

/**
 * The dataset of a csv file, plain or gzipped: each line an image's values, row by row, then its
 * label 0, 1, 2 … in the last column. The UCI digits: `loadCsv(path, { divisor: 16 })`.
 * Throws DataError naming the line and column of a value that is not a finite number, a line of
 * another length, or a label that is no class.
 */
export function loadCsv(path: string, options: CsvOptions = {}): Dataset {
  return decodeCsv(readContent(path), options, path)
}

/** As {@link loadCsv}, from the file's bytes. */
export function decodeCsv(
  given: Uint8Array,
  options: CsvOptions = {},
  source = 'decodeCsv',
): Dataset {
  const bytes = decompressed(requireBytes(given, source), source)
  const fail = (field: string, sentence: string) => new DataError(source, field, sentence)
  readOptions('loadCsv', options, ['shape', 'divisor', 'header', 'classes'])
  const { divisor = 1, header = false } = options
  if (!(Number.isFinite(divisor) && divisor !== 0)) {
    throw fail('divisor', `${divisor} cannot divide the values.`)
  }
  let count = 0
  let columns = 0
  // Every line is counted before an array is made. A line of c columns has at least c bytes, its
  // commas and its end, so that the arrays take less than four times the file.
  for (const { number, text } of linesOf(bytes, header)) {
    const found = columnsOf(text)
    if (count++ === 0) columns = found
    if (columns < 2) throw fail(`line ${number}`, 'a line needs a value and a label.')
    if (found !== columns) {
      throw fail(`line ${number}`, `it has ${found} columns, and the first line ${columns}.`)
    }
  }
  if (count === 0) throw fail('file', 'there is no line of numbers.')
  const pixels = columns - 1
  const shape = options.shape ?? defaultShape(pixels)
  if (sizeOf(shape) !== pixels) {
    throw fail('shape', `[${shape}] has ${sizeOf(shape)} values, and a line ${pixels}.`)
  }
  const images = new Float32Array(count * pixels)
  const labels = new Uint16Array(count)
  let row = 0
  for (const { number, text } of linesOf(bytes, header)) {
    let column = 0
    for (const field of fieldsOf(text)) {
      const value = NUMBER.test(field) ? Number(field) : Number.NaN
      const at = `line ${number}, column ${column + 1}`
      if (column < pixels) {
        const place = row * pixels + column
        images[place] = value / divisor
        if (!Number.isFinite(images[place])) {
          throw fail(at, `'${field.slice(0, 40)}' is not a finite 32-bit number.`)
        }
      } else {
        if (!Number.isInteger(value) || value < 0 || value >= MAX_CLASSES) {
          throw fail(at, `'${field.slice(0, 40)}' is not a label 0 … ${MAX_CLASSES - 1}.`)
        }
        labels[row] = value
      }
      column++
    }
    row++
  }
  const classes = options.classes ?? labels.reduce((a, b) => Math.max(a, b), 0) + 1
  return dataset({ images, labels, shape, classes }, source)
}

// One line after another, numbered from 1: a file's lines never stand in memory together.
// A byte-order mark, the header and blank lines at the end are passed over.
function* linesOf(bytes: Uint8Array, header: boolean): Generator<{ number: number; text: string }> {
  const decoder = new TextDecoder('latin1')
  let start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  let last = bytes.length
  while (last > start && bytes[last - 1]! <= 0x20) last--
  for (let number = 1; start < last; number++) {
    const newline = bytes.indexOf(NEWLINE, start)
    const end = newline < 0 || newline > last ? last : newline
    if (number > 1 || !header) yield { number, text: decoder.decode(bytes.subarray(start, end)) }
    start = end + 1
  }
}

function columnsOf(line: string): number {
  let count = 1
  for (let at = line.indexOf(','); at >= 0; at = line.indexOf(',', at + 1)) count++
  return count
}

function* fieldsOf(line: string): Generator<string> {
  let start = 0
  for (;;) {
    const comma = line.indexOf(',', start)
    yield line.slice(start, comma < 0 ? line.length : comma).trim()
    if (comma < 0) return
    start = comma + 1
  }
}

function defaultShape(pixels: number): ImageShape {
  const side = Math.round(Math.sqrt(pixels))
  return side * side === pixels ? [1, side, side] : [1, 1, pixels]
}
