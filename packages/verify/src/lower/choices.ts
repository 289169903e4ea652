// What only the shapes of a claim's sides settle, tried in turn, the likeliest first.

import { ShapesError } from '../core/errors.ts'
import type { Resolved } from '../language/resolved.ts'
import type { Site } from './site.ts'

/** One of `count` ways, for what the shapes of a node's surroundings settle. */
export type Choose = (count: number) => number

/** A node is lowered several times, for its shape and its entries, and must be read alike. */
export const onceFor = (choose: Choose): Site['choose'] => {
  const chosen = new Map<Resolved, number>()
  return (count, node) => {
    const choice = chosen.get(node) ?? choose(count)
    chosen.set(node, choice)
    return choice
  }
}

/**
 * `attempt` with every choice that only shapes settle, the likeliest first, until the shapes agree.
 * @throws the first ShapesError where none does
 */
export const withChoices = <R>(attempt: (choose: Choose) => R): R => {
  let path: number[] = []
  let refused: unknown
  for (let tries = 0; tries < mostChoices; tries++) {
    const counts: number[] = []
    const choose = (count: number): number => {
      counts.push(count)
      return Math.min(path[counts.length - 1] ?? 0, count - 1)
    }
    try {
      return attempt(choose)
    } catch (error) {
      if (!(error instanceof ShapesError)) throw error
      refused ??= error
    }
    const next = nextPath(path, counts)
    if (!next) break
    path = next
  }
  throw refused
}

const mostChoices = 64

/** The choices after these, as an odometer counts. */
export const nextPath = (
  path: readonly number[],
  counts: readonly number[],
): number[] | undefined => {
  const full = counts.map((_, k) => path[k] ?? 0)
  for (let k = counts.length - 1; k >= 0; k--)
    if (full[k]! + 1 < counts[k]!) return [...full.slice(0, k), full[k]! + 1]
  return undefined
}
