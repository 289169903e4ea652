// Values and derivatives of a recorded network at numbers, by the graph's own interpreter.
import { evaluate, grad, type Node } from '../../../../../packages/graph/src/index.ts'
import type { Leaves } from '../drawn.ts'

export const fed = (leaves: Leaves): Record<string, Float64Array> =>
  Object.fromEntries(Object.entries(leaves).map(([name, all]) => [name, Float64Array.from(all)]))

export const valuesOf = (node: Node, leaves: Leaves): readonly number[] => [
  ...evaluate(node, fed(leaves)),
]

/** ∂C/∂node. */
export const slopesOf = (cost: Node, node: Node, leaves: Leaves): readonly number[] =>
  valuesOf(grad(cost, node, { unused: 'zero' }), leaves)

/** From 1, row by row. */
export const placesOf = (rows: number, columns: number): readonly (readonly [number, number])[] =>
  Array.from({ length: rows * columns }, (_, k) => [1 + Math.floor(k / columns), 1 + (k % columns)])

/** 0 outside of the box. */
export const cell = (
  values: readonly number[],
  rows: number,
  columns: number,
  i: number,
  j: number,
): number => (isIn(rows, columns, i, j) ? values[(i - 1) * columns + j - 1]! : 0)

export const isIn = (rows: number, columns: number, i: number, j: number): boolean =>
  i >= 1 && j >= 1 && i <= rows && j <= columns

export const upTo = (n: number): readonly number[] => Array.from({ length: n }, (_, k) => k + 1)
