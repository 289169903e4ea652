// Heat maps: an array as cells, blue above 0, orange below, see-through at 0; one scale for the
// whole array, its largest magnitude. Where a number is no number the cell says so.
import type { Shape } from '@backprove/graph'

/** How an array lies on paper: maps side by side, each of rows and columns. */
export interface Tiles {
  readonly across: number
  readonly down: number
  readonly rows: number
  readonly columns: number
  /** How many of the array's maps are shown. */
  readonly shown: number
}

const MOST_TILES = 64
const MOST_ACROSS = 128
/** So much of the largest cell is enough for one row; a list of so many is one row anyway. */
const ONE_ROW_AT = 0.6
const ONE_ROW = 16
const MOST_SIDE = 64

/** In one row, while the cells are not much smaller for it; else as they are largest. */
export function tilesOf(shape: Shape, width: number, height: number): Tiles {
  const [columns = 1, rows = 1, ...lead] = [...shape].reverse()
  const maps = lead.reduce((product, length) => product * length, 1)
  const isList = shape.length === 1
  const shown = isList ? columns : Math.min(maps, MOST_TILES)
  const tiles = (across: number): Tiles => {
    const down = Math.ceil(shown / across)
    if (isList) return { across: 1, down: 1, rows: down, columns: across, shown: 1 }
    return { across, down, rows, columns, shown }
  }
  const cell = (across: number): number => {
    const picture = pictureSize(tiles(across))
    return Math.min(width / picture.width, height / picture.height)
  }
  const largest = best(shown, cell)
  const isShort = isList && shown <= ONE_ROW
  if (isShort || cell(shown) >= ONE_ROW_AT * largest) return tiles(shown)
  for (let across = Math.min(shown, MOST_ACROSS); across > 1; across--) {
    if (cell(across) === largest) return tiles(across)
  }
  return tiles(1)
}

/** The largest cell of all arrangements. */
function best(shown: number, cell: (across: number) => number): number {
  let largest = cell(1)
  for (let across = 2; across <= Math.min(shown, MOST_ACROSS); across++) {
    largest = Math.max(largest, cell(across))
  }
  return largest
}

/** The position in the array of the cell at a column and a row of the picture; −1: a gap. */
export function cellAt(tiles: Tiles, column: number, row: number, size: number): number {
  const { columns, rows, across, shown } = tiles
  const [tx, x] = [Math.floor(column / (columns + 1)), column % (columns + 1)]
  const [ty, y] = [Math.floor(row / (rows + 1)), row % (rows + 1)]
  if (x >= columns || y >= rows || tx >= across) return -1
  const tile = ty * across + tx
  const position = tile * rows * columns + y * columns + x
  return tile < shown && position < size ? position : -1
}

export const pictureSize = ({ across, down, rows, columns }: Tiles) => ({
  width: across * (columns + 1) - 1,
  height: down * (rows + 1) - 1,
})

export interface Range {
  readonly least: number
  readonly most: number
  readonly finite: boolean
}

export function rangeOf(values: ArrayLike<number>): Range {
  let [least, most, finite] = [Infinity, -Infinity, true]
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!
    if (!Number.isFinite(value)) finite = false
    else {
      if (value < least) least = value
      if (value > most) most = value
    }
  }
  return { least, most, finite }
}

const BLUE = [29, 88, 190] as const
const ORANGE = [201, 84, 22] as const
const AMISS = [200, 0, 160] as const

/** Paints the array, a pixel for each cell; the style sheet enlarges it. */
export function paint(
  canvas: HTMLCanvasElement,
  values: ArrayLike<number>,
  tiles: Tiles,
  dark: boolean,
): void {
  const { width, height } = pictureSize(tiles)
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const context = canvas.getContext('2d')
  if (!context || width > MOST_SIDE * MOST_TILES) return
  const picture = context.createImageData(width, height)
  const { least, most } = rangeOf(values)
  const scale = Math.max(Math.abs(least), Math.abs(most)) || 1
  const lift = dark ? 60 : 0
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const position = cellAt(tiles, column, row, values.length)
      if (position < 0) continue
      const value = values[position]!
      const isNumber = Number.isFinite(value)
      const [r, g, b] = isNumber ? (value < 0 ? ORANGE : BLUE) : AMISS
      const at = 4 * (row * width + column)
      picture.data[at] = Math.min(255, r + lift)
      picture.data[at + 1] = Math.min(255, g + lift)
      picture.data[at + 2] = Math.min(255, b + lift)
      picture.data[at + 3] = isNumber ? 18 + 237 * Math.min(1, Math.abs(value) / scale) : 255
    }
  }
  context.putImageData(picture, 0, 0)
}

/** Three digits; numbers of people, not of machines. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '∞' : '−∞'
  const magnitude = Math.abs(value)
  const text =
    magnitude !== 0 && (magnitude < 0.001 || magnitude >= 100_000)
      ? value.toExponential(1).replace('e+', 'e')
      : `${Number(value.toPrecision(3))}`
  return text.replaceAll('-', '−')
}
