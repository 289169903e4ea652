// Samples as lines of separated values, through papaparse: quotes, separators, names of columns,
// the class in the first, the last or a named column, as a number or as text.
import { readOptions, show } from '@backprove/graph'
import Papa from 'papaparse'
import { dataset, MAX_CLASSES, sizeOf } from '../dataset.ts'
import { DataError } from '../errors.ts'
import type { Dataset, ImageShape } from '../images.ts'
import { attempt, decompressed, readContent, requireBytes } from '../node.ts'
import { kindOf } from './kind.ts'

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
  /** What stands before the fraction of a number: '.' (default), or ',' as in 2,5. */
  readonly decimal?: '.' | ','
  /** The number of classes; by default the largest label plus one, or that of the texts. */
  readonly classes?: number
}

// No two parts of this pattern can match the same digits, so it takes linear time.
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i
const OPTIONS = [
  ...(['shape', 'divisor', 'header', 'label', 'targets', 'separator', 'decimal'] as const),
  'classes',
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
  readOptions(source === 'decodeCsv' ? source : 'loadCsv', options, OPTIONS, SYNONYMS)
  const { divisor = 1, targets: kind = 'classes', separator, decimal = '.' } = options
  if (!(Number.isFinite(divisor) && divisor !== 0)) {
    throw fail('divisor', `${divisor} cannot divide the values.`)
  }
  if (kind !== 'classes' && kind !== 'numbers') {
    throw fail('targets', `${show(kind)} is neither 'classes' nor 'numbers'.`)
  }
  if (decimal !== '.' && decimal !== ',') {
    throw fail('decimal', `${show(decimal)} is neither '.' nor ','.`)
  }
  if (
    separator !== undefined &&
    !(typeof separator === 'string' && /^[^"\r\n]+$/.test(separator))
  ) {
    throw fail('separator', `${show(separator)} separates nothing; it is text, such as ';'.`)
  }
  const text = attempt(source, 'file', 'it is no UTF-8; text that was decoded may be given', () =>
    withOneEnd(bytes ? textOf(decompressed(bytes, source)) : String(given)).trimEnd(),
  )
  const between = separator ?? separatorOf(text)
  if (decimal === between) throw fail('decimal', 'a comma separates the values of this file.')
  const rows = (visit: Visit) => eachRow(text, { ...options, separator: between }, fail, visit)
  let [count, columns, at] = [0, 0, -1]
  const seen = { text: false }
  const names = new Set<string>()
  // Every line is counted before an array is made. A line of c columns has at least c bytes, its
  // separators and its end, so that the arrays take less than four times the file.
  rows((fields, number, head) => {
    if (count++ === 0) {
      columns = fields.length
      at = labelColumn(options, head, columns, fail)
    }
    if (columns < 2) {
      const spaced = /\s/.test(fields[0]!) ? "; is { separator: ' ' } meant?" : '.'
      const hint = bytes && kindOf(bytes) ? `.${kindOf(bytes)}` : spaced
      throw fail(`line ${number}`, `a line needs a value and a label${hint}`)
    }
    if (fields.length === 1 && fields[0] === '') throw fail(`line ${number}`, 'it is empty.')
    if (fields.length !== columns) {
      const found = `it has ${fields.length} columns, and the first line ${columns}.`
      throw fail(`line ${number}`, found)
    }
    const label = fields[at]!
    if (!NUMBER.test(label) && label !== '') {
      seen.text = true
      const hint = /^[\d\s.,;|+-]+$/.test(label) && hintFor(label, decimal)
      if (hint && kind === 'classes') {
        throw fail(`line ${number}, column ${at + 1}`, `'${label}' is no label.${hint}`)
      }
    }
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
      const names = isHead ? ' A line of names needs { header: true }.' : ''
      const hint = hintFor(field, decimal) || names
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

const SYNONYMS = { delimiter: 'separator', sep: 'separator', target: 'label', scale: 'divisor' }

type Fail = (field: string, sentence: string) => DataError
/** A row's fields without the spaces around them, the number of its line, the names of columns. */
type Visit = (
  fields: readonly string[],
  number: number,
  head: readonly string[] | undefined,
) => void

function eachRow(
  text: string,
  { header = false, separator = ',', decimal = '.' }: CsvOptions,
  fail: Fail,
  visit: Visit,
) {
  let number = 0
  let head: readonly string[] | undefined
  // A number with another decimal sign than the point is none: 1.000,5 stays what it is.
  const plain = (field: string) =>
    decimal === '.' || field.includes('.') ? field : field.replace(',', '.')
  Papa.parse<string[]>(text, {
    delimiter: separator,
    step: ({ data, errors }) => {
      number++
      const [problem] = errors.filter(({ type }) => type === 'Quotes')
      if (problem) throw fail(`line ${number}`, `${problem.message}.`)
      const fields = data.map((field) => field.trim())
      if (!header || number > 1) visit(fields.map(plain), number, head)
      else if (fields.some((field) => NUMBER.test(field) && !Number.isInteger(Number(field))))
        throw fail('header', `line 1 holds numbers, such as ${fields[0]}, and no names.`)
      else head = fields
    },
  })
}

/** Text of UTF-8, or of UTF-16 where its mark says so, as spreadsheets write it. */
function textOf(bytes: Uint8Array): string {
  const mark = 256 * (bytes[0] ?? 0) + (bytes[1] ?? 0)
  const encoding = mark === 0xfffe ? 'utf-16le' : mark === 0xfeff ? 'utf-16be' : 'utf-8'
  return new TextDecoder(encoding, { fatal: true }).decode(bytes)
}

/** Lines that end in two ways, as where files were joined, end in one. */
const withOneEnd = (text: string): string =>
  /\r\n/.test(text) && /(^|[^\r])\n/.test(text) ? text.replaceAll('\r\n', '\n') : text

/** Lines by which a separator is told. */
const LOOKED_AT = 20

/**
 * What each of the first lines has as often, outside of quotes; a comma last, since it may stand
 * in numbers.
 */
function separatorOf(text: string): string {
  const lines = text
    .slice(0, 1e5)
    .replaceAll(/"[^"]*"/g, '')
    .split(/\r\n|\r|\n/, LOOKED_AT)
  // The last may be cut off.
  const whole = lines.length < LOOKED_AT ? lines : lines.slice(0, -1)
  const found = [';', '\t', '|'].find((sign) => {
    const [first = 0, ...others] = whole.map((line) => line.split(sign).length)
    return first > 1 && others.every((count) => count === first)
  })
  return found ?? ','
}

/** What else a field may be that holds digits and is no number. */
function hintFor(field: string, decimal: string): string {
  const sign = /,(?=.*,|\s*[^\d\s])|(?<=\d\s*)[;\t|](?=\s*[+-]?\d)/.exec(field)?.[0]
  if (sign) return ` The separator may be given: { separator: ${JSON.stringify(sign)} }.`
  if (/^[+-]?\d{1,3}([,.]\d{3})+$/.test(field)) return ' Digits stand without groups: 1000.'
  const isComma = decimal === '.' && /^[+-]?\d*,\d+$/.test(field)
  return isComma ? " A decimal comma needs { decimal: ',' }." : ''
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
  const place = ['0', '-1'].indexOf(`${label}`)
  const hint = place < 0 ? '' : ` Is '${['first', 'last'][place]}' meant?`
  throw fail('label', `no column is named ${show(label)}; ${may}.${hint}`)
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
  if (field === '') throw fail(place(), 'it is empty, where a label should be.')
  throw fail(place(), `'${field.slice(0, 40)}' is not a label 0 … ${MAX_CLASSES - 1}.`)
}

function defaultShape(pixels: number): ImageShape {
  const side = Math.round(Math.sqrt(pixels))
  return side * side === pixels ? [1, side, side] : [1, 1, pixels]
}
