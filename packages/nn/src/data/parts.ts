// The parts of a dataset as people have them: samples in any of their forms, classes as numbers or
// as texts, and what can be told from them. Whether they fit together is asked by `dataset`.
import { flatSamples, imageShapeOf, type Samples } from './arrays.ts'
import type { ImageShape } from './images.ts'

/** What `dataset` accepts: a Dataset, or its parts as people have them. */
export interface DatasetParts {
  /** The samples [N,…]: nested lists, a tensor, a list of either, or one flat typed array. */
  readonly images: Samples
  /** The class of each, from 0; or texts, whose classes are in the order of the alphabet. */
  readonly labels: ArrayLike<number> | readonly string[]
  /** Of one sample; by default as `images` are nested: [1,1,n] for rows, [1,h,w] for pictures. */
  readonly shape?: ImageShape
  /** By default as many as texts, or the largest label plus one. */
  readonly classes?: number
  readonly names?: readonly string[]
  readonly targets?: Float32Array
}

export function imagesOf({ images, labels, shape }: DatasetParts, source: string) {
  if (images instanceof Float32Array && shape) return { images, shape }
  const flat = flatSamples(source, 'images', images)
  const sample = flat.shape?.slice(1) ?? [flat.data.length / Math.max(labels.length, 1)]
  return { images: flat.data, shape: shape ?? imageShapeOf(source, 'images', sample) }
}

export function labelsOf({ labels: given, names: called, classes: count }: DatasetParts) {
  const list = Array.from<number | string>(given)
  const isText = list.length > 0 && list.every((label) => typeof label === 'string')
  const names = called ?? (isText ? [...new Set(list as string[])].sort() : undefined)
  const classOf = new Map(names?.map((name, k) => [name, k]))
  const labels = (
    isText ? list.map((label) => classOf.get(label as string) ?? -1) : given
  ) as ArrayLike<number>
  const largest = () => Array.from(labels).reduce((a, b) => Math.max(a, b), 0)
  return { labels, names, classes: count ?? names?.length ?? largest() + 1 }
}
