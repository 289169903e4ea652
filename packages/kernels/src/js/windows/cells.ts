// What a window's cells are asked for: their largest, and their order.
import type { Memory } from '../../backend.ts'
import type { Cells } from './windows.ts'

/** The first of the largest, in row-major order. */
export function largest(x: Memory, cells: Cells): number {
  let best = cells.at[0]!
  for (let c = 1; c < cells.count; c++) if (x[cells.at[c]!]! > x[best]!) best = cells.at[c]!
  return best
}

/** Sorts the cells by value; equal values keep the order of their places. */
export function sortCells(x: Memory, cells: Cells): void {
  const { at, count } = cells
  for (let c = 1; c < count; c++) {
    const cell = at[c]!
    let before = c - 1
    for (; before >= 0 && x[at[before]!]! > x[cell]!; before--) at[before + 1] = at[before]!
    at[before + 1] = cell
  }
}
