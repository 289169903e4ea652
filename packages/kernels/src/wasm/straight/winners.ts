// Convolution behind 2×2 max-pooling in straight-line code: which cell has won each window, and the
// two gradients of the convolution by what flows back to the winners alone.

import type { ConvShape } from '../conv/shape.ts'
import { type V128, v128 } from '../encoder/index.ts'
import { pooledSize } from '../winners/shape.ts'
import { combineLines, products } from './arithmetic.ts'
import { type Board, type Entry, groups, range } from './board.ts'
import { convolution } from './convolution.ts'
import { selectLargest } from './selection.ts'
import { windowCells } from './windows.ts'

/** What the gradients need, in entries that hold it until then: one for each pooled cell. */
export interface Kept {
  readonly x: readonly number[]
  /** Masks, one for each cell of a window: whether it has won. */
  readonly winners: readonly number[]
  /** Bytes from the corner of the image's plane to that of the winner's patch. */
  readonly patches: number
}

const poolOf = (shape: ConvShape) => ({
  planes: shape.batch * shape.filters,
  image: shape.output,
  window: [2, 2] as const,
  output: pooledSize(shape),
  stride: [2, 2] as const,
  dilation: [1, 1] as const,
  padding: [0, 0] as const,
})

/** The same values in entries of their own: the plan may give the place of x to others. */
function copyOf(board: Board, x: readonly number[]): number[] {
  const copy = range(x.length, board.fresh(x.length))
  for (const group of groups([x.length], board.width)) {
    const value = board.read(group.map((k) => x[k]!))
    board.write(
      group.map((k) => copy[k]!),
      value,
    )
  }
  return copy
}

/** y = maxpool(x ⋆ w); x `lasts` where its place holds it to the end of the run. */
export function convolvePool(
  board: Board,
  shape: ConvShape,
  [x, w, y]: readonly [readonly number[], readonly number[], readonly number[]],
  lasts: boolean,
): Kept {
  const { f, lanes } = board
  const pool = poolOf(shape)
  const size = pool.planes * shape.output[0] * shape.output[1]
  const z = range(size, board.fresh(size))
  products(board, { out: z, ...convolution(shape, x, w, z).forward() })
  const cells = windowCells(pool, z)
  const winners = cells.map(() => board.fresh(y.length))
  const patches = board.fresh(y.length)
  const [rows, columns] = pool.output
  for (const group of groups([pool.planes, rows, columns], board.width)) {
    const [selected] = selectLargest(
      board,
      cells.map((of) => f.let(board.read(group.map((o) => of[o]!)))),
    )
    const { value, masks } = selected!
    const patchOf = (tap: number) => {
      const bytes = group.map((o) => {
        const [row, column] = [Math.floor(o / columns) % rows, o % columns]
        const at = (2 * row + Math.floor(tap / 2)) * shape.image[1] + 2 * column + (tap % 2)
        return at * lanes.bytes
      })
      return lanes.integer.constant(...range(lanes.count).map((k) => bytes[k] ?? 0))
    }
    const place = (first: number) => group.map((o) => first + o)
    board.write(
      group.map((o) => y[o]!),
      value,
    )
    masks.forEach((mask, tap) => {
      board.write(place(winners[tap]!), mask)
    })
    if (!board.readAt) continue
    const patch = masks.reduce<V128>(
      (chosen, mask, tap) => v128.bitselect(patchOf(tap), chosen, mask),
      v128.zero,
    )
    board.write(place(patches), patch)
  }
  return { x: lasts ? x : copyOf(board, x), winners, patches }
}

/** The gradient that flows back to the convolution's result, zeros included. */
function sentBack(board: Board, shape: ConvShape, kept: Kept, delta: readonly number[]): Entry[] {
  const { f } = board
  const pool = poolOf(shape)
  const size = pool.planes * shape.output[0] * shape.output[1]
  const z: Entry[] = range(size).map(() => null)
  const first = board.fresh(size)
  const cells = windowCells(pool, range(size))
  for (const group of groups([pool.planes, ...pool.output], board.width)) {
    const flow = f.let(board.read(group.map((o) => delta[o]!)))
    cells.forEach((of, tap) => {
      const at = group.map((o) => of[o]!)
      for (const entry of at) z[entry] = first + entry
      const mask = board.read(group.map((o) => kept.winners[tap]! + o))
      board.write(
        at.map((entry) => first + entry),
        v128.and(flow, mask),
      )
    })
  }
  return z
}

/** Σ δ x over the winners: every patch is a row of vectors somewhere in the image. */
export function filterAtWinners(
  board: Board,
  shape: ConvShape,
  kept: Kept,
  delta: readonly number[],
  w: readonly number[],
): void {
  const { f, lanes, readAt } = board
  const { batch, channels, filters, image, window, padding } = shape
  // A border of zeros, before the image or behind it, is nowhere in memory.
  const isInside = pooledSize(shape).every(
    (count, axis) => padding[axis] === 0 && 2 * count + window[axis]! - 1 <= image[axis]!,
  )
  const direct = readAt && isInside && board.inMemory(kept.x)
  if (!direct) {
    const z = sentBack(board, shape, kept, delta)
    products(board, { out: w, ...convolution(shape, kept.x, w, z).filter() })
    return
  }
  const cells = delta.length / (batch * filters)
  const shifts = new Map<number, ReturnType<Board['read']>>()
  const shiftOf = (o: number) => {
    const start = o - (o % lanes.count)
    const group = range(Math.min(lanes.count, delta.length - start), start)
    const known = shifts.get(start) ?? f.let(board.read(group.map((k) => kept.patches + k)))
    shifts.set(start, known)
    return { shift: known, lane: o - start }
  }
  const pixels = image[0] * image[1]
  const [m, n] = window
  combineLines(board, 'sum', {
    out: w,
    // Along a row of the window, and no further.
    groups: range(filters * channels * m).flatMap((row) =>
      groups([n], lanes.count).map((group) => group.map((v) => row * n + v)),
    ),
    length: batch * cells,
    across: (group, k) => {
      const filter = Math.floor(group[0]! / (channels * m * n))
      const channel = Math.floor(group[0]! / (m * n)) % channels
      const [u, v] = [Math.floor(group[0]! / n) % m, group[0]! % n]
      const sample = Math.floor(k / cells)
      const o = (sample * filters + filter) * cells + (k % cells)
      const { shift, lane } = shiftOf(o)
      const first = kept.x[(sample * channels + channel) * pixels]! + u * image[1] + v
      return lanes.mul(board.read(group.map(() => delta[o]!)), readAt(first, shift, lane))
    },
  })
}

export function inputAtWinners(
  board: Board,
  shape: ConvShape,
  kept: Kept,
  [delta, w, x]: readonly [readonly number[], readonly number[], readonly number[]],
): void {
  const z = sentBack(board, shape, kept, delta)
  products(board, { out: x, ...convolution(shape, x, w, z).input() })
}
