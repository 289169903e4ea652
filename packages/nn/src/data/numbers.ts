// Samples whose targets are numbers, and what a network of one output makes of two classes.
import { flattenNumbers, type NestedNumbers, readOptions, type TypedArray } from '@backprove/graph'
import { type Dataset, dataset, type ImageShape } from './dataset.ts'
import { DataError } from './errors.ts'

/** What {@link numbers} takes. */
export interface NumbersParts {
  /** The samples, one after another: nested lists [N,…], or one typed array beside `shape`. */
  readonly inputs: NestedNumbers | TypedArray
  /** What the outputs should be: [N,m], or [N] for one output. */
  readonly targets: NestedNumbers | TypedArray
  /** Of one sample; by default its length along the last axis, [1,1,n]. */
  readonly shape?: ImageShape
}

const flat = (field: string, given: NestedNumbers | TypedArray) => {
  if (ArrayBuffer.isView(given)) return { data: given, shape: [given.length] }
  try {
    return flattenNumbers(given)
  } catch (error) {
    throw new DataError('numbers', field, (error as Error).message)
  }
}

/**
 * A set for regression: `numbers({ inputs: [[0.1], [0.2]], targets: [1, 2] })`. `train`, `predict`,
 * `costOf`, `evaluate` and `r2` take it; there are no right answers to count.
 * @throws DataError where the parts do not fit together
 */
export function numbers(parts: NumbersParts): Dataset {
  readOptions('numbers', parts, ['inputs', 'targets', 'shape'])
  const inputs = flat('inputs', parts.inputs)
  const targets = flat('targets', parts.targets)
  const given = parts.shape?.reduce((a, b) => a * b, 1)
  const count = given
    ? inputs.data.length / given
    : ArrayBuffer.isView(parts.inputs)
      ? targets.shape[0]!
      : inputs.shape[0]!
  const length = inputs.data.length / count
  if (!Number.isInteger(count) || !Number.isInteger(length) || count < 1) {
    throw new DataError('numbers', 'inputs', `${inputs.data.length} values are no whole samples.`)
  }
  const isEach = ArrayBuffer.isView(parts.targets) || targets.shape[0] === count
  if (!isEach || targets.data.length % count !== 0) {
    const found = `there are targets for ${targets.shape[0]} samples`
    throw new DataError('numbers', 'targets', `${found}, and ${count} samples.`)
  }
  return dataset(
    {
      images: Float32Array.from(inputs.data),
      labels: new Uint16Array(count),
      shape: parts.shape ?? [1, 1, length],
      classes: 1,
      targets: Float32Array.from(targets.data),
    },
    'numbers',
  )
}
