// The windows of a pooling, clipped to the image, worked out once: which rows and columns each
// window sees, and in which order.
import { type PoolParams, pooledSize, resolvePads, type Shape } from '@backprove/graph'

/** Along one axis: cell c of window k reads `starts[k] + c·step`, for firsts[k] ≤ c < ends[k]. */
interface Axis {
  readonly count: number
  readonly starts: Int32Array
  readonly firsts: Int32Array
  readonly ends: Int32Array
  readonly step: number
}

export interface Windows {
  readonly planes: number
  readonly height: number
  readonly width: number
  readonly rows: Axis
  readonly columns: Axis
}

export function windowsOf(params: PoolParams, image: Shape): Windows {
  const [height = 1, width = 1] = image.slice(-2)
  const pads = resolvePads(params, [height, width], params.size)
  const counts = pooledSize(params, [height, width])
  const axis = (along: 0 | 1, length: number): Axis => {
    const { [along]: count } = counts
    const starts = new Int32Array(count)
    const firsts = new Int32Array(count)
    const ends = new Int32Array(count)
    const step = params.dilation[along]
    for (let k = 0; k < count; k++) {
      const start = k * params.stride[along] - pads[along][0]
      starts[k] = start
      firsts[k] = Math.max(0, Math.ceil(-start / step))
      ends[k] = Math.min(params.size[along], Math.ceil((length - start) / step))
    }
    return { count, starts, firsts, ends, step }
  }
  const planes = image.slice(0, -2).reduce((product, n) => product * n, 1)
  return { planes, height, width, rows: axis(0, height), columns: axis(1, width) }
}

/** A window's cells in row-major order, as positions in the arrays of the whole image. */
export interface Cells {
  readonly at: Int32Array
  count: number
}

export const newCells = (params: PoolParams): Cells => ({
  at: new Int32Array(params.size[0] * params.size[1]),
  count: 0,
})

/** Calls `visit` for every window with its position in the pooled array and its cells. */
export function eachWindow(
  { planes, height, width, rows, columns }: Windows,
  cells: Cells,
  visit: (position: number, cells: Cells) => void,
): void {
  let position = 0
  for (let plane = 0; plane < planes; plane++) {
    for (let i = 0; i < rows.count; i++) {
      for (let j = 0; j < columns.count; j++) {
        let count = 0
        for (let u = rows.firsts[i]!; u < rows.ends[i]!; u++) {
          const row = (plane * height + rows.starts[i]! + u * rows.step) * width
          for (let v = columns.firsts[j]!; v < columns.ends[j]!; v++) {
            cells.at[count++] = row + columns.starts[j]! + v * columns.step
          }
        }
        cells.count = count
        visit(position++, cells)
      }
    }
  }
}
