// How the results of a 3×3 convolution are cut into tiles of 4×4, and tiles into groups that are
// transformed and multiplied together. Sizes only.
import { scratchLayout } from '../kernel.ts'

export const tileSize = 4
/** Pixels along a tile's window: 4 results and a filter of 3 read 6. Its square is the points. */
export const patchSize = 6
export const points = patchSize * patchSize

/** Vectors run over tiles: as many are multiplied at once as a register tile has columns. */
export const panel = 8

export interface Tiling {
  /** Rows of tiles in an image, and in all images. */
  readonly rowsInImage: number
  readonly rows: number
  /** Tiles of a row; the last ones may lie behind the image. */
  readonly across: number
  /** Rows of a group, and its tiles: a multiple of `panel`. */
  readonly rowsTogether: number
  readonly tiles: number
  readonly groups: number
  readonly tasks: number
  readonly groupsInTask: number
}

/** Each task has room of its own for one group: more tasks keep more threads busy. */
export const mostTasks = 8
/** An odd number of tiles in a row needs code of its own for each of them: up to so many. */
const mostOdd = 16

/** Tiles for results [batch, …, rows, columns], about as many in a group as wanted. */
export function tilingOf(
  batch: number,
  [height, width]: readonly [number, number],
  wanted: number,
  most = mostTasks,
): Tiling {
  const rowsInImage = Math.ceil(height / tileSize)
  const narrow = Math.ceil(width / tileSize)
  const across = narrow <= mostOdd ? narrow : Math.ceil(narrow / 4) * 4
  const rows = batch * rowsInImage
  const step = panel / greatestCommonDivisor(panel, across)
  const needed = Math.ceil(rows / step)
  const steps = Math.max(1, Math.min(needed, Math.round(wanted / (step * across))))
  const rowsTogether = steps * step
  const groups = Math.ceil(rows / rowsTogether)
  const groupsInTask = Math.ceil(groups / most)
  const tasks = Math.ceil(groups / groupsInTask)
  const tiles = rowsTogether * across
  return { rowsInImage, rows, across, rowsTogether, tiles, groups, tasks, groupsInTask }
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b)

/**
 * A matrix for each of the 36 points, rows × columns floats, a cache line apart: matrices of a size
 * that is a power of two would all fall on the same few lines of a cache.
 */
export interface Points {
  readonly rows: number
  readonly columns: number
  /** Bytes from a row to the next one, and from a point to the next one. */
  readonly row: number
  readonly point: number
  readonly bytes: number
}

export function pointsOf(rows: number, columns: number): Points {
  const row = 4 * columns
  const point = Math.ceil((rows * row) / 64) * 64 + 64
  return { rows, columns, row, point, bytes: points * point }
}

/** Memory of one task of a phase that transforms these arrays. */
export const slotOf = <Name extends string>(bytes: Readonly<Record<Name, number>>) =>
  scratchLayout(bytes)
