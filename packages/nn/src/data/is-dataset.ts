// Whether a value is a dataset, for the functions that are given one.
import { show } from '@backprove/graph'
import { DataError } from './errors.ts'
import type { Dataset } from './images.ts'

export function isDataset(value: unknown): value is Dataset {
  const { images, labels, shape, classes } = (value ?? {}) as Partial<Dataset>
  const whole = ArrayBuffer.isView(images) && ArrayBuffer.isView(labels) && Array.isArray(shape)
  return whole && typeof classes === 'number'
}

/** @throws DataError where `data` is no dataset, or `indices`, if any, no list of places in it */
export function requireData(what: string, data: unknown, indices: unknown = []): void {
  if (!isDataset(data)) {
    throw new DataError(what, 'data', `${show(data)} is no dataset; dataset({ … }) makes one.`)
  }
  if (Array.isArray(indices) || ArrayBuffer.isView(indices)) return
  throw new DataError(what, 'indices', `${show(indices)} is no list of places.`)
}
