// From images to points: the tiles of a group are read row by row as users have them, [N, C, H, W],
// and transformed along the columns, whose pixels are neighbours in memory, then along the rows,
// four tiles at a time. The frame of zeros stands between the two, in a task's own memory.
import type { ConvShape } from '../conv/shape.ts'
import {
  type Body,
  type I32,
  type Int,
  i32,
  i32x4,
  type Local,
  select,
  v128,
} from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { transpose } from '../linear/tile.ts'
import { type Points, patchSize, type Tiling, tileSize } from './tiling.ts'
import { ofPixels, ofResults, type Registers, type Transform } from './transforms.ts'

/** What is gathered: patches of 6×6 that overlap, or tiles of 4×4 that do not. */
export interface Source {
  readonly channels: number
  readonly image: readonly [number, number]
  /** Zeros above and to the left. */
  readonly padding: readonly [number, number]
  readonly cells: typeof patchSize | typeof tileSize
}

export const pixelsOf = ({ channels, image, padding }: ConvShape): Source => ({
  channels,
  image,
  padding,
  cells: patchSize,
})
export const gradientsOf = ({ filters, output }: ConvShape): Source => ({
  channels: filters,
  image: output,
  padding: [0, 0],
  cells: tileSize,
})

/** Vectors of a row whose code is written one after another. */
const mostUnrolled = 2

/** A row of the frame in bytes: the tiles, what the last patch reads, and what is written behind. */
function frameRow({ across }: Tiling, { image, padding, cells }: Source): number {
  const read = tileSize * across + (cells === patchSize ? 4 : 0)
  const written = padding[1] + 4 * Math.ceil(image[1] / 4)
  return 16 * Math.ceil(Math.max(read, written) / 4)
}

/** The frames of a group's rows for one channel, and a row of zeros. */
export const frameBytes = (tiling: Tiling, source: Source): number =>
  (patchSize * tiling.rowsTogether + 1) * frameRow(tiling, source)

interface Addresses {
  /** The first pixel of the first channel. */
  readonly from: Int
  /** Where frames that are zero and points stand in a memory, and where that is. */
  readonly frame: number
  readonly points: number
  readonly slot: I32
  /** Where the points' memory is, if elsewhere. */
  readonly pointsSlot?: I32
}

/** Writes the points of the group that starts at this row of tiles: [36, some channels, tiles]. */
export function gather(
  f: Body,
  lanes: Lanes,
  tiling: Tiling,
  source: Source,
  to: Points,
  at: Addresses,
  firstRow: I32,
  registers: Registers,
): void {
  const frames = frameRow(tiling, source)
  const transform = source.cells === patchSize ? ofPixels : ofResults
  const channelStart = f.let(i32.add(i32.constant(0), at.from))
  const points = f.let(at.pointsSlot ?? at.slot)
  const alongColumns = columnsPass(f, lanes, tiling, source, {
    ...at,
    frames,
    transform,
    registers,
  })
  const alongRows = rowsPass(f, lanes, tiling, source, to, { ...at, frames, transform, registers })
  f.repeat(to.rows, () => {
    alongColumns(channelStart, firstRow)
    alongRows(points)
    f.bump(channelStart, source.image[0] * source.image[1] * lanes.bytes)
    f.bump(points, to.row)
  })
}

interface Pass extends Addresses {
  readonly frames: number
  readonly transform: Transform
  readonly registers: Registers
}

/** Pixels → frames [6, row of tiles, column]. */
function columnsPass(f: Body, lanes: Lanes, tiling: Tiling, source: Source, pass: Pass) {
  const { rowsInImage, rows, rowsTogether } = tiling
  const { channels, image, padding, cells } = source
  const { frames, transform, registers } = pass
  const [height, width] = image
  const rowBytes = width * lanes.bytes
  const zeros = pass.frame + patchSize * rowsTogether * frames
  const [row, to, top, base] = [0, 0, 0, 0].map(() => f.local('i32'))
  const from = Array.from({ length: cells }, () => f.local('i32'))
  const whole = Math.floor(width / lanes.count)
  const rest = width % lanes.count
  const inside = i32x4.constant(
    ...([0, 1, 2, 3].map((lane) => (lane < rest ? -1 : 0)) as [number, number, number, number]),
  )
  const vector = (number: number, masked: boolean) => {
    from.forEach((address, i) => {
      const pixels = lanes.load(address, 16 * number)
      f.set(registers.given[i]!, masked ? v128.and(pixels, inside) : pixels)
    })
    const start = pass.frame + padding[1] * lanes.bytes + 16 * number
    transform(f, lanes, registers).forEach((value, i) => {
      f.do(lanes.store(to!, value, start + i * rowsTogether * frames))
    })
  }
  const advance = (vectors: number) => {
    for (const address of [...from, to!]) f.bump(address, 16 * vectors)
  }
  return (channelStart: I32, firstRow: I32) => {
    f.set(row!, firstRow)
    const target = f.let(pass.slot)
    f.repeat(rowsTogether, () => {
      const inImage = i32.remU(row!, rowsInImage)
      const first = i32.sub(i32.mul(inImage, tileSize), padding[0])
      // Behind the last image every row is outside of it, above.
      f.set(top!, select(i32.ltU(row!, rows), first, i32.constant(-2 * patchSize)))
      const sample = i32.mul(i32.divU(row!, rowsInImage), channels * height * rowBytes)
      f.set(base!, i32.add(i32.add(channelStart, sample), i32.mul(top!, rowBytes)))
      from.forEach((address, i) => {
        const present = i32.ltU(i32.add(top!, i), height)
        const absent = i32.add(pass.slot, zeros)
        f.set(address, select(present, i32.add(base!, i * rowBytes), absent))
      })
      f.set(to!, target)
      const loops = Math.floor(whole / mostUnrolled)
      f.repeat(loops, () => {
        for (let number = 0; number < mostUnrolled; number++) vector(number, false)
        if (whole + Math.sign(rest) > mostUnrolled) advance(mostUnrolled)
      })
      const left = whole % mostUnrolled
      for (let number = 0; number < left; number++) vector(number, false)
      if (rest > 0) vector(left, true)
      f.bump(row!, 1)
      f.bump(target, frames)
    })
  }
}

/** Frames → points. A vector is four tiles: their pixels of one row are transposed. */
function rowsPass(f: Body, lanes: Lanes, tiling: Tiling, source: Source, to: Points, pass: Pass) {
  const { frames, transform, registers } = pass
  const { given } = registers
  const overlap = source.cells === patchSize
  // Tiles whose frames have nothing between them are one long row.
  const [across, rows] =
    frames === 16 * tiling.across ? [tiling.tiles, 1] : [tiling.across, tiling.rowsTogether]
  const from = f.local('i32')
  const target = f.local('i32')
  const block = (offsets: readonly number[], number: number) => {
    const load = (offset: number) => lanes.load(from, pass.frame + offset)
    transpose(f, lanes, offsets.map(load)).forEach((value, k) => {
      f.set(given[k]!, value)
    })
    if (overlap)
      secondHalf(
        f,
        lanes,
        given,
        offsets.map((offset) => load(offset + 16)),
      )
    transform(f, lanes, registers).forEach((value, j) => {
      f.do(lanes.store(target, value, pass.points + j * to.point + 16 * number))
    })
  }
  const oneRow = () => {
    f.repeat(across / 4, () => {
      block([0, 16, 32, 48], 0)
      f.bump(from, 64)
      f.bump(target, 16)
    })
    f.bump(from, frames - 16 * across)
  }
  /** Until a row starts with a vector again. */
  const period = 4 / greatestPower(across)
  const severalRows = () => {
    const tiles = Array.from({ length: period * across }, (_, tile) => {
      return Math.floor(tile / across) * frames + (tile % across) * 16
    })
    for (let tile = 0; tile < tiles.length; tile += 4) {
      block(tiles.slice(tile, tile + 4), tile / 4)
    }
    f.bump(from, period * frames)
    f.bump(target, 4 * tiles.length)
  }
  return (points: Local<'i32'>) => {
    f.set(from, pass.slot)
    f.set(target, points)
    f.repeat(patchSize, () => {
      f.repeat(rows / period, period === 1 ? oneRow : severalRows)
      if (rows === 1) f.bump(from, tiling.rowsTogether * frames - frames)
      f.bump(target, patchSize * to.point - to.row)
    })
  }
}

/** The greatest power of two up to 4 that divides a number. */
const greatestPower = (n: number): number => (n % 4 === 0 ? 4 : n % 2 === 0 ? 2 : 1)

/** The fifth and sixth pixel of four patches: the first two of what follows each. */
function secondHalf(
  f: Body,
  lanes: Lanes,
  given: Registers['given'],
  [a, b, c, d]: readonly ReturnType<Lanes['load']>[],
): void {
  const ab = f.let(lanes.shuffle(a!, b!, [0, 4, 1, 5]))
  const cd = f.let(lanes.shuffle(c!, d!, [0, 4, 1, 5]))
  f.set(given[4]!, lanes.shuffle(ab, cd, [0, 1, 4, 5]))
  f.set(given[5]!, lanes.shuffle(ab, cd, [2, 3, 6, 7]))
}
