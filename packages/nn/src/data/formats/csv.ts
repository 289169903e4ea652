// Samples as lines of separated values, through papaparse: quotes, separators, names of columns,
// the class in the first, the last or a named column, as a number or as text.
import { readOptions, show } from '@backprove/graph'
import Papa from 'papaparse'
import { type Dataset, dataset, type ImageShape, MAX_CLASSES, sizeOf } from '../dataset.ts'
import { DataError } from '../errors.ts'
import { attempt, decompressed, readContent, requireBytes } from '../node.ts'

/** Options of {@link loadCsv} and {@link decodeCsv}. */
export interface CsvOptions {
  /** The shape of one image; by default [1,√n,√n] for n square, else [1,1,n]. */
  readonly shape?: ImageShape
  /** The value that becomes 1: every value is divided by it. 1 by default. */
  readonly divisor?: number
  /** Whether the first line holds column names and is passed over. */
  readonly header?: boolean
  /** Where the label stands: the first or last column, or that of a name. 'last' by default. */
  readonly label?: 'first' | 'last' | (string & {})
  /** What a label is: a class (default), or a number that is to be met, for regression. */
  readonly targets?: 'classes' | 'numbers'
  /** What separates values; by default whichever of , ; tab and | the first lines have. */
  readonly separator?: string
  /** The number of classes; by default the largest label plus one, or that of the texts. */
  readonly classes?: number
}

// No two parts of this pattern can match the same digits, so it takes linear time.
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const OPTIONS = [
  ...(['shape', 'divisor', 'header', 'label', 'targets', 'separator', 'classes'] as const),
] as const

/**
 * The dataset of a csv file, plain or gzipped: each line an image's values, row by row, and its
 * label, 0, 1, 2 … or text, whose classes are in the order of the alphabet. The UCI digits:
 * `loadCsv(path, { divisor: 16 })`; MNIST as csv: `{ label: 'first', divisor: 255 }`.
 * Throws DataError naming the line and column of a value that is not a finite number, a line of
 * another length, or a label that is no class.
 */
export function loadCsv(path: string, options: CsvOptions = {}): Dataset {
  return decodeCsv(readContent(path), options, path)
}

/** As {@link loadCsv}, from the file's bytes or its text. */
export function decodeCsv(
  given: Uint8Array | string,
  options: CsvOptions = {},
  source = 'decodeCsv',
): Dataset {
  const bytes = typeof given === 'string' ? undefined : requireBytes(given, source)
  const fail = (field: string, sentence: string) => new DataError(source, field, sentence)
  readOptions('loadCsv', options, OPTIONS)
  const { divisor = 1, targets: kind = 'classes' } = options
  if (!(Number.isFinite(divisor) && divisor !== 0)) {
    throw fail('divisor', `${divisor} cannot divide the values.`)
  }
  if (kind !== 'classes' && kind !== 'numbers') {
    throw fail('targets', `${show(kind)} is neither 'classes' nor 'numbers'.`)
  }
  const { separator } = options
  if (
    separator !== undefined &&
    !(typeof separator === 'string' && /^[^"\r\n]+$/.test(separator))
  ) {
    throw fail('separator', `${show(separator)} separates nothing; it is text, such as ';'.`)
  }
  const text = attempt(source, 'file', 'cannot be read as text', () =>
    (bytes ? new TextDecoder().decode(decompressed(bytes, source)) : String(given)).trimEnd(),
  )
  const rows = (visit: Visit) => eachRow(text, options, fail, visit)
  let count = 0
  let columns = 0
  const seen = { text: false }
  let at = -1
  const names = new Set<string>()
  // Every line is counted before an array is made. A line of c columns has at least c bytes, its
  // separators and its end, so that the arrays take less than four times the file.
  rows((fields, number, head) => {
    if (count++ === 0) {
      columns = fields.length
      at = labelColumn(options, head, columns, fail)
    }
    if (columns < 2) throw fail(`line ${number}`, 'a line needs a value and a label.')
    if (fields.length !== columns) {
      const found = `it has ${fields.length} columns, and the first line ${columns}.`
      throw fail(`line ${number}`, found)
    }
    const label = fields[at]!
    if (!NUMBER.test(label) && label !== '') seen.text = true
    if (names.size <= MAX_CLASSES) names.add(label)
  })
  if (count === 0) throw fail('file', 'there is no line of numbers.')
  const isText = seen.text
  const pixels = columns - 1
  const shape = options.shape ?? defaultShape(pixels)
  if (sizeOf(shape) !== pixels) {
    throw fail('shape', `[${shape}] has ${sizeOf(shape)} values, and a line ${pixels}.`)
  }
  const images = new Float32Array(count * pixels)
  const labels = new Uint16Array(count)
  const targets = kind === 'numbers' ? new Float32Array(count) : undefined
  const called = isText ? [...names].sort() : []
  if (called.length > MAX_CLASSES) throw fail('file', `it has more than ${MAX_CLASSES} classes.`)
  const classOf = new Map(called.map((name, k) => [name, k]))
  let row = 0
  rows((fields, number) => {
    const place = (column: number) => `line ${number}, column ${column + 1}`
    const asNumber = (column: number, scale: number): number => {
      const field = fields[column]!
      const value = Math.fround((NUMBER.test(field) ? Number(field) : Number.NaN) / scale)
      if (Number.isFinite(value)) return value
      const isHead = row === 0 && !options.header && !fields.some((each) => NUMBER.test(each))
      const hint = isHead ? ' A line of names needs { header: true }.' : ''
      if (field === '') throw fail(place(column), 'it is empty, where a number should be.')
      throw fail(place(column), `'${field.slice(0, 40)}' is not a finite 32-bit number.${hint}`)
    }
    for (let column = 0, to = row * pixels; column < columns; column++) {
      if (column !== at) images[to++] = asNumber(column, divisor)
    }
    if (targets) targets[row] = asNumber(at, 1)
    else labels[row] = labelOf(fields[at]!, isText ? classOf : undefined, () => place(at), fail)
    row++
  })
  const parts = { images, labels, shape }
  if (targets) return dataset({ ...parts, classes: 1, targets }, source)
  const largest = labels.reduce((a, b) => Math.max(a, b), 0)
  const classes = options.classes ?? (isText ? called.length : largest + 1)
  const isNamed = isText && classes === called.length
  return dataset({ ...parts, classes, ...(isNamed && { names: called }) }, source)
}

type Fail = (field: string, sentence: string) => DataError
/** A row's fields without the spaces around them, the number of its line, the names of columns. */
type Visit = (
  fields: readonly string[],
  number: number,
  head: readonly string[] | undefined,
) => void

function eachRow(
  text: string,
  { header = false, separator = '' }: CsvOptions,
  fail: Fail,
  visit: Visit,
) {
  let number = 0
  let head: readonly string[] | undefined
  Papa.parse<string[]>(text, {
    delimiter: separator,
    delimitersToGuess: [',', ';', '\t', '|'],
    step: ({ data, errors }) => {
      number++
      const [problem] = errors.filter(({ type }) => type === 'Quotes')
      if (problem) throw fail(`line ${number}`, `${problem.message}.`)
      const fields = data.map((field) => field.trim())
      if (header && number === 1) head = fields
      else visit(fields, number, head)
    },
  })
}

function labelColumn(
  { label = 'last' }: CsvOptions,
  head: readonly string[] | undefined,
  columns: number,
  fail: Fail,
): number {
  const named = head?.indexOf(label) ?? -1
  if (named >= 0) return named
  if (label === 'last') return columns - 1
  if (label === 'first') return 0
  const may = head ? `there are ${head.slice(0, 20).join(', ')}` : 'names need { header: true }'
  throw fail('label', `no column is named ${show(label)}; ${may}.`)
}

function labelOf(
  field: string,
  names: ReadonlyMap<string, number> | undefined,
  place: () => string,
  fail: Fail,
): number {
  const value = names ? names.get(field) : NUMBER.test(field) ? Number(field) : undefined
  const isLabel = Number.isInteger(value) && value! >= 0 && value! < MAX_CLASSES && field !== ''
  if (isLabel) return value!
  throw fail(place(), `'${field.slice(0, 40)}' is not a label 0 … ${MAX_CLASSES - 1}.`)
}

function defaultShape(pixels: number): ImageShape {
  const side = Math.round(Math.sqrt(pixels))
  return side * side === pixels ? [1, side, side] : [1, 1, pixels]
}
