// From points to results: transformed along the rows, four tiles at a time, then along the columns,
// whose pixels are neighbours in memory, and written as users have them, [N, F, H, W].
import { type Body, type I32, i32, type Local, type V128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { storeLanes, transpose } from '../linear/tile.ts'
import { type Points, patchSize, type Tiling, tileSize } from './tiling.ts'
import { noteNonFinite, type Registers, toResults } from './transforms.ts'

const mostUnrolled = 1

/** Half-transformed rows of one filter: [6, tile, 4 columns]. */
export const scatterBytes = ({ tiles }: Tiling): number => patchSize * tiles * 16

interface Addresses {
  readonly points: number
  readonly rows: number
  readonly slot: I32
  readonly y: number
}

/** For each filter: what becomes of a vector of its sums before it is stored. */
export type Finish = (filter: I32) => Finished
type Finished = (sum: V128) => V128
/** What becomes of so many results that stand one after another, while a first cache has them. */
export type Afterwards = (start: I32, entries: number) => void

/** Filters of which there are points, in all and the first of them. */
export interface Some {
  readonly filters: number
  readonly first: I32
}

/** Writes the results of the group that starts at this row of tiles. */
export function scatter(
  f: Body,
  lanes: Lanes,
  tiling: Tiling,
  output: readonly [number, number],
  from: Points,
  at: Addresses,
  firstRow: I32,
  { filters, first }: Some,
  registers: Registers,
  { finish, afterwards }: { readonly finish: Finish; readonly afterwards?: Afterwards | undefined },
  noted: Local<'v128'>,
): void {
  const { rowsInImage, rows, across, rowsTogether, tiles } = tiling
  const [height, width] = output
  const rowBytes = width * lanes.bytes
  const plane = height * rowBytes
  const tileRowBytes = 16 * across
  const halfRow = 16 * tiles
  const points = f.let(at.slot)
  const filter = f.let(first)
  const [source, target, row, to, start] = [0, 0, 0, 0, 0].map(() =>
    f.local('i32'),
  ) as Local<'i32'>[]
  const { given } = registers

  const alongRows = () => {
    f.set(source!, points)
    f.set(target!, at.slot)
    f.repeat(patchSize, () => {
      f.repeat(tiles / lanes.count, () => {
        for (let j = 0; j < patchSize; j++) {
          f.set(given[j]!, lanes.load(source!, at.points + j * from.point))
        }
        transpose(f, lanes, toResults(f, lanes, registers)).forEach((value, tile) => {
          f.do(lanes.store(target!, value, at.rows + 16 * tile))
        })
        f.bump(source!, 16)
        f.bump(target!, 64)
      })
      f.bump(source!, patchSize * from.point - from.row)
    })
  }

  const value = f.local('v128')
  const vector = (finished: Finished, rows: number, number: number, lanesUsed: number) => {
    for (let i = 0; i < patchSize; i++) {
      f.set(given[i]!, lanes.load(source!, at.rows + i * halfRow + 16 * number))
    }
    toResults(f, lanes, registers)
      .slice(0, rows)
      .forEach((sum, i) => {
        f.set(value, sum)
        noteNonFinite(f, lanes, noted, value)
        f.set(value, finished(value))
        storeLanes(f, lanes, to!, value, lanesUsed, i * rowBytes + 16 * number)
      })
  }
  const whole = Math.floor(width / lanes.count)
  const rest = width % lanes.count
  const tileRow = (finished: Finished, rows: number) => {
    f.repeat(Math.floor(whole / mostUnrolled), () => {
      for (let number = 0; number < mostUnrolled; number++)
        vector(finished, rows, number, lanes.count)
      f.bump(source!, 16 * mostUnrolled)
      f.bump(to!, 16 * mostUnrolled)
    })
    const left = whole % mostUnrolled
    for (let number = 0; number < left; number++) vector(finished, rows, number, lanes.count)
    if (rest > 0) vector(finished, rows, left, rest)
    afterwards?.(start!, rows * width)
  }
  const alongColumns = (finished: Finished) => {
    f.set(row!, firstRow)
    const rowStart = f.let(at.slot)
    f.repeat(rowsTogether, () => {
      f.if(i32.ltU(row!, rows), () => {
        const inImage = f.let(i32.remU(row!, rowsInImage))
        const sample = i32.mul(i32.divU(row!, rowsInImage), filters * plane)
        const place = i32.add(sample, i32.mul(inImage, tileSize * rowBytes))
        f.set(to!, i32.add(i32.add(place, i32.mul(filter, plane)), at.y))
        f.set(start!, to!)
        f.set(source!, rowStart)
        const last = height % tileSize
        if (last === 0) tileRow(finished, tileSize)
        else if (rowsInImage === 1) tileRow(finished, last)
        else
          f.if(
            i32.eq(inImage, rowsInImage - 1),
            () => tileRow(finished, last),
            () => tileRow(finished, tileSize),
          )
      })
      f.bump(row!, 1)
      f.bump(rowStart, tileRowBytes)
    })
  }
  f.repeat(from.rows, () => {
    const finished = finish(filter)
    alongRows()
    alongColumns(finished)
    f.bump(points, from.row)
    f.bump(filter, 1)
  })
}
