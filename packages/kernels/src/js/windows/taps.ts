// The inner loops of the convolutions: one row of a kernel (its taps) against all rows of an image.
// Up to three taps go together, so that each entry of the result is loaded and stored less often.
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
  const { rows, columns, outRow, outColumn, inRow, inColumn, tapStep } = r
  let tap = 0
  // 4 taps are better as 2 + 2 than as 3 + 1.
  while (tap < taps) {
    const left = taps - tap
    const together = left === 3 || left > 4 ? 3 : left >= 2 ? 2 : 1
    const first = xAt + tap * tapStep
    const w0 = w[wAt + tap]!
    const w1 = together > 1 ? w[wAt + tap + 1]! : 0
    const w2 = together > 2 ? w[wAt + tap + 2]! : 0
    for (let i = 0; i < rows; i++) {
      let o = outAt + i * outRow
      let a = first + i * inRow
      if (together === 3) {
        let b = a + tapStep
        let c = b + tapStep
        for (let j = 0; j < columns; j++) {
          out[o] = out[o]! + w0 * x[a]! + w1 * x[b]! + w2 * x[c]!
          o += outColumn
          a += inColumn
          b += inColumn
          c += inColumn
        }
      } else if (together === 2) {
        let b = a + tapStep
        for (let j = 0; j < columns; j++) {
          out[o] = out[o]! + w0 * x[a]! + w1 * x[b]!
          o += outColumn
          a += inColumn
          b += inColumn
        }
      } else {
        for (let j = 0; j < columns; j++) {
          out[o] = out[o]! + w0 * x[a]!
          o += outColumn
          a += inColumn
        }
      }
    }
    tap += together
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
  const { rows, columns, outRow, inRow, inColumn, tapStep } = r
  let tap = 0
  while (tap < taps) {
    const together = taps - tap >= 3 ? 3 : 1
    const first = xAt + tap * tapStep
    let s0 = 0
    let s1 = 0
    let s2 = 0
    for (let i = 0; i < rows; i++) {
      const o = yAt + i * outRow
      let a = first + i * inRow
      if (together === 3) {
        let b = a + tapStep
        let c = b + tapStep
        for (let j = 0; j < columns; j++) {
          const value = y[o + j]!
          s0 += value * x[a]!
          s1 += value * x[b]!
          s2 += value * x[c]!
          a += inColumn
          b += inColumn
          c += inColumn
        }
      } else {
        for (let j = 0; j < columns; j++) {
          s0 += y[o + j]! * x[a]!
          a += inColumn
        }
      }
    }
    sums[at + tap] = sums[at + tap]! + s0
    if (together === 3) {
      sums[at + tap + 1] = sums[at + tap + 1]! + s1
      sums[at + tap + 2] = sums[at + tap + 2]! + s2
    }
    tap += together
  }
}
