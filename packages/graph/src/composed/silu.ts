// silu(x) = x σ(x) (Hendrycks & Gimpel, 2016; also called swish): no op of its own.

import { mul } from '../ops/arithmetic/mul.ts'
import { sigmoid } from '../ops/entrywise/sigmoid.ts'
import type { Node } from '../record/node.ts'
import { composed } from './composed.ts'

/** x σ(x), entry by entry: a relu without a kink. */
export const silu = (x: Node): Node => composed('silu', x, () => mul(x, sigmoid(x)))
