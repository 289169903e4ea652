// Text in columns, padded by what a terminal shows, not by how a string is stored.
import { stripVTControlCharacters } from 'node:util'

/** Combining marks take no cell. */
export const widthOf = (text: string): number =>
  [...stripVTControlCharacters(text).replace(/\p{M}/gu, '')].length

export const padTo = (text: string, width: number): string =>
  text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** Rows as lines, each column as wide as its widest cell. */
export function columns(rows: readonly (readonly string[])[], gap = '  '): string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, k) => {
      widths[k] = Math.max(widths[k] ?? 0, widthOf(cell))
    })
  }
  return rows.map((row) =>
    row
      .map((cell, k) => padTo(cell, widths[k]!))
      .join(gap)
      .trimEnd(),
  )
}
