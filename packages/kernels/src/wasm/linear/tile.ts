// The register tile that convolutions and matrix products share: rows × vectors accumulators,
// each a running sum of splat(a) · b along nested reductions.
import { type Body, type I32, i32, type Local, select, type V128, v128 } from '../encoder/index.ts'
import { hasLongBlocks } from '../features.ts'
import type { Lanes } from '../lanes.ts'

/**
 * Four rows by two vectors: 8 accumulators, 2 vectors of b, 1 of a, products in flight. Sixteen
 * registers hold that; a fifth row spills on some engines and halves the speed.
 */
export const tileRows = 4
/** Where a product is rounded with its sum no register is for what is in flight alone. */
const fusedRows = 6
export const tileVectors = 2
export const tileColumns = (lanes: Lanes): number => tileVectors * lanes.count

/** Tiles of fewer rows than the usual ones cost as much; each costs a little more than its rows. */
const costOfTile = (rows: number): number => (rows === 0 ? 0 : Math.max(rows, tileRows) + 0.25)

/** The rows of the tiles that so many rows are best cut into. */
export function rowsOfTile(lanes: Lanes, total: number): number {
  const most = lanes.isFused && hasLongBlocks() ? fusedRows : tileRows
  const cost = (rows: number) =>
    Math.floor(total / rows) * costOfTile(rows) + costOfTile(total % rows)
  let best = tileRows
  for (let rows = best; rows <= most; rows++) if (cost(rows) < cost(best)) best = rows
  return best
}

/** One loop of a reduction: how often, and how many bytes a and b move on each time. */
export interface Level {
  readonly count: number
  readonly a: number
  readonly b: number
}

/** Merges neighbouring levels that walk through memory in one stride; drops single steps. */
export function mergeLevels(levels: readonly Level[]): Level[] {
  const merged: Level[] = []
  for (const inner of levels) {
    if (inner.count === 1) continue
    const outer = merged.at(-1)
    const together = outer && outer.a === inner.a * inner.count && outer.b === inner.b * inner.count
    if (together) merged.pop()
    merged.push({ ...inner, count: inner.count * (together ? outer.count : 1) })
  }
  return merged
}

export interface Tile {
  readonly vectors: number
  /** Positions of the tile's first row and first column; offsets are added to every access. */
  readonly a: I32
  readonly aOffset: number
  readonly b: I32
  readonly bOffset: number
  /** Bytes from the first row's a to that of row i. */
  readonly rowOffset: (i: number) => number
  /** Outermost first. */
  readonly levels: readonly Level[]
  /** What each innermost step consists of, in bytes from where a and b then are. */
  readonly cells?: readonly Omit<Level, 'count'>[]
}

export type Accumulators = readonly (readonly Local<'v128'>[])[]

/** Variables of a function's tiles: made once, used by every tile in it. */
export function tileVariables(f: Body, rows = tileRows, width = tileVectors) {
  const vectors = (count: number) => Array.from({ length: count }, () => f.local('v128'))
  return {
    accumulators: Array.from({ length: rows }, () => vectors(width)),
    columns: vectors(width),
    splat: f.local('v128'),
    a: f.local('i32'),
    b: f.local('i32'),
  }
}
export type TileVariables = ReturnType<typeof tileVariables>

/** Accumulators with their first values, an expression for each row and vector. */
export function startTile(
  f: Body,
  variables: TileVariables,
  rows: number,
  vectors: number,
  first: (row: number, vector: number) => V128 = () => v128.zero,
): Accumulators {
  const accumulators = variables.accumulators.slice(0, rows).map((row) => row.slice(0, vectors))
  accumulators.forEach((row, i) => {
    row.forEach((accumulator, j) => {
      f.set(accumulator, first(i, j))
    })
  })
  return accumulators
}

/** accumulators[i][j] += Σ splat(a_i) · b_j over all levels, in their order. */
export function accumulate(
  f: Body,
  lanes: Lanes,
  variables: TileVariables,
  accumulators: Accumulators,
  tile: Tile,
): void {
  const { a, b, splat } = variables
  const columns = variables.columns.slice(0, tile.vectors)
  f.set(a, tile.a)
  f.set(b, tile.b)
  const { cells = [{ a: 0, b: 0 }] } = tile
  const step = (inA = 0, inB = 0) => {
    for (const cell of cells) stepAt(inA + cell.a, inB + cell.b)
  }
  const stepAt = (inA: number, inB: number) => {
    columns.forEach((column, j) => {
      f.set(column, lanes.load(b, tile.bOffset + inB + 16 * j))
    })
    accumulators.forEach((row, i) => {
      f.set(splat, lanes.loadSplat(a, tile.aOffset + inA + tile.rowOffset(i)))
      row.forEach((sum, j) => {
        f.set(sum, lanes.madd(splat, columns[j]!, sum))
      })
    })
  }
  const loops = ([level, ...inner]: readonly Level[]): void => {
    if (!level) {
      step()
      return
    }
    const [next] = inner
    const together = next || cells.length > 1 ? 1 : stepsTogether(level.count)
    f.repeat(level.count / together, () => {
      if (next) loops(inner)
      else for (let k = 0; k < together; k++) step(k * level.a, k * level.b)
      f.bump(a, together * level.a - (next ? next.count * next.a : 0))
      f.bump(b, together * level.b - (next ? next.count * next.b : 0))
    })
  }
  loops(tile.levels)
}

/** Steps of the innermost loop that are written one after another: fewer moves and branches. */
export function stepsTogether(count: number): number {
  const most = hasLongBlocks() ? 8 : 1
  return Array.from({ length: most }, (_, k) => most - k).find((n) => count % n === 0)!
}

/** Work along one axis as tiles of equal height, a number of them to a task. */
export interface Strip {
  readonly total: number
  readonly tile: number
  readonly tilesPerTask: number
}

/** A phase of fewer tasks than this keeps some threads waiting. */
const tasksWanted = 8

/** At most so many tiles to a task, fewer where there would be too few tasks. */
export const tilesFor = (tiles: number, strips: number, most: number): number =>
  Math.max(1, Math.min(most, Math.ceil((tiles * strips) / tasksWanted)))

export const stripTasks = ({ total, tile, tilesPerTask }: Strip): number =>
  Math.max(1, Math.ceil(Math.floor(total / tile) / tilesPerTask))

/** The tiles of one task; the last task also does what is left at the end, lower than a tile. */
export function eachTile(f: Body, strip: Strip, task: I32, write: (height: number) => void): void {
  const { total, tile, tilesPerTask } = strip
  const whole = Math.floor(total / tile)
  const tasks = stripTasks(strip)
  const final = i32.eq(task, tasks - 1)
  const uneven = whole % tilesPerTask
  const count =
    tasks === 1
      ? whole
      : uneven === 0
        ? tilesPerTask
        : select(final, i32.constant(uneven), i32.constant(tilesPerTask))
  f.repeat(count, () => write(tile))
  const rest = total % tile
  if (rest === 0) return
  if (tasks === 1) write(rest)
  else f.if(final, () => write(rest))
}

/** Code for a block of so many, and for what is left of them all for the last one. */
export function blockOf(
  f: Body,
  total: number,
  width: number,
  block: I32,
  write: (count: number) => void,
): void {
  const [last, rest] = [Math.ceil(total / width) - 1, total % width]
  if (rest === 0) write(width)
  else if (last === 0) write(rest)
  else
    f.if(
      i32.eq(block, last),
      () => write(rest),
      () => write(width),
    )
}

/** Rows become columns: as many vectors as a vector has lanes. */
export function transpose(f: Body, lanes: Lanes, rows: readonly V128[]): Local<'v128'>[] {
  const [a, b, c, d] = rows.map((row) => f.let(row))
  const keep = (x: V128, y: V128, order: readonly number[]) => f.let(lanes.shuffle(x, y, order))
  if (lanes.count === 2) return [keep(a!, b!, [0, 2]), keep(a!, b!, [1, 3])]
  const ab = keep(a!, b!, [0, 4, 1, 5])
  const cd = keep(c!, d!, [0, 4, 1, 5])
  const ab2 = keep(a!, b!, [2, 6, 3, 7])
  const cd2 = keep(c!, d!, [2, 6, 3, 7])
  return [
    keep(ab, cd, [0, 1, 4, 5]),
    keep(ab, cd, [2, 3, 6, 7]),
    keep(ab2, cd2, [0, 1, 4, 5]),
    keep(ab2, cd2, [2, 3, 6, 7]),
  ]
}

/** Stores the first `count` lanes. */
export function storeLanes(
  f: Body,
  lanes: Lanes,
  address: I32,
  value: Local<'v128'>,
  count: number,
  offset: number,
): void {
  if (count >= lanes.count) {
    f.do(lanes.store(address, value, offset))
    return
  }
  for (let lane = 0; lane < count; lane++) {
    f.do(lanes.storeLane(address, value, lane, offset + lane * lanes.bytes))
  }
}
