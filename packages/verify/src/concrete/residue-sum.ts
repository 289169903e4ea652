// Sums of products modulo a prime below 2^61, without an object per term: residues as three limbs of 21
// bits, whose products add up exactly in doubles.
import type { Accumulator } from './accumulator.ts'
import type { Residue } from './residue.ts'

const bits = 21n
const mask = (1n << bits) - 1n

/** Of 512 terms no sum of limb products (each below 2^42, three at a time) reaches 2^53. */
const mostTerms = 512

/** An array of residues, a column for each limb and so on. */
interface Columns {
  readonly low: Float64Array
  readonly middle: Float64Array
  readonly high: Float64Array
  readonly real: Float64Array
  readonly top: Float64Array
  readonly bottom: Float64Array
}

const columnsOf = (data: readonly Residue[]): Columns => {
  const column = (read: (value: Residue) => number) => Float64Array.from(data, read)
  return {
    low: column(({ residue }) => Number(residue & mask)),
    middle: column(({ residue }) => Number((residue >> bits) & mask)),
    high: column(({ residue }) => Number(residue >> (2n * bits))),
    real: column(({ real }) => real),
    top: column(({ top }) => top),
    bottom: column(({ bottom }) => bottom),
  }
}

/** Accumulators of one domain, which share the columns of the arrays that they have met. */
export const residueSums = (prime: bigint): (() => Accumulator<Residue>) => {
  const known = new WeakMap<readonly Residue[], Columns>()
  const columns = (data: readonly Residue[]): Columns => {
    const found = known.get(data) ?? columnsOf(data)
    known.set(data, found)
    return found
  }
  return () => residueSum(prime, columns)
}

const residueSum = (
  prime: bigint,
  columns: (data: readonly Residue[]) => Columns,
): Accumulator<Residue> => {
  // Degrees of the sum so far, as a fraction: p/q + r/s = (ps + rq)/qs.
  let [residue, real, top, bottom, isEmpty] = [0n, 0, 0, 0, true]
  return {
    term: (value) => {
      residue += value.residue
      real += value.real
      top = isEmpty ? value.top : Math.max(top + value.bottom, value.top + bottom)
      bottom += value.bottom
      isEmpty = false
    },
    products: (a, b, count) => {
      const [x, y] = [columns(a.data), columns(b.data)]
      for (let from = 0; from < count; from += mostTerms) {
        let [s0, s1, s2, s3, s4] = [0, 0, 0, 0, 0]
        let [ownReal, ownTop, ownBottom] = [real, isEmpty ? -Infinity : top, bottom]
        const end = Math.min(count, from + mostTerms)
        let i = a.from + from * a.step
        let j = b.from + from * b.step
        for (let k = from; k < end; k++) {
          const [x0, x1, x2] = [x.low[i]!, x.middle[i]!, x.high[i]!]
          const [y0, y1, y2] = [y.low[j]!, y.middle[j]!, y.high[j]!]
          s0 += x0 * y0
          s1 += x0 * y1 + x1 * y0
          s2 += x0 * y2 + x1 * y1 + x2 * y0
          s3 += x1 * y2 + x2 * y1
          s4 += x2 * y2
          ownReal += x.real[i]! * y.real[j]!
          const below = x.bottom[i]! + y.bottom[j]!
          ownTop = Math.max(ownTop + below, x.top[i]! + y.top[j]! + ownBottom)
          ownBottom += below
          i += a.step
          j += b.step
        }
        residue += [s4, s3, s2, s1, s0].reduce((sum, limb) => (sum << bits) + BigInt(limb), 0n)
        ;[real, top, bottom, isEmpty] = [ownReal, ownTop, ownBottom, false]
      }
    },
    total: () => {
      const found = isEmpty ? null : { residue: residue % prime, real, top, bottom }
      ;[residue, real, top, bottom, isEmpty] = [0n, 0, 0, 0, true]
      return found
    },
  }
}
