// A dataset in three parts: what is trained on, what is chosen by, what is left for the end.
import { readOptions, show } from '@backprove/graph'
import { generator } from '../random.ts'
import { select } from './dataset.ts'
import { DataError } from './errors.ts'
import type { Dataset } from './images.ts'
import { requireData } from './is-dataset.ts'

/** Options of {@link split}: the fractions, which sum to 1, and the seed of the shuffle. */
export interface SplitOptions {
  readonly train?: number
  readonly dev?: number
  readonly test?: number
  readonly seed?: number
}

const SPLIT_SYNONYMS = { validation: 'dev', val: 'dev', valid: 'dev' }

/** What two parts leave to the one that is not given. */
function restOf({ train, dev, test }: SplitOptions): number | undefined {
  const given = [train, dev, test].filter((part) => part !== undefined)
  return given.length === 2 ? Math.max(0, 1 - given[0]! - given[1]!) : undefined
}

/**
 * Shuffles by `seed` and cuts into three parts; every image is in exactly one of them. The cuts
 * are at N·train and N·(train + dev), rounded. Classes are not balanced between the parts.
 * Where two parts are given the third is what they leave; by default 0.8, 0.1 and 0.1.
 */
export function split(
  data: Dataset,
  options: SplitOptions = {},
): { train: Dataset; dev: Dataset; test: Dataset } {
  readOptions('split', options, ['train', 'dev', 'test', 'seed'], SPLIT_SYNONYMS)
  const rest = restOf(options)
  const { train = rest ?? 0.8, dev = rest ?? 0.1, test = rest ?? 0.1, seed = 1 } = options
  requireData('split', data)
  for (const [field, fraction] of Object.entries({ train, dev, test })) {
    if (typeof fraction === 'number' && fraction >= 0 && fraction <= 1) continue
    throw new DataError('split', field, `${show(fraction)} is not a fraction of the data (0 … 1).`)
  }
  if (Math.abs(train + dev + test - 1) > 1e-9) {
    throw new DataError('split', 'fractions', `${train} + ${dev} + ${test} is not 1.`)
  }
  const count = data.labels.length
  const order = generator(seed).fork('split').permutation(count)
  const endOfTrain = Math.round(count * train)
  const endOfDev = Math.max(endOfTrain, Math.round(count * (train + dev)))
  return {
    train: select(data, order.subarray(0, endOfTrain)),
    dev: select(data, order.subarray(endOfTrain, endOfDev)),
    test: select(data, order.subarray(endOfDev)),
  }
}
