// How the results of a 3×3 convolution are cut into tiles of 4×4, and tiles into groups that are
// transformed and multiplied together. Sizes only.
import { layout } from '../kernel.ts'

/** What the phases are called. */
export const algorithm = 'Winograd F(4×4, 3×3)'

export const tileSize = 4
/** Pixels along a tile's window: 4 results and a filter of 3 read 6. Its square is the points. */
export const patchSize = 6
export const points = patchSize * patchSize

/** Vectors run over tiles: as many are multiplied at once as a register tile has columns, and 4. */
export const panel = 8
const narrowPanel = 4

export interface Tiling {
  /** Rows of tiles in an image, and in all images. */
  readonly rowsInImage: number
  readonly rows: number
  /** Tiles of a row; the last ones may lie behind the image. */
  readonly across: number
  /** Rows of a group, and its tiles: whole vectors. */
  readonly rowsTogether: number
  readonly tiles: number
  readonly groups: number
  readonly tasks: number
  readonly groupsInTask: number
}

/** Each thread has room of its own for one group. */
export const mostRooms = 8
/** An odd number of tiles in a row needs code of its own for each of them: up to so many. */
const mostOdd = 16

interface Wanted {
  /** In a group, about. */
  readonly tiles: number
  /** Tiles that cost as much as what is done once for a group. */
  readonly onceInGroup: number
  readonly mostTasks: number
}

/** So much fewer or more tiles may be better than those that are wanted. */
const [fewer, more] = [0.6, 1.2]

/** Tiles for results [batch, …, rows, columns], about as many in a group as wanted. */
export function tilingOf(
  batch: number,
  [height, width]: readonly [number, number],
  { tiles: wanted, onceInGroup, mostTasks }: Wanted,
): Tiling {
  const rowsInImage = Math.ceil(height / tileSize)
  const narrow = Math.ceil(width / tileSize)
  const across = narrow <= mostOdd ? narrow : Math.ceil(narrow / 4) * 4
  const rows = batch * rowsInImage
  const step = narrowPanel / greatestCommonDivisor(narrowPanel, across)
  const needed = Math.ceil(rows / step)
  const cut = (steps: number): Tiling => {
    const rowsTogether = steps * step
    const groups = Math.ceil(rows / rowsTogether)
    const groupsInTask = Math.max(1, Math.ceil(groups / mostTasks))
    const tasks = Math.ceil(groups / groupsInTask)
    const tiles = rowsTogether * across
    return { rowsInImage, rows, across, rowsTogether, tiles, groups, tasks, groupsInTask }
  }
  /** Tiles on one thread, and twice those of the busier of two; some lie behind the last image. */
  const cost = ({ tiles, groups, tasks, groupsInTask }: Tiling): number =>
    (tiles + onceInGroup + Number(tiles % panel > 0)) *
    (groups + 2 * Math.ceil(tasks / 2) * groupsInTask)
  const stepsOf = (tiles: number) =>
    Math.max(1, Math.min(needed, Math.round(tiles / (step * across))))
  const [least, most] = [stepsOf(fewer * wanted), stepsOf(more * wanted)]
  // Few tiles are one group.
  if (most === needed) return cut(needed)
  const cuts = Array.from({ length: most - least + 1 }, (_, k) => cut(most - k))
  return cuts.reduce((best, each) => (cost(each) < cost(best) ? each : best))
}

const greatestCommonDivisor = (a: number, b: number): number =>
  b === 0 ? a : greatestCommonDivisor(b, a % b)

/** Each thread that takes part has its own. */
export const roomsFor = ({ tasks }: Tiling): number => Math.min(mostRooms, tasks)

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
export const slotOf = <Name extends string>(bytes: Readonly<Record<Name, number>>) => layout(bytes)
