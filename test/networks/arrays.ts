// Layers as plain loops over batches [N,C,H,W] of hyper-dual numbers: padding is written out as
// cells that are not there, and nothing is fused, shared or clever.
import { type Dual, plus, real, scaled, sqrt, times, total } from './hyper-dual.ts'

/** at(n, c, i, j), counted from 0; undefined outside. */
export interface Maps {
  readonly shape: readonly [n: number, c: number, h: number, w: number]
  readonly data: readonly Dual[]
}
export type Pair = readonly [number, number]
export interface Windows {
  readonly size: Pair
  readonly stride: Pair
  readonly dilation: Pair
  /** [[top, bottom], [left, right]] */
  readonly padding: readonly [Pair, Pair]
}

export function maps(shape: Maps['shape'], at: (...index: number[]) => Dual): Maps {
  const [n, c, h, w] = shape
  const data: Dual[] = []
  for (let s = 0; s < n; s++) {
    for (let k = 0; k < c; k++) {
      for (let i = 0; i < h; i++) for (let j = 0; j < w; j++) data.push(at(s, k, i, j))
    }
  }
  return { shape, data }
}

export function cell({ shape: [, c, h, w], data }: Maps, ...index: number[]): Dual | undefined {
  const [s = 0, k = 0, i = 0, j = 0] = index
  if (i < 0 || i >= h || j < 0 || j >= w) return undefined
  return data[((s * c + k) * h + i) * w + j]
}

const count = (n: number, f: number, s: number, d: number, [before, after]: Pair): number =>
  Math.floor((n + before + after - d * (f - 1) - 1) / s) + 1

const outputShape = ([n, , h, w]: Maps['shape'], depth: number, o: Windows): Maps['shape'] => [
  n,
  depth,
  count(h, o.size[0], o.stride[0], o.dilation[0], o.padding[0]),
  count(w, o.size[1], o.stride[1], o.dilation[1], o.padding[1]),
]

/** The cells of one window, in reading order; undefined for padding. */
function windowOf(x: Maps, o: Windows, s: number, k: number, i: number, j: number) {
  const cells: (Dual | undefined)[] = []
  for (let u = 0; u < o.size[0]; u++) {
    for (let v = 0; v < o.size[1]; v++) {
      const row = i * o.stride[0] + u * o.dilation[0] - o.padding[0][0]
      const column = j * o.stride[1] + v * o.dilation[1] - o.padding[1][0]
      cells.push(cell(x, s, k, row, column))
    }
  }
  return cells
}

/** w [F, C/groups, m, n] row-major, b [F]; `flipped` for true convolution. */
export function convolution(
  x: Maps,
  { w, b, filters, groups, flipped }: Filters,
  o: Windows,
): Maps {
  const perGroup = x.shape[1] / groups
  const area = o.size[0] * o.size[1]
  return maps(outputShape(x.shape, filters, o), (s, f, i, j) => {
    let sum = b[f!]!
    for (let c = 0; c < perGroup; c++) {
      const k = Math.floor(f! / (filters / groups)) * perGroup + c
      const cells = windowOf(x, o, s!, k, i!, j!)
      for (const [at, value] of cells.entries()) {
        const weight = w[(f! * perGroup + c) * area + (flipped ? area - 1 - at : at)]!
        if (value) sum = plus(sum, times(weight, value))
      }
    }
    return sum
  })
}
export interface Filters {
  readonly w: readonly Dual[]
  readonly b: readonly Dual[]
  readonly filters: number
  readonly groups: number
  readonly flipped: boolean
}

export const POOLS = {
  maxPool2d: (there: Dual[]) => there.reduce((best, x) => (x.a > best.a ? x : best)),
  /** At 0, where √ has no derivative, it is declared to be 0. */
  l2Pool2d: (there: Dual[]) => {
    const squares = total(there.map((x) => times(x, x)))
    return squares.a === 0 ? real(0) : sqrt(squares)
  },
  medianPool2d: (there: Dual[]) => {
    const sorted = [...there].sort((x, y) => x.a - y.a)
    const middle = (sorted.length - 1) / 2
    return scaled(0.5, plus(sorted[Math.floor(middle)]!, sorted[Math.ceil(middle)]!))
  },
  avgPool2d: (there: Dual[], all: number) => scaled(1 / all, total(there)),
  /** Without counting padding. */
  avgPool2dInside: (there: Dual[]) => scaled(1 / there.length, total(there)),
}

export const pooling = (x: Maps, pool: keyof typeof POOLS, o: Windows): Maps =>
  maps(outputShape(x.shape, x.shape[1], o), (s, k, i, j) => {
    const cells = windowOf(x, o, s!, k!, i!, j!)
    return POOLS[pool](
      cells.filter((value) => value !== undefined),
      cells.length,
    )
  })

export const each = (x: Maps, f: (value: Dual) => Dual): Maps => ({
  shape: x.shape,
  data: x.data.map(f),
})

/** y_{n,u} = b_u + Σ w_{u,r} x_{n,r}, with the rest of each sample flattened. */
export function dense(x: Maps, w: readonly Dual[], b: readonly Dual[]): Dual[][] {
  const [n] = x.shape
  const size = x.data.length / n
  return Array.from({ length: n }, (_, s) =>
    b.map((bias, u) => {
      let sum = bias
      for (let r = 0; r < size; r++) sum = plus(sum, times(w[u * size + r]!, x.data[s * size + r]!))
      return sum
    }),
  )
}
