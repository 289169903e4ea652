// Activations made of a clamp: cheap, with kinks, and quite flat outside of a few units.

import { add } from '../../ops/arithmetic/add.ts'
import { div } from '../../ops/arithmetic/div.ts'
import { mul } from '../../ops/arithmetic/mul.ts'
import { clamp } from '../../ops/selection/clamp.ts'
import { noMore } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { composed } from '../composed.ts'

/** min(max(x, 0), 6), entry by entry (Krizhevsky, 2010). */
export function relu6(x: Node): Node
export function relu6(x: Node, ...further: readonly unknown[]): Node {
  noMore('relu6', further)
  return composed('relu6', x, () => clamp(x, 0, 6))
}

/** min(max(x, −1), 1), entry by entry. */
export function hardTanh(x: Node): Node
export function hardTanh(x: Node, ...further: readonly unknown[]): Node {
  noMore('hardTanh', further)
  return composed('hardTanh', x, () => clamp(x, -1, 1))
}

/** min(max(x + 3, 0), 6)/6, entry by entry: from 0 to 1, as σ is. */
export function hardSigmoid(x: Node): Node
export function hardSigmoid(x: Node, ...further: readonly unknown[]): Node {
  noMore('hardSigmoid', further)
  return composed('hardSigmoid', x, () => div(clamp(add(x, 3), 0, 6), 6))
}

/** x min(max(x + 3, 0), 6)/6, entry by entry (Howard et al., 2019): silu without e^x. */
export function hardSwish(x: Node): Node
export function hardSwish(x: Node, ...further: readonly unknown[]): Node {
  noMore('hardSwish', further)
  return composed('hardSwish', x, () => mul(x, div(clamp(add(x, 3), 0, 6), 6)))
}
