// Whole parts of a graph that a backend computes at once: found among the nodes as they were
// recorded, before any law is tried.
import type { Node } from '@backprove/graph'
import type { DType } from './plan.ts'

export interface Pattern {
  readonly statement: string
  /** What stands for recorded nodes; it is made from what their arguments have become. */
  readonly find: (order: readonly Node[], dtype: DType) => readonly Found[]
}

export interface Found {
  /** What the replacements are made from. */
  readonly args: readonly Node[]
  readonly replaced: readonly Node[]
  /** One node for each of `replaced`. */
  readonly make: (args: readonly Node[]) => readonly Node[]
}

export interface Replacement {
  readonly statement: string
  readonly found: Found
  readonly position: number
}

/** Every pattern's finds, by the recorded node that is replaced. */
export function findPatterns(
  patterns: readonly Pattern[],
  order: readonly Node[],
  dtype: DType,
): ReadonlyMap<Node, Replacement> {
  const replacements = new Map<Node, Replacement>()
  for (const { statement, find } of patterns) {
    for (const found of find(order, dtype)) {
      found.replaced.forEach((node, position) => {
        replacements.set(node, { statement, found, position })
      })
    }
  }
  return replacements
}
