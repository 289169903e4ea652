// Poolings in straight-line code.
import type { AveragePool } from '../pool/average.ts'
import type { PoolShape } from '../pool/window.ts'
import { type Board, type Entry, groups, range } from './board.ts'
import { collect } from './selection.ts'

/** cells[k][o]: the k-th cell of window o, in row-major order; null where it is no pixel. */
export function windowCells(shape: PoolShape, x: readonly Entry[]): Entry[][] {
  const { planes, image, window, output, stride, dilation, padding } = shape
  const along = (axis: 0 | 1, place: number, tap: number): number | null => {
    const at = stride[axis] * place + dilation[axis] * tap - padding[axis]
    return at >= 0 && at < image[axis] ? at : null
  }
  return range(window[0] * window[1]).map((tap) => {
    const [u, v] = [Math.floor(tap / window[1]), tap % window[1]]
    return range(planes * output[0] * output[1]).map((o) => {
      const plane = Math.floor(o / (output[0] * output[1]))
      const row = along(0, Math.floor(o / output[1]) % output[0], u)
      const column = along(1, o % output[1], v)
      return row === null || column === null
        ? null
        : x[(plane * image[0] + row) * image[1] + column]!
    })
  })
}

export const pooledShape = ({ planes, output }: PoolShape): number[] => [planes, ...output]

/** How many cells of each window count. */
function divisors(shape: AveragePool): number[] {
  const { planes, output, window, stride, dilation, divisor } = shape
  if (typeof divisor === 'number') return range(planes * output[0] * output[1]).map(() => divisor)
  const counts = ([0, 1] as const).map((axis) =>
    range(output[axis]).map((place) => {
      const [from, end] = divisor[axis]
      const inside = (tap: number): boolean => {
        const at = stride[axis] * place + dilation[axis] * tap
        return at >= from && at < end
      }
      return range(window[axis]).filter(inside).length
    }),
  )
  return range(planes).flatMap(() =>
    counts[0]!.flatMap((rows) => counts[1]!.map((columns) => rows * columns)),
  )
}

export function averagePool(
  board: Board,
  shape: AveragePool,
  x: readonly Entry[],
  y: readonly number[],
): void {
  const { f, lanes } = board
  const by = divisors(shape)
  const cells = windowCells(shape, x)
  for (const group of groups(pooledShape(shape), board.width)) {
    const sum = cellsOf(board, cells, group).reduce((a, b) => f.let(lanes.add(a, b)))
    const divisor = group.map((o) => by[o]!)
    board.write(
      group.map((o) => y[o]!),
      divisor.every((n) => n === 1) ? sum : lanes.div(sum, board.numbers(divisor)),
    )
  }
}

type Vector = ReturnType<Board['read']>

/** The k-th cells of the windows of a group, for every k that some window has. */
export const cellsOf = (
  { read }: Board,
  cells: readonly (readonly Entry[])[],
  group: readonly number[],
): Vector[] =>
  cells
    .map((each) => group.map((o) => each[o]!))
    .filter((entries) => entries.some((entry) => entry !== null))
    .map(read)

/** Every cell of a window gets g / divisor. */
export function averagePoolInput(
  board: Board,
  shape: AveragePool,
  g: readonly number[],
  x: readonly number[],
): void {
  const { lanes } = board
  const by = divisors(shape)
  const scaled = board.fresh(g.length)
  for (const group of groups(pooledShape(shape), board.width)) {
    const flow = board.read(group.map((o) => g[o]!))
    const divisor = group.map((o) => by[o]!)
    board.write(
      group.map((o) => scaled + o),
      divisor.every((n) => n === 1) ? flow : lanes.div(flow, board.numbers(divisor)),
    )
  }
  const cells = windowCells(shape, x)
  const sent = cells.map((of) => of.map((cell, o) => (cell === null ? null : scaled + o)))
  collect(board, cells, sent, x, [shape.planes, ...shape.image])
}
