// Activations that are a few ops, and no op of their own.

import { abs } from '../../ops/arithmetic/abs.ts'
import { add } from '../../ops/arithmetic/add.ts'
import { div } from '../../ops/arithmetic/div.ts'
import { mul } from '../../ops/arithmetic/mul.ts'
import { neg } from '../../ops/arithmetic/neg.ts'
import { elu } from '../../ops/entrywise/elu.ts'
import { softplus } from '../../ops/entrywise/softplus.ts'
import { tanh } from '../../ops/entrywise/tanh.ts'
import { noMore } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { composed } from '../composed.ts'

/** λ and α of `selu`: they keep mean 0 and variance 1 (Klambauer et al., 2017, equation 14). */
const SELU = { scale: 1.0507009873554805, alpha: 1.6732632423543772 } as const

/** λ x where x is positive, else λ α (e^x − 1), entry by entry; λ = 1.0507…, α = 1.6732…. */
export function selu(x: Node): Node
export function selu(x: Node, ...further: readonly unknown[]): Node {
  noMore('selu', further)
  return composed('selu', x, () => mul(SELU.scale, elu(x, { alpha: SELU.alpha })))
}

/** x tanh(log(1 + e^x)), entry by entry (Misra, 2019). */
export function mish(x: Node): Node
export function mish(x: Node, ...further: readonly unknown[]): Node {
  noMore('mish', further)
  return composed('mish', x, () => mul(x, tanh(softplus(x))))
}

/** x/(1 + |x|), entry by entry. */
export function softsign(x: Node): Node
export function softsign(x: Node, ...further: readonly unknown[]): Node {
  noMore('softsign', further)
  return composed('softsign', x, () => div(x, add(1, abs(x))))
}

/** log σ(x) = −log(1 + e^{−x}), entry by entry, without a logarithm of 0. */
export function logSigmoid(x: Node): Node
export function logSigmoid(x: Node, ...further: readonly unknown[]): Node {
  noMore('logSigmoid', further)
  return composed('logSigmoid', x, () => neg(softplus(neg(x))))
}
