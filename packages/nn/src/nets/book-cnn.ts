// The book's network for 6×6 images of handwritten 1, 2, 3 (notes 000 and 003): three 3×3 filters,
// sigmoid, 2×2 pooling, three output units, squared error; 69 parameters, named as in the notes.
import { readOptions, show, squaredError } from '@backprove/graph'
import { relu, sigmoid, tanh } from '../layers/activations.ts'
import { dense } from '../layers/dense.ts'
import { NetworkError } from '../layers/errors.ts'
import { conv } from '../layers/maps/conv.ts'
import { avgPool, l2Pool, maxPool, medianPool } from '../layers/maps/pool.ts'
import type { Model } from '../model.ts'
import { network } from '../network.ts'

const POOLINGS = { max: maxPool, avg: avgPool, l2: l2Pool, median: medianPool } as const
const ACTIVATIONS = { sigmoid, tanh, relu } as const

/** Options of `bookCnn`. */
export interface BookCnnOptions {
  readonly pooling?: keyof typeof POOLINGS
  readonly activation?: keyof typeof ACTIVATIONS
  readonly seed?: number
}

/**
 * The book's network. Its values: x_ij = a^I_ij; w^{Fk}_ij, b^{Fk}; c^{Fk}_ij = (w ∗ x)_ij,
 * z^{Fk}_ij = c + b, a^{Fk}_ij = a(z); z^{Pk}_ij = a^{Pk}_ij; w^{On}_{k-ij}, b^O_n; z^O_n, a^O_n;
 * t_n; C = ½ Σ (t_n − a^O_n)².
 */
export function bookCnn(options: BookCnnOptions = {}): Model {
  readOptions('bookCnn', options, ['pooling', 'activation', 'seed'])
  const { pooling = 'max', activation = 'sigmoid', seed = 1 } = options
  const pool = Object.hasOwn(POOLINGS, pooling) ? POOLINGS[pooling] : undefined
  const act = Object.hasOwn(ACTIVATIONS, activation) ? ACTIVATIONS[activation] : undefined
  if (!pool) {
    throw new NetworkError(
      `bookCnn: pooling is ${show(pooling)}; it may be ${Object.keys(POOLINGS).join(', ')}`,
    )
  }
  if (!act) {
    const may = Object.keys(ACTIVATIONS).join(', ')
    throw new NetworkError(`bookCnn: activation is ${show(activation)}; it may be ${may}`)
  }
  return network({
    input: [1, 6, 6],
    layers: [
      conv({ filters: 3, kernel: 3, tag: 'F' }),
      act(),
      pool({ size: 2, tag: 'P' }),
      dense({ units: 3, tag: 'O' }),
      act(),
    ],
    cost: squaredError,
    seed,
  })
}
