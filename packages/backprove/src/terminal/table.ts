// Text in columns, padded by what a terminal shows, not by how a string is stored.
import stringWidth from 'string-width'

/** Cells of a terminal: none for a combining mark, two for a Chinese character or an emoji. */
export const widthOf = (text: string): number => stringWidth(text)

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

/**
 * A text as lines of at most so many cells, broken at spaces; a longer word has a line to itself.
 */
export const wrapped = (text: string, width: number): string[] => {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(`${last} ${word}`) <= width)
      lines[lines.length - 1] += ` ${word}`
    else lines.push(word)
  }
  return lines
}
