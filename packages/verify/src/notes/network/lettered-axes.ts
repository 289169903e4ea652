// Which axes of a leaf its letters stand for, where some axis of length 1 goes without and it could
// be one or another: W_{ilk}: 1 2 1 3 beside x_{lt}: 2 1 5. All lines are asked.
import { isOneOfSome, letteredAxes, parseName } from '@backprove/graph'
import type { NetworkLine } from '../../document/network/lines.ts'

/** By the name as it is written, where the letters leave a choice and the lines settle it. */
export const axesByName = (
  lines: readonly NetworkLine[],
  literal: ReadonlySet<string>,
): ReadonlyMap<string, readonly number[]> => {
  const leaves = lines.flatMap((line) => {
    if (line.kind !== 'leaf' || literal.has(line.name)) return []
    const { letters } = parseName(line.name)
    return [{ name: line.name, letters, shape: line.shape.map(({ length }) => length) }]
  })
  const known = new Map<string, Set<number>>()
  for (const { letters, shape } of leaves) {
    const axes = isOneOfSome(shape, letters.length) ? [] : letteredAxes(shape, letters.length)
    axes?.forEach((axis, k) => {
      const letter = letters[k]!
      known.set(letter, (known.get(letter) ?? new Set()).add(shape[axis]!))
    })
  }
  return new Map(
    leaves.flatMap(({ name, letters, shape }) => {
      if (!isOneOfSome(shape, letters.length)) return []
      const axes = letteredAxes(shape, letters.length, (k, n) => known.get(letters[k]!)?.has(n))
      return axes ? [[name, axes] as const] : []
    }),
  )
}
