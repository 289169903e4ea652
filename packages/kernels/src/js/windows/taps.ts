// The inner loops of the convolutions: one row of a kernel (its taps) against all rows of an image.
// Taps go together in fives, threes and ones, so that the result is loaded and stored less often;
// where neighbouring taps read neighbouring entries, an entry once read slides from tap to tap.
import type { Memory } from '../../backend.ts'

/** How the rows of result and image lie. */
export interface Rows {
  readonly rows: number
  readonly columns: number
  readonly outRow: number
  readonly outColumn: number
  readonly inRow: number
  readonly inColumn: number
  /** From one tap to the next, in the image. */
  readonly tapStep: number
}

/** Entries slide when a tap reads next what the tap after it has read. */
const slides = (r: Rows): boolean => r.outColumn === 1 && r.inColumn === 1 && r.tapStep === 1

/** out_{i,j} += Σ_v w_v x_{i, j + v}, in the steps that `r` says. */
export function addTaps(
  r: Rows,
  out: Memory,
  outAt: number,
  x: Memory,
  xAt: number,
  w: Memory,
  wAt: number,
  taps: number,
): void {
  const sliding = slides(r)
  let tap = 0
  while (tap < taps) {
    const left = taps - tap
    const at = xAt + tap * r.tapStep
    if (sliding && left >= 5) {
      addFive(r, out, outAt, x, at, w, wAt + tap)
      tap += 5
    } else if (sliding && left >= 3) {
      addThree(r, out, outAt, x, at, w, wAt + tap)
      tap += 3
    } else {
      addOne(r, out, outAt, x, at, w[wAt + tap]!)
      tap += 1
    }
  }
}

function addOne(r: Rows, out: Memory, outAt: number, x: Memory, xAt: number, w: number): void {
  const { rows, columns, outRow, outColumn, inRow, inColumn } = r
  for (let i = 0; i < rows; i++) {
    let o = outAt + i * outRow
    let a = xAt + i * inRow
    for (let j = 0; j < columns; j++) {
      out[o] = out[o]! + w * x[a]!
      o += outColumn
      a += inColumn
    }
  }
}

function addThree(
  { rows, columns, outRow, inRow }: Rows,
  out: Memory,
  outAt: number,
  x: Memory,
  xAt: number,
  w: Memory,
  wAt: number,
): void {
  const w0 = w[wAt]!
  const w1 = w[wAt + 1]!
  const w2 = w[wAt + 2]!
  for (let i = 0; i < rows; i++) {
    const o = outAt + i * outRow
    const a = xAt + i * inRow
    let x0 = x[a]!
    let x1 = x[a + 1]!
    for (let j = 0; j < columns; j++) {
      const x2 = x[a + j + 2]!
      out[o + j] = out[o + j]! + (w0 * x0 + w1 * x1 + w2 * x2)
      x0 = x1
      x1 = x2
    }
  }
}

function addFive(
  { rows, columns, outRow, inRow }: Rows,
  out: Memory,
  outAt: number,
  x: Memory,
  xAt: number,
  w: Memory,
  wAt: number,
): void {
  const w0 = w[wAt]!
  const w1 = w[wAt + 1]!
  const w2 = w[wAt + 2]!
  const w3 = w[wAt + 3]!
  const w4 = w[wAt + 4]!
  for (let i = 0; i < rows; i++) {
    const o = outAt + i * outRow
    const a = xAt + i * inRow
    let x0 = x[a]!
    let x1 = x[a + 1]!
    let x2 = x[a + 2]!
    let x3 = x[a + 3]!
    for (let j = 0; j < columns; j++) {
      const x4 = x[a + j + 4]!
      out[o + j] = out[o + j]! + (w0 * x0 + w1 * x1 + (w2 * x2 + w3 * x3) + w4 * x4)
      x0 = x1
      x1 = x2
      x2 = x3
      x3 = x4
    }
  }
}

/** sums_v += Σ_{i,j} y_{i,j} x_{i, j + v}, in the steps that `r` says (its out is y). */
export function dotTaps(
  r: Rows,
  y: Memory,
  yAt: number,
  x: Memory,
  xAt: number,
  sums: Memory,
  at: number,
  taps: number,
): void {
  const sliding = slides(r)
  let tap = 0
  while (tap < taps) {
    const from = xAt + tap * r.tapStep
    if (sliding && taps - tap >= 3) {
      dotThree(r, y, yAt, x, from, sums, at + tap)
      tap += 3
    } else {
      sums[at + tap] = sums[at + tap]! + dotOne(r, y, yAt, x, from)
      tap += 1
    }
  }
}

function dotOne(r: Rows, y: Memory, yAt: number, x: Memory, xAt: number): number {
  const { rows, columns, outRow, inRow, inColumn } = r
  let even = 0
  let odd = 0
  for (let i = 0; i < rows; i++) {
    const o = yAt + i * outRow
    const a = xAt + i * inRow
    let j = 0
    // Two sums side by side: neither waits for the other.
    for (; j + 1 < columns; j += 2) {
      even += y[o + j]! * x[a + j * inColumn]!
      odd += y[o + j + 1]! * x[a + (j + 1) * inColumn]!
    }
    if (j < columns) even += y[o + j]! * x[a + j * inColumn]!
  }
  return even + odd
}

function dotThree(
  { rows, columns, outRow, inRow }: Rows,
  y: Memory,
  yAt: number,
  x: Memory,
  xAt: number,
  sums: Memory,
  at: number,
): void {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  for (let i = 0; i < rows; i++) {
    const o = yAt + i * outRow
    const a = xAt + i * inRow
    let x0 = x[a]!
    let x1 = x[a + 1]!
    for (let j = 0; j < columns; j++) {
      const x2 = x[a + j + 2]!
      const value = y[o + j]!
      s0 += value * x0
      s1 += value * x1
      s2 += value * x2
      x0 = x1
      x1 = x2
    }
  }
  sums[at] = sums[at]! + s0
  sums[at + 1] = sums[at + 1]! + s1
  sums[at + 2] = sums[at + 2]! + s2
}
