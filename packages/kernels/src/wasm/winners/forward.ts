// y = φ(max over 2×2 of (x ⋆ w) + b) in one pass, φ monotone: a tile is one pooling window by 8
// filters. Of the four sums only the largest is kept, with the address of the patch it came from.
import { packFilters, panelLength, plainLayout } from '../conv/pack-filters.ts'
import { packImage } from '../conv/pack-image.ts'
import type { ConvShape } from '../conv/shape.ts'
import { type Formula, translate } from '../elementwise/formula.ts'
import { type Body, type I32, i32, i32x4, type Local, v128 } from '../encoder/index.ts'
import type { Kernel, Phase } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { accumulate, mergeLevels, startTile, tileColumns, tileVariables } from '../linear/tile.ts'
import { packedShape, packedSteps, pooledSize, winnerRow, winnerSections } from './shape.ts'

export interface ConvolvePool {
  readonly shape: ConvShape
  /** φ, a formula of its input 0; it must not decrease. */
  readonly activation: Formula
}

/** `kept` is memory of `winnerSections` bytes that the gradients read afterwards. */
export function convolvePool(
  lanes: Lanes,
  { shape, activation }: ConvolvePool,
  at: {
    readonly x: number
    readonly w: number
    readonly b?: number
    readonly y: number
    readonly kept: number
  },
): Kernel {
  const { groups, channels, filters, window } = shape
  const sections = winnerSections(lanes, shape, at.kept)
  const weights = { groups, channelsPerGroup: channels, filtersPerGroup: filters, window }
  const layout = plainLayout(at.w, weights)
  const image = { ...packedShape(shape), from: at.x, to: sections.image }
  const places = { ...sections, y: at.y }
  return [
    packImage(lanes, image),
    packFilters(lanes, weights, layout, sections.filters, at.b),
    windows(lanes, shape, activation, places),
  ]
}

function windows(
  lanes: Lanes,
  shape: ConvShape,
  activation: Formula,
  at: {
    readonly image: number
    readonly filters: number
    readonly winners: number
    readonly y: number
  },
): Phase {
  const { batch, channels, filters, groups, window } = shape
  const [rows, columns] = pooledSize(shape)
  const { bytes } = lanes
  const width = tileColumns(lanes)
  const { pixel, row } = packedSteps(lanes, shape)
  const imageBytes = packedShape(shape).rows * row
  const plane = rows * columns * bytes
  const cellWinners = winnerRow(lanes, shape) * bytes
  const weights = { groups, channelsPerGroup: channels, filtersPerGroup: filters, window }
  const panelBytes = (panelLength(lanes, weights) + width) * bytes
  const levels = mergeLevels([
    { count: window[0], a: row, b: window[1] * channels * width * bytes },
    { count: window[1] * channels, a: bytes, b: width * bytes },
  ])
  const corners = [0, pixel, row, row + pixel]

  /** The first largest of four sums in row-major order, and its corner's offset. */
  const winner = (f: Body, sums: readonly Local<'v128'>[]) => {
    const pick = (a: Choice, b: Choice): Choice => {
      const larger = f.let(v128.or(lanes.gt(b.value, a.value), lanes.ne(a.value, a.value)))
      return {
        value: f.let(v128.bitselect(b.value, a.value, larger)),
        corner: f.let(v128.bitselect(b.corner, a.corner, larger)),
      }
    }
    const [a, b, c, d] = sums.map((value, k) => ({
      value,
      corner: lanes.integer.constant(corners[k]!),
    }))
    return pick(pick(a!, b!), pick(c!, d!))
  }

  const body = (f: Body, task: I32) => {
    const number = f.let(i32.divU(task, rows))
    const pooledRow = f.let(i32.remU(task, rows))
    const inImage = i32.mul(pooledRow, 2 * row)
    const source = f.let(i32.add(i32.mul(number, imageBytes), inImage))
    const inPlane = i32.mul(pooledRow, columns * bytes)
    const firstResult = f.let(i32.add(i32.mul(number, filters * plane), inPlane))
    const firstWinner = f.let(i32.mul(task, columns * cellWinners))
    const panel = f.let(i32.constant(0))
    const [x, result, chosen] = [f.local('i32'), f.local('i32'), f.local('i32')]
    const variables = tileVariables(f)

    const windowsOfPanel = (count: number) => {
      const vectors = Math.ceil(count / lanes.count)
      f.set(x, source)
      f.set(result, firstResult)
      f.set(chosen, firstWinner)
      f.repeat(columns, () => {
        const sums = startTile(f, variables, 4, vectors)
        accumulate(f, lanes, variables, sums, {
          vectors,
          a: x,
          aOffset: at.image,
          b: panel,
          bOffset: at.filters + width * bytes,
          rowOffset: (i) => corners[i]!,
          levels,
        })
        for (let j = 0; j < vectors; j++) {
          const best = winner(
            f,
            sums.map((of) => of[j]!),
          )
          const patch = lanes.integer.add(best.corner, wide(lanes, x))
          f.do(v128.store(chosen, patch, at.winners + 16 * j))
          const bias = lanes.load(panel, at.filters + 16 * j)
          const shifted = f.let(lanes.add(best.value, bias))
          const value = translate(f, lanes, [activation], () => shifted)[0]!
          for (let lane = 0; lane < Math.min(lanes.count, count - j * lanes.count); lane++) {
            const filter = j * lanes.count + lane
            f.do(lanes.storeLane(result, value, lane, at.y + filter * plane))
          }
        }
        f.bump(x, 2 * pixel)
        f.bump(result, bytes)
        f.bump(chosen, cellWinners)
      })
    }
    f.repeat(Math.floor(filters / width), () => {
      windowsOfPanel(width)
      f.bump(panel, panelBytes)
      f.bump(firstResult, width * plane)
      f.bump(firstWinner, width * bytes)
    })
    if (filters % width > 0) windowsOfPanel(filters % width)
  }
  return { name: 'convolve and pool', tasks: batch * rows, body }
}

interface Choice {
  readonly value: Local<'v128'>
  readonly corner: ReturnType<typeof v128.not>
}

/** An address in every lane, zero-extended where lanes are wider. */
function wide(lanes: Lanes, address: I32) {
  const all = i32x4.splat(address)
  return lanes.bytes === 4 ? all : v128.and(all, lanes.integer.constant(0xffffffffn))
}
