// A constant factor between two sides, as an exact fraction.
import { formatRational, rational } from '../arithmetic/rational.ts'

const nearness = 1e-9

/** The simplest fraction near a number; undefined where none is simple. */
export const fractionNear = (value: number): string | undefined =>
  simplest(value, 1000, (near) => Math.abs(near - value) <= nearness * Math.max(1, Math.abs(value)))

/** The fraction that is rounded to this very number: 1/1000003. */
export const fractionAt = (value: number): string | undefined =>
  Number.isSafeInteger(value) ? `${value}` : simplest(value, 1e7, (near) => near === value)

/** By continued fractions. */
const simplest = (
  value: number,
  largestDenominator: number,
  isNear: (fraction: number) => boolean,
): string | undefined => {
  if (!Number.isFinite(value)) return undefined
  let [p, q, pBefore, qBefore] = [1, 0, 0, 1]
  let rest = value
  for (let step = 0; step < 20; step++) {
    const whole = Math.floor(rest)
    ;[p, pBefore] = [whole * p + pBefore, p]
    ;[q, qBefore] = [whole * q + qBefore, q]
    if (q > largestDenominator) return undefined
    if (isNear(p / q)) return formatRational(rational(p, q))
    rest = 1 / (rest - whole)
  }
  return undefined
}
