// Division of polynomials with remainder, over the integers: what part of an index is a multiple of
// a stride or of a block.

import {
  isZero,
  type Monomial,
  minus,
  monomial,
  type Polynomial,
  plus,
  times,
} from './polynomial.ts'
import { floorDivide } from './rational.ts'

const maximumDivisionSteps = 64

/**
 * The quotient of p by m: p = m · quotient + remainder, where no monomial of the remainder is a
 * multiple of the leading one of m, up to smaller integer coefficients. Graded lexicographic order.
 */
export const divideOut = (p: Polynomial, m: Polynomial): Polynomial => {
  const divisor = leading(m)
  let quotient: Polynomial = new Map()
  let rest = p
  for (let step = 0; divisor && step < maximumDivisionSteps; step++) {
    const part = [...rest.values()]
      .map((candidate) => divideMonomials(candidate, divisor))
      .find((found) => !isZero(found))
    if (!part) break
    quotient = plus(quotient, part)
    rest = minus(rest, times(m, part))
  }
  return quotient
}

const divideMonomials = (p: Monomial, divisor: Monomial): Polynomial => {
  const rest = [...p.variables]
  for (const v of divisor.variables) {
    const at = rest.indexOf(v)
    if (at < 0) return new Map()
    rest.splice(at, 1)
  }
  const negative = divisor.coefficient < 0n
  const magnitude = negative ? -divisor.coefficient : divisor.coefficient
  const coefficient = floorDivide(p.coefficient, magnitude)
  return monomial(negative ? -coefficient : coefficient, rest)
}

const precedes = (a: Monomial, b: Monomial): boolean => {
  const degree = a.variables.length - b.variables.length
  if (degree !== 0) return degree > 0
  const at = a.variables.findIndex((v, i) => v !== b.variables[i])
  return at >= 0 && a.variables[at]!.id < b.variables[at]!.id
}

/** The leading monomial in graded lexicographic order, or undefined for 0. */
export const leading = (p: Polynomial): Monomial | undefined =>
  [...p.values()].reduce<Monomial | undefined>(
    (best, m) => (best === undefined || precedes(m, best) ? m : best),
    undefined,
  )
