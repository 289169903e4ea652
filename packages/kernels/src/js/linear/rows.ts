// The two loops of every matrix product: a row's dot with others, and a sum of scaled rows.
import type { Memory } from '../../backend.ts'

/** Σ_e a_e b_e over two stretches. Four sums run side by side: the processor adds them at once. */
export function dot(a: Memory, i: number, b: Memory, j: number, length: number): number {
  let s0 = 0
  let s1 = 0
  let s2 = 0
  let s3 = 0
  const whole = length - (length % 4)
  for (let e = 0; e < whole; e += 4) {
    s0 += a[i + e]! * b[j + e]!
    s1 += a[i + e + 1]! * b[j + e + 1]!
    s2 += a[i + e + 2]! * b[j + e + 2]!
    s3 += a[i + e + 3]! * b[j + e + 3]!
  }
  for (let e = whole; e < length; e++) s0 += a[i + e]! * b[j + e]!
  return s0 + s1 + (s2 + s3)
}

/** Where `count` scales and the rows that they scale are. */
export interface ScaledRows {
  readonly count: number
  readonly scales: Memory
  readonly scaleStep: number
  readonly rows: Memory
  readonly rowStep: number
  readonly length: number
}

/** out_e += Σ_k scale_k row_{k,e}: four rows to a pass, so that out is loaded and stored less. */
export function addScaledRows(
  { count, scales, scaleStep, rows, rowStep, length }: ScaledRows,
  out: Memory,
  outAt: number,
  scaleAt: number,
  rowAt: number,
): void {
  let k = 0
  for (; k + 4 <= count; k += 4) {
    const s = scaleAt + k * scaleStep
    const w0 = scales[s]!
    const w1 = scales[s + scaleStep]!
    const w2 = scales[s + 2 * scaleStep]!
    const w3 = scales[s + 3 * scaleStep]!
    const r0 = rowAt + k * rowStep
    const r1 = r0 + rowStep
    const r2 = r1 + rowStep
    const r3 = r2 + rowStep
    for (let e = 0; e < length; e++) {
      out[outAt + e] =
        out[outAt + e]! +
        (w0 * rows[r0 + e]! + w1 * rows[r1 + e]! + (w2 * rows[r2 + e]! + w3 * rows[r3 + e]!))
    }
  }
  for (; k < count; k++) {
    const w = scales[scaleAt + k * scaleStep]!
    const r = rowAt + k * rowStep
    for (let e = 0; e < length; e++) out[outAt + e] = out[outAt + e]! + w * rows[r + e]!
  }
}
