// The sums of products of convolutions, dense layers and matrix products, told as pairs of entries.
import { stackStrides } from '../backend/call.ts'
import { type ConvShape, derive } from '../conv/shape.ts'
import type { DenseShape } from '../linear/dense.ts'
import { products } from './arithmetic.ts'
import { type Board, type Entry, entriesOf, range } from './board.ts'

type Entries = readonly Entry[]

/** All (a, b, …) with 0 ≤ a < sizes[0], …, the last index fastest. */
function indices<T extends readonly number[]>(...sizes: T): { [K in keyof T]: number }[] {
  let made: number[][] = [[]]
  for (const size of sizes) made = made.flatMap((start) => range(size).map((k) => [...start, k]))
  return made as { [K in keyof T]: number }[]
}

/**
 * The sum Σ x_{n,c,h,l} w_{f,c′,u,v} y_{n,f,i,j} with h = s i + d u − p and l likewise: each of the
 * three is the derivative by one factor. Entries are given in row-major order.
 */
export function convolution(shape: ConvShape, x: Entries, w: Entries, y: Entries) {
  const { batch, channels, filters, image, window, output, stride, dilation, padding } = shape
  const { channelsPerGroup, filtersPerGroup } = derive(shape)
  const xAt = (n: number, c: number, h: number, l: number): Entry => {
    const inside = h >= 0 && h < image[0] && l >= 0 && l < image[1]
    return inside ? x[((n * channels + c) * image[0] + h) * image[1] + l]! : null
  }
  const wAt = (f: number, k: number, u: number, v: number): Entry =>
    w[((f * channelsPerGroup + k) * window[0] + u) * window[1] + v]!
  const yAt = (n: number, f: number, i: number, j: number): Entry =>
    y[((n * filters + f) * output[0] + i) * output[1] + j]!
  const cell = (axis: 0 | 1, i: number, u: number): number =>
    stride[axis] * i + dilation[axis] * u - padding[axis]
  /** i with h = s i + d u − p. */
  const windowOf = (axis: 0 | 1, h: number, u: number): number | null => {
    const i = (h + padding[axis] - dilation[axis] * u) / stride[axis]
    return Number.isInteger(i) && i >= 0 && i < output[axis] ? i : null
  }
  const [m, n] = window
  return {
    forward: () => {
      const outs = indices(batch, filters, output[0], output[1])
      const terms = indices(channelsPerGroup, m, n)
      const firstOf = (f: number) => Math.floor(f / filtersPerGroup) * channelsPerGroup
      return {
        shape: [batch, filters, ...output],
        a: outs.map(([s, f, i, j]) =>
          terms.map(([k, u, v]) => xAt(s, firstOf(f) + k, cell(0, i, u), cell(1, j, v))),
        ),
        b: outs.map(([, f]) => terms.map(([k, u, v]) => wAt(f, k, u, v))),
      }
    },
    input: () => {
      const outs = indices(batch, channels, image[0], image[1])
      const terms = indices(filtersPerGroup, m, n)
      const firstOf = (c: number) => Math.floor(c / channelsPerGroup) * filtersPerGroup
      return {
        shape: [batch, channels, ...image],
        a: outs.map(([s, c, h, l]) =>
          terms.map(([q, u, v]) => {
            const [i, j] = [windowOf(0, h, u), windowOf(1, l, v)]
            return i === null || j === null ? null : yAt(s, firstOf(c) + q, i, j)
          }),
        ),
        b: outs.map(([, c]) =>
          terms.map(([q, u, v]) => wAt(firstOf(c) + q, c % channelsPerGroup, u, v)),
        ),
      }
    },
    filter: () => {
      const outs = indices(filters, channelsPerGroup, m, n)
      const terms = indices(batch, output[0], output[1])
      const channelOf = (f: number, k: number) =>
        Math.floor(f / filtersPerGroup) * channelsPerGroup + k
      return {
        shape: [filters, channelsPerGroup, m, n],
        a: outs.map(([f]) => terms.map(([s, i, j]) => yAt(s, f, i, j))),
        b: outs.map(([f, k, u, v]) =>
          terms.map(([s, i, j]) => xAt(s, channelOf(f, k), cell(0, i, u), cell(1, j, v))),
        ),
      }
    },
  }
}

/** A matrix by its entry at (row, column). */
type Matrix = (row: number, column: number) => Entry

const matrix =
  (entries: Entries, columns: number): Matrix =>
  (i, j) =>
    entries[i * columns + j]!
const turned =
  (of: Matrix): Matrix =>
  (i, j) =>
    of(j, i)

/** Pairs of c_ij = Σ_k a_ik b_kj. */
const product = (rows: number, columns: number, terms: number, a: Matrix, b: Matrix) => {
  const outs = indices(rows, columns)
  return {
    shape: [rows, columns],
    a: outs.map(([i]) => range(terms).map((k) => a(i, k))),
    b: outs.map(([, j]) => range(terms).map((k) => b(k, j))),
  }
}

/** y = x wᵀ and its derivatives: y w, yᵀ x. */
export function denseProducts(shape: DenseShape, x: Entries, w: Entries, y: Entries) {
  const { samples, inputs, units } = shape
  const [xs, ws, ys] = [matrix(x, inputs), matrix(w, inputs), matrix(y, units)]
  return {
    forward: () => product(samples, units, inputs, xs, turned(ws)),
    input: () => product(samples, inputs, units, ys, ws),
    filter: () => product(units, inputs, samples, turned(ys), xs),
  }
}

/** Matrix products one for each place of the leading axes, which broadcast. */
export function matrixProducts(
  board: Board,
  [a, b, c]: readonly { readonly offset: number; readonly shape: readonly number[] }[],
): void {
  const [rows, terms] = a!.shape.slice(-2) as [number, number]
  const columns = c!.shape.at(-1)!
  const stack = c!.shape.slice(0, -2)
  const starts = (of: typeof a, length: number) =>
    entriesOf({ offset: of!.offset, strides: stackStrides(of!.shape, c!.shape) }, stack).map(
      (start) => range(length, start),
    )
  const [as, bs, cs] = [
    starts(a, rows * terms),
    starts(b, terms * columns),
    starts(c, rows * columns),
  ]
  cs.forEach((out, k) => {
    const pairs = product(rows, columns, terms, matrix(as[k]!, terms), matrix(bs[k]!, columns))
    products(board, { out, ...pairs })
  })
}
