// clamp(x, lo, hi) = min(max(x, lo), hi): no op of its own, so that kinks follow one policy.

import { noMore, optionError } from '../../options.ts'
import { Node } from '../../record/node.ts'
import type { Operand } from '../../record/operand.ts'
import { maximum } from './maximum.ts'
import { minimum } from './minimum.ts'

/** x kept between lo and hi. Where x equals a bound, x comes first: the derivative there is 1. */
export function clamp(x: Node, lo: Operand, hi: Operand): Node
export function clamp(x: Node, lo: Operand, hi: Operand, ...further: readonly unknown[]): Node {
  noMore('clamp', further)
  for (const [name, bound] of Object.entries({ lo, hi })) {
    if (bound instanceof Node || typeof bound === 'number') continue
    throw optionError('clamp', name, bound, 'a number or a node: clamp(x, lo, hi)')
  }
  if (typeof lo === 'number' && typeof hi === 'number' && !(lo <= hi)) {
    throw optionError('clamp', 'lo', lo, `at most hi, which is ${hi}`)
  }
  return minimum(maximum(x, lo), hi)
}
