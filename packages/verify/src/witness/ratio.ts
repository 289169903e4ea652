// A constant factor between two sides, as an exact fraction.
import { formatRational, rational } from '../arithmetic/rational.ts'

const largestDenominator = 1000
const nearness = 1e-9

/** The simplest fraction near a number, by continued fractions; undefined where none is simple. */
export const fractionNear = (value: number): string | undefined => {
  if (!Number.isFinite(value)) return undefined
  let [p, q, pBefore, qBefore] = [1, 0, 0, 1]
  let rest = value
  for (let step = 0; step < 20; step++) {
    const whole = Math.floor(rest)
    ;[p, pBefore] = [whole * p + pBefore, p]
    ;[q, qBefore] = [whole * q + qBefore, q]
    if (q > largestDenominator) return undefined
    if (Math.abs(p / q - value) <= nearness * Math.max(1, Math.abs(value)))
      return formatRational(rational(p, q))
    rest = 1 / (rest - whole)
  }
  return undefined
}
