// The data that `train` and `predict` are given: a name, a csv, or a folder of images.
import { statSync } from 'node:fs'
import { nearNames } from '@backprove/graph'
import { DataError, type Dataset, digits123, loadCsv, loadImageFolder } from '@backprove/nn'
import { type Command, Option } from 'commander'
import { number, UsageError, wholeNumber } from './shell.ts'

/** What `--data` may be. */
const DATA = `digits123; a csv of values and a label each line, plain or gzipped; or a folder with a
folder of PNG or JPEG images for each class`.replace('\n', ' ')

/** The options of {@link withData}. */
export interface DataOptions {
  readonly data: string
  readonly divisor?: number
  readonly header?: boolean
  readonly label?: string
}

/** The command with the options that say what the data is. */
export const withData = (command: Command): Command =>
  command
    .requiredOption('--data <file>', DATA)
    .option(
      '--divisor <n>',
      'the value that is black in a csv (default: the largest)',
      number('--divisor'),
    )
    .option('--header', 'the first line of the csv has the names of its columns')
    .option('--label <where>', 'first, last, or the name of the column of labels (default: last)')

/** The options of {@link withRun}. */
export interface HowToRun {
  readonly threads: number
  readonly precision: 'strict' | 'relaxed'
}

/** The command with the options that say how a model is run. */
export const withRun = (command: Command): Command =>
  command
    .option('--threads <n>', 'to compute with', wholeNumber('--threads', { least: 1 }), 1)
    .addOption(
      new Option('--precision <how>', 'relaxed: other last bits, where that is faster')
        .choices(['strict', 'relaxed'])
        .default('strict'),
    )

/** What the reader says of its options is said of those of the command. */
function csvFrom(path: string, options: Parameters<typeof loadCsv>[1]): Dataset {
  try {
    return loadCsv(path, options)
  } catch (error) {
    if (!(error instanceof DataError)) throw error
    throw new UsageError(error.message.replace('{ header: true }', '--header'))
  }
}

/** The data that the options name, a csv's values brought to 0 … 1. @throws Error */
export function dataFrom({ data: path, divisor, header, label }: DataOptions): Dataset {
  if (path === 'digits123') return digits123()
  const status = statSync(path, { throwIfNoEntry: false })
  if (!status) {
    const hint = nearNames(path, ['digits123']).length > 0 ? '; is digits123 meant?' : ''
    throw new UsageError(`--data ${path}: there is no such file or folder${hint}`)
  }
  if (status.isDirectory()) return loadImageFolder(path)
  const given = { ...(header && { header }), ...(label !== undefined && { label }) }
  const data = csvFrom(path, { ...given, ...(divisor !== undefined && { divisor }) })
  if (divisor !== undefined) return data
  const largest = data.images.reduce((a, b) => Math.max(a, b), 0)
  return largest > 1 ? { ...data, images: data.images.map((value) => value / largest) } : data
}
