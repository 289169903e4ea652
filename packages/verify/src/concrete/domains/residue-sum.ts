// Sums of products modulo a prime below 2^61, without an object per term: residues as three limbs
// of 21 bits, whose products add up exactly in doubles.
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
  // The sum so far is `residue` + Σ limbs_k 2^{21k}, and a fraction of these degrees.
  const limbs = new Float64Array(5)
  let residue = 0n
  let terms = 0
  let real = 0
  let top = -Infinity
  let bottom = 0
  /** Of p/q + r/s = (ps + rq)/qs. */
  const addDegrees = (above: number, below: number): void => {
    top = Math.max(top + below, above + bottom)
    bottom += below
  }
  const settle = (): void => {
    if (terms === 0) return
    residue += limbs.reduceRight<bigint>((sum, limb) => (sum << bits) + BigInt(limb), 0n)
    limbs.fill(0)
    terms = 0
  }
  const addProduct = (x: Columns, i: number, y: Columns, j: number): void => {
    const x0 = x.low[i]!
    const x1 = x.middle[i]!
    const x2 = x.high[i]!
    const y0 = y.low[j]!
    const y1 = y.middle[j]!
    const y2 = y.high[j]!
    limbs[0]! += x0 * y0
    limbs[1]! += x0 * y1 + x1 * y0
    limbs[2]! += x0 * y2 + x1 * y1 + x2 * y0
    limbs[3]! += x1 * y2 + x2 * y1
    limbs[4]! += x2 * y2
    real += x.real[i]! * y.real[j]!
    addDegrees(x.top[i]! + y.top[j]!, x.bottom[i]! + y.bottom[j]!)
  }
  return {
    term: (value) => {
      residue += value.residue
      real += value.real
      addDegrees(value.top, value.bottom)
    },
    products: (a, b, count) => {
      const x = columns(a.data)
      const y = columns(b.data)
      for (let k = 0; k < count; k++) {
        addProduct(x, a.from + k * a.step, y, b.from + k * b.step)
        terms++
        if (terms === mostTerms) settle()
      }
    },
    total: () => {
      settle()
      const isEmpty = top === -Infinity
      const found = isEmpty ? null : { residue: residue % prime, real, top, bottom }
      residue = 0n
      real = 0
      top = -Infinity
      bottom = 0
      return found
    },
  }
}
