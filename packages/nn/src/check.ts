// What functions of a model and of data are given, checked where a person calls them.
import { show } from '@backprove/graph'
import type { Dataset, ImageShape } from './data/images.ts'
import { isDataset } from './data/is-dataset.ts'
import { NetworkError } from './layers/errors.ts'
import type { Model } from './model.ts'

/** @throws NetworkError where `value` is no model of `network` */
export function requireModel(what: string, value: unknown): asserts value is Model {
  const { spec, parameters } = (value ?? {}) as Partial<Model>
  if (spec?.input && Array.isArray(parameters)) return
  if (isDataset(value)) {
    throw new NetworkError(`${what}: a dataset stands where the model does`)
  }
  const { model } = (value ?? {}) as { model?: unknown }
  const hint = model === undefined ? 'network(…) and bookCnn() make one' : 'its .model is one'
  throw new NetworkError(`${what}: ${show(value)} is no model; ${hint}`)
}

/** @throws NetworkError where `value` is no dataset */
export function requireDataset(what: string, value: unknown): asserts value is Dataset {
  if (!isDataset(value)) {
    const isShare = typeof value === 'number' && value > 0 && value < 1
    const train = Number((1 - Number(value)).toFixed(6))
    const share = `split(data, { train: ${train}, dev: ${value}, test: 0 }) makes two of one`
    const makers = 'dataset({ images, labels }), digits123() and loadCsv make one'
    throw new NetworkError(`${what}: ${show(value)} is no dataset; ${isShare ? share : makers}`)
  }
  const { images, labels, shape } = value
  const size = shape.reduce((a, b) => a * b, 1)
  if (images.length === labels.length * size) return
  throw new NetworkError(
    `${what}: ${labels.length} labels, and ${images.length} values where as many images of shape ` +
      `[${shape}] have ${labels.length * size}; dataset({ images, labels }) checks its parts`,
  )
}

/**
 * Images fit where their shape is the network's (an image of one channel, a sequence [T,d]), or is
 * as many values for a network of a vector.
 * @throws NetworkError naming both shapes
 */
export function requireFit(what: string, { spec }: Model, shape: ImageShape): void {
  const { input } = spec
  const isVector = input.length === 1 && shape.reduce((a, b) => a * b, 1) === input[0]
  const isSequence = input.length === 2 && shape.join() === [1, ...input].join()
  if (isVector || isSequence || shape.join() === input.join()) return
  throw new NetworkError(`${what}: the images are [${shape}], the network takes [${input}]`)
}

/** @throws NetworkError where an option is missing, or no whole number from `least` */
export function requireCount(what: string, option: string, value: unknown, least = 1): number {
  if (Number.isSafeInteger(value) && (value as number) >= least) return value as number
  const may = `a whole number from ${least}`
  if (value === undefined) throw new NetworkError(`${what}: ${option} is missing; it is ${may}`)
  throw new NetworkError(`${what}: ${option} is ${show(value)}; it must be ${may}`)
}

/**
 * What goes along both axes of a map, told where the layer is made.
 * @throws NetworkError where an option is missing, or neither a whole number from `least` nor two
 */
export function requirePair(
  what: string,
  option: string,
  value: unknown,
  least = 1,
): readonly [number, number] {
  const pair: readonly unknown[] = Array.isArray(value) ? value : [value, value]
  const fits = pair.every((n) => Number.isSafeInteger(n) && (n as number) >= least)
  if (pair.length === 2 && fits) return pair as [number, number]
  const may = `a whole number from ${least}, or [height, width]`
  if (value === undefined) throw new NetworkError(`${what}: ${option} is missing; it is ${may}`)
  throw new NetworkError(`${what}: ${option} is ${show(value)}; it must be ${may}`)
}

/** @throws NetworkError where an option is no finite number */
export function requireNumber(what: string, option: string, value: unknown): void {
  if (Number.isFinite(value)) return
  throw new NetworkError(`${what}: ${option} is ${show(value)}; it must be a finite number`)
}

/** @throws NetworkError where an option is neither absent nor true or false */
export function requireFlag(what: string, option: string, value: unknown): void {
  if (value === undefined || typeof value === 'boolean') return
  throw new NetworkError(`${what}: ${option} is ${show(value)}; it must be true or false`)
}

/** @throws NetworkError where a layer's tag is given and is no text */
export function requireTag(what: string, tag: unknown): void {
  if (tag === undefined || (typeof tag === 'string' && tag !== '')) return
  throw new NetworkError(`${what}: tag is ${show(tag)}; it must be text, such as 'F'`)
}

/** @throws NetworkError where a list of layers holds anything else, naming it */
export function requireLayers(what: string, layers: unknown): void {
  if (!Array.isArray(layers)) {
    throw new NetworkError(
      `${what}: ${show(layers)} is no list of layers, such as [conv(…), relu()]`,
    )
  }
  // A list may have holes, where a comma is one too many: `forEach` passes them over.
  for (const [k, layer] of layers.entries()) {
    if (typeof layer?.record === 'function') continue
    throw new NetworkError(`${what}: layer ${k + 1} is ${show(layer)}, no layer${meantBy(layer)}`)
  }
}

/** A list is no layer, nor is a layer's name or the function that makes one. */
function meantBy(given: unknown): string {
  if (Array.isArray(given)) return '; all layers stand in one list'
  const name = typeof given === 'function' ? given.name : given
  if (typeof name !== 'string' || !/^[a-z]\w*$/i.test(name)) return ''
  // conv2d is an op of graphs, and conv() the layer.
  return `; is ${name.replace(/2d$/i, '')}() meant?`
}
