// What is wrong with a picture of a graph, counted: for tests.
import type { Cell, Mirror } from './cells.ts'

export const overlapping = (cells: readonly Cell[]): string[] =>
  cells.flatMap((a, i) =>
    cells
      .slice(i + 1)
      .filter(
        (b) =>
          a.x < b.x + b.width &&
          b.x < a.x + a.width &&
          a.y < b.y + b.height &&
          b.y < a.y + a.height,
      )
      .map((b) => `${a.id} over ${b.id}`),
  )

/** Of the straight pieces of lanes of one half, those of one rank that change their order. */
export function crossings({ lanes }: Mirror): number {
  const pieces = lanes
    .filter(({ side }) => side === 'forward')
    .flatMap(({ points }) => points.slice(1).map((b, k) => [points[k]!, b] as const))
  let count = 0
  for (const [k, [a, b]] of pieces.entries()) {
    for (const [c, d] of pieces.slice(k + 1)) {
      if (a.y === c.y && b.y === d.y && (a.x - c.x) * (b.x - d.x) < 0) count++
    }
  }
  return count
}
