// Samples whose targets are numbers, and what a network of one output makes of two classes.
import { readOptions } from '@backprove/graph'
import { flatSamples, imageShapeOf, type Samples } from './arrays.ts'
import { dataset } from './dataset.ts'
import { DataError } from './errors.ts'
import type { Dataset, ImageShape } from './images.ts'

/** What {@link numbers} takes. */
export interface NumbersParts {
  /** The samples [N,…]: nested lists, a tensor, a list of either, or a typed array with `shape`. */
  readonly inputs: Samples
  /** What the outputs should be: [N,m], or [N] for one output. */
  readonly targets: Samples
  /** Of one sample; by default as `inputs` are nested, [1,1,n] for rows and [1,T,d] for [N,T,d]. */
  readonly shape?: ImageShape
}

/**
 * A set for regression: `numbers({ inputs: [[0.1], [0.2]], targets: [1, 2] })`. `train`, `predict`,
 * `costOf`, `evaluate` and `r2` take it; there are no right answers to count.
 * @throws DataError where the parts do not fit together
 */
export function numbers(parts: NumbersParts): Dataset {
  readOptions('numbers', parts, ['inputs', 'targets', 'shape'])
  if (parts === undefined) {
    throw new DataError('numbers', 'parts', 'none are given; they are { inputs, targets }.')
  }
  const inputs = flatSamples('numbers', 'inputs', parts.inputs)
  const targets = flatSamples('numbers', 'targets', parts.targets)
  const given = parts.shape?.reduce((a, b) => a * b, 1)
  const count = given
    ? inputs.data.length / given
    : (inputs.shape?.[0] ?? targets.shape?.[0] ?? targets.data.length)
  const length = inputs.data.length / count
  if (!Number.isInteger(count) || !Number.isInteger(length) || count < 1) {
    throw new DataError('numbers', 'inputs', `${inputs.data.length} values are no whole samples.`)
  }
  const rows = targets.shape?.[0]
  if ((rows !== undefined && rows !== count) || targets.data.length % count !== 0) {
    const found = rows === undefined ? `${targets.data.length} targets` : `targets for ${rows}`
    throw new DataError('numbers', 'targets', `there are ${found}, and ${count} samples.`)
  }
  const sample = inputs.shape?.slice(1) ?? [length]
  return dataset(
    {
      images: inputs.data,
      labels: new Uint16Array(count),
      shape: parts.shape ?? imageShapeOf('numbers', 'inputs', sample),
      classes: 1,
      targets: targets.data,
    },
    'numbers',
  )
}
