// silu(x) = x σ(x) (Hendrycks & Gimpel, 2016; also called swish): no op of its own.

import { mul } from '../../ops/arithmetic/mul.ts'
import { sigmoid } from '../../ops/entrywise/sigmoid.ts'
import { noMore } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { composed } from '../composed.ts'

/** x σ(x), entry by entry: a relu without a kink. */
export function silu(x: Node): Node
export function silu(x: Node, ...further: readonly unknown[]): Node {
  noMore('silu', further)
  return composed('silu', x, () => mul(x, sigmoid(x)))
}
