// gelu(x) = x Φ(x), Φ the distribution of a normal variable (Hendrycks & Gimpel, 2016), and the
// form with tanh that they propose in its place: no op of its own.

import { add } from '../../ops/arithmetic/add.ts'
import { div } from '../../ops/arithmetic/div.ts'
import { mul } from '../../ops/arithmetic/mul.ts'
import { pow } from '../../ops/arithmetic/pow.ts'
import { sqrt } from '../../ops/arithmetic/sqrt.ts'
import { timesPi } from '../../ops/arithmetic/times-pi.ts'
import { erf } from '../../ops/entrywise/erf.ts'
import { tanh } from '../../ops/entrywise/tanh.ts'
import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { composed } from '../composed.ts'

/** Options of `gelu`. */
export interface GeluOptions {
  /**
   * `none` (default): x/2 (1 + erf(x/√2)). `tanh`: x/2 (1 + tanh(√(2/π) (x + 0.044715 x³))), which
   * differs from it by less than 5e−4.
   */
  readonly approximate?: 'none' | 'tanh'
}

/** x Φ(x), entry by entry: a relu without a kink. @throws OptionError */
export function gelu(x: Node, options: GeluOptions = {}): Node {
  const { approximate = 'none' } = readOptions('gelu', options, ['approximate'])
  if (approximate !== 'none' && approximate !== 'tanh') {
    throw optionError('gelu', 'approximate', approximate, "'none' or 'tanh'")
  }
  return composed('gelu', x, () => {
    const constant = (value: number): Node => x.graph.constant(value)
    const inner =
      approximate === 'none'
        ? erf(div(x, sqrt(constant(2))))
        : tanh(mul(sqrt(div(2, timesPi(constant(1)))), add(x, mul(0.044715, pow(x, 3)))))
    return mul(div(x, 2), add(1, inner))
  })
}
