// What a derivative was last asked for: one array may be the derivative by several, and 0 by many.
import type { Node } from './node.ts'

/** A derivative → the cost, and the array that it was asked by. Weakly held. */
export const asked = new WeakMap<Node, { readonly cost: Node; readonly forward: Node }>()
