// 2×2 max-pooling of rows held in vectors: the largest of each window and where its patch starts.
import { type Body, type Local, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'

/** Four pooled cells in row-major order. */
export interface PooledVector {
  readonly value: Local<'v128'>
  /** Byte offset of the winner's patch in a plane of the image. */
  readonly patch: Local<'v128'>
}

interface Candidate {
  readonly value: V128
  readonly patch: V128
}

const even = [0, 2, 4, 6]
const odd = [1, 3, 5, 7]

/** rows[i][q] holds cells 4q … 4q+3 of row i; an image's row has `imageColumns` pixels. */
export function chooseWinners(
  f: Body,
  lanes: Lanes,
  rows: readonly (readonly V128[])[],
  imageColumns: number,
): PooledVector[] {
  const vectors = rows[0]!.length
  const cells = rows.map((row, i) =>
    row.map((value, q): Candidate => {
      const offset = 4 * (i * imageColumns + 4 * q)
      return { value, patch: lanes.integer.constant(offset, offset + 4, offset + 8, offset + 12) }
    }),
  )
  const shuffled = (a: Candidate, b: Candidate, order: readonly number[]): Candidate => ({
    value: f.let(lanes.shuffle(a.value, b.value, order)),
    patch: f.let(lanes.shuffle(a.patch, b.patch, order)),
  })
  /** First in row-major order: within a row the left one, then the upper row's. */
  const pool = (upper: readonly [Candidate, Candidate], lower: readonly [Candidate, Candidate]) => {
    const [top, bottom] = [upper, lower].map(([a, b]) =>
      larger(f, lanes, shuffled(a, b, even), shuffled(a, b, odd)),
    )
    return larger(f, lanes, top!, bottom!)
  }
  const pooled: PooledVector[] = []
  if (vectors === 1) {
    // Two windows a row: the pooled cells of two pairs of rows make a vector.
    for (let i = 0; i < rows.length; i += 4) {
      const [a, b, c, d] = [0, 1, 2, 3].map((k) => cells[i + k]![0]!)
      pooled.push(pool([a!, c!], [b!, d!]))
    }
    return pooled
  }
  for (let i = 0; i < rows.length; i += 2) {
    for (let q = 0; q < vectors; q += 2) {
      const [upper, lower] = [cells[i]!, cells[i + 1]!]
      pooled.push(pool([upper[q]!, upper[q + 1]!], [lower[q]!, lower[q + 1]!]))
    }
  }
  return pooled
}

/** The larger of two; of equal ones the first. */
function larger(f: Body, lanes: Lanes, a: Candidate, b: Candidate): PooledVector {
  const second = f.let(lanes.gt(b.value, a.value))
  return {
    value: f.let(v128.bitselect(b.value, a.value, second)),
    patch: f.let(v128.bitselect(b.patch, a.patch, second)),
  }
}
