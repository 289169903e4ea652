// The data that `train` and `predict` are given: a name, a csv, or a folder of images.
import { statSync } from 'node:fs'
import { type Dataset, digits123, loadCsv, loadImageFolder } from '@backprove/nn'

/** What `--data` may be. */
export const DATA =
  `digits123; a csv of values and a label each line, plain or gzipped; or a folder with a
folder of PNG images for each class`.replace('\n', ' ')

export function dataFrom(path: string, divisor: number | undefined): Dataset {
  if (path === 'digits123') return digits123()
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return loadImageFolder(path)
  const data = loadCsv(path, divisor === undefined ? {} : { divisor })
  if (divisor !== undefined) return data
  const largest = data.images.reduce((a, b) => Math.max(a, b), 0)
  return largest > 1 ? { ...data, images: data.images.map((value) => value / largest) } : data
}
