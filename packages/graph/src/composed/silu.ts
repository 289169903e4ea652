// silu(x) = x σ(x) (Hendrycks & Gimpel, 2016; also called swish): no op of its own.
import type { Node } from '../node.ts'
import { mul } from '../ops/mul.ts'
import { sigmoid } from '../ops/sigmoid.ts'
import { composed } from './composed.ts'

/** x σ(x), entry by entry: a relu without a kink. */
export const silu = (x: Node): Node => composed('silu', x, () => mul(x, sigmoid(x)))
