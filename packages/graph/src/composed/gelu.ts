// gelu(x) = x Φ(x), Φ the distribution of a normal variable (Hendrycks & Gimpel, 2016), and the
// form with tanh that they propose in its place: no op of its own.
import type { Node } from '../node.ts'
import { add } from '../ops/add.ts'
import { div } from '../ops/div.ts'
import { erf } from '../ops/erf.ts'
import { mul } from '../ops/mul.ts'
import { pow } from '../ops/pow.ts'
import { sqrt } from '../ops/sqrt.ts'
import { tanh } from '../ops/tanh.ts'
import { timesPi } from '../ops/times-pi.ts'
import { optionError, readOptions } from '../options.ts'
import { composed } from './composed.ts'

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
