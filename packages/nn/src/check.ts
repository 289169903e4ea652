// What functions of a model and of data are given, checked where a person calls them.
import { show } from '@backprove/graph'
import type { Dataset, ImageShape } from './data/dataset.ts'
import { NetworkError } from './layers/errors.ts'
import type { Model } from './model.ts'

/** @throws NetworkError where `value` is no model of `network` */
export function requireModel(what: string, value: unknown): asserts value is Model {
  const { spec, parameters } = (value ?? {}) as Partial<Model>
  if (spec?.input && Array.isArray(parameters)) return
  throw new NetworkError(`${what}: ${show(value)} is no model; network(…) and bookCnn() make one`)
}

/** @throws NetworkError where `value` is no dataset */
export function requireDataset(what: string, value: unknown): asserts value is Dataset {
  const { images, labels, shape, classes } = (value ?? {}) as Partial<Dataset>
  const whole = ArrayBuffer.isView(images) && ArrayBuffer.isView(labels) && Array.isArray(shape)
  if (whole && typeof classes === 'number') return
  throw new NetworkError(`${what}: ${show(value)} is no dataset; digits123() and loadCsv make one`)
}

/**
 * Images fit where their shape is the network's, or is as many values for a network of a vector.
 * @throws NetworkError naming both shapes
 */
export function requireFit(what: string, { spec }: Model, shape: ImageShape): void {
  const { input } = spec
  const isVector = input.length === 1 && shape.reduce((a, b) => a * b, 1) === input[0]
  if (isVector || shape.join() === input.join()) return
  throw new NetworkError(`${what}: the images are [${shape}], the network takes [${input}]`)
}
