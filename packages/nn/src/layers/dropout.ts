// Dropout: in training each value is dropped with probability `rate`, the others scaled up so that
// the mean stays; in prediction nothing happens. The mask is an input, fed from the seed.
import { mul, readOptions, show } from '@backprove/graph'
import { NetworkError } from './errors.ts'
import type { Layer } from './layer.ts'

/** `dropout({ rate: 0.5 })` */
export function dropout(options: { readonly rate: number }): Layer {
  const given = readOptions('dropout', options, ['rate'], { p: 'rate' })
  const { rate } = given
  if (!(typeof rate === 'number' && rate >= 0 && rate < 1)) {
    throw new NetworkError(
      `dropout: rate is ${show(given.rate)}; it must be at least 0 and below 1`,
    )
  }
  return {
    kind: 'dropout',
    options,
    record: (x, recorder) =>
      recorder.training && rate > 0 ? mul(x, recorder.mask(x.shape, 1 - rate)) : x,
  }
}
