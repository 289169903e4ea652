// What a window's cells are asked for: their largest, and their order.
import type { Memory } from '../../backend.ts'
import type { Cells } from './windows.ts'

/** The first of the largest, in row-major order; a NaN only where there is nothing else. */
export function largest(x: Memory, cells: Cells): number {
  let best = cells.at[0]!
  for (let c = 1; c < cells.count; c++) {
    const at = cells.at[c]!
    if (x[at]! > x[best]! || Number.isNaN(x[best]!)) best = at
  }
  return best
}

/**
 * Sorts the cells by value; equal values keep the order of their places. The result is
 * the cells without the NaN, which do not compete.
 */
export function sortCells(x: Memory, cells: Cells): Cells {
  const numbers = withoutNaN(x, cells)
  sortNumbers(x, numbers)
  return numbers
}

function withoutNaN(x: Memory, { at, count }: Cells): Cells {
  let kept = 0
  for (let c = 0; c < count; c++) {
    const cell = at[c]!
    if (!Number.isNaN(x[cell]!)) at[kept++] = cell
  }
  return { at, count: kept }
}

function sortNumbers(x: Memory, cells: Cells): void {
  const { at, count } = cells
  for (let c = 1; c < count; c++) {
    const cell = at[c]!
    let before = c - 1
    for (; before >= 0 && x[at[before]!]! > x[cell]!; before--) at[before + 1] = at[before]!
    at[before + 1] = cell
  }
}
