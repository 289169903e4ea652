// Rearranges an image [N, C, H, W] into blocks of channels-last pixels with a frame of zeros:
// [N, block, rows, columns, width].
import { type Body, type I32, i32, memory, type V128, v128 } from '../encoder/index.ts'
import type { Phase } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { blockOf, transpose } from '../linear/tile.ts'

export interface PackedImage {
  readonly batch: number
  readonly groups: number
  readonly channelsPerGroup: number
  /** Channels of a block; a group's last block is filled up with zeros. */
  readonly width: number
  /** Of the source. */
  readonly image: readonly [number, number]
  /** Of the target. */
  readonly rows: number
  readonly columns: number
  /** Where the source's first pixel comes to stand; negative: outside. */
  readonly origin: readonly [number, number]
  readonly from: number
  readonly to: number
}

export const packedImageBytes = (
  lanes: Lanes,
  image: Omit<PackedImage, 'from' | 'to' | 'origin' | 'image'>,
): number => {
  const blocks = image.groups * Math.ceil(image.channelsPerGroup / image.width)
  return image.batch * blocks * image.rows * image.columns * image.width * lanes.bytes
}

/** Bytes of a row that are cleared by stores of vectors. */
const mostStored = 1 << 10

export function packImage(lanes: Lanes, image: PackedImage): Phase {
  const { batch, groups, channelsPerGroup, width, rows, columns, origin } = image
  const [height, sourceColumns] = image.image
  const { bytes } = lanes
  const blocks = Math.ceil(channelsPerGroup / width)
  const rowBytes = columns * width * bytes
  const plane = height * sourceColumns * bytes
  // Source columns first ≤ w < end have a place in the target.
  const first = Math.max(0, -origin[1])
  const end = Math.min(sourceColumns, columns - origin[1])
  const count = Math.max(0, end - first)
  const whole = count === columns && channelsPerGroup % width === 0
  const start = (origin[1] + first) * width * bytes

  const body = (f: Body, task: I32) => {
    const target = f.let(i32.add(i32.mul(task, rowBytes), image.to))
    const block = f.let(i32.divU(task, rows))
    const source = f.let(i32.sub(i32.remU(task, rows), origin[0]))
    if (!whole) clearRow(f, target)
    // A row above the source is a huge unsigned number, so it is not below the height either.
    const present = f.let(i32.ltU(source, height))
    f.if(present, () => {
      const group = i32.divU(block, blocks)
      const inGroup = f.let(i32.remU(block, blocks))
      const channel = i32.add(i32.mul(group, channelsPerGroup), i32.mul(inGroup, width))
      const rowStart = i32.mul(source, sourceColumns * bytes)
      const from = f.let(i32.add(i32.add(i32.mul(channel, plane), rowStart), image.from))
      const write = (channels: number) => packRow(f, channels, from, target)
      blockOf(f, channelsPerGroup, width, inGroup, write)
    })
    if (whole) f.if(i32.eqz(present), () => clearRow(f, target))
  }

  /** A call to the engine's fill costs more than the stores of a short row. */
  const clearRow = (f: Body, target: I32) => {
    if (rowBytes > mostStored || rowBytes < 16) {
      f.do(memory.fill(target, 0, rowBytes))
      return
    }
    const to = f.let(target)
    f.repeat(Math.floor(rowBytes / 16), () => {
      f.do(lanes.store(to, v128.zero))
      f.bump(to, 16)
    })
    // What is left, and a little of what is zero already.
    if (rowBytes % 16 > 0) f.do(lanes.store(target, v128.zero, rowBytes - 16))
  }
  /** One row of pixels: blocks of lanes × lanes are transposed, the edges go one by one. */
  const packRow = (f: Body, channels: number, from: I32, target: I32) => {
    const read = f.local('i32')
    const write = f.local('i32')
    const readAt = first * bytes
    const writeAt = start
    const pixel = width * bytes
    const restart = (channel: number) => {
      f.set(read, i32.add(from, channel * plane))
      f.set(write, i32.add(target, channel * bytes))
    }
    let channel = 0
    for (; channel + lanes.count <= channels && channels > 1; channel += lanes.count) {
      restart(channel)
      const planes = Array.from({ length: lanes.count }, (_, c) => readAt + c * plane)
      f.repeat(Math.floor(count / lanes.count), () => {
        const columnsOf = planes.map((offset) => lanes.load(read, offset))
        transpose(f, lanes, columnsOf).forEach((vector, p) => {
          f.do(lanes.store(write, vector, writeAt + p * pixel))
        })
        f.bump(read, 16)
        f.bump(write, lanes.count * pixel)
      })
      f.repeat(count % lanes.count, () => {
        const gathered = planes.reduce(
          (vector: V128, offset, c) => lanes.loadLane(read, vector, c, offset),
          v128.zero,
        )
        f.do(lanes.store(write, gathered, writeAt))
        f.bump(read, bytes)
        f.bump(write, pixel)
      })
    }
    for (; channel < channels; channel++) {
      restart(channel)
      const inVectors = pixel === bytes ? Math.floor(count / lanes.count) : 0
      f.repeat(inVectors, () => {
        f.do(lanes.store(write, lanes.load(read, readAt), writeAt))
        f.bump(read, 16)
        f.bump(write, 16)
      })
      f.repeat(count - inVectors * lanes.count, () => {
        f.do(lanes.storeLane(write, lanes.loadZero(read, readAt), 0, writeAt))
        f.bump(read, bytes)
        f.bump(write, pixel)
      })
    }
  }
  return { name: 'pack image', tasks: batch * groups * blocks * rows, body }
}
