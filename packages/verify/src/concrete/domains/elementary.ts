// Functions of one number and their derivatives of any order, over any domain.

import { ConcreteError } from '../../core/errors.ts'
import { exactRational } from '../../core/exact.ts'
import type { Rational, Word } from '../../language/syntax.ts'
import { realFunctions } from './comparing.ts'
import { type Domain, rationalPower } from './domain.ts'

/** Coefficients from the constant upwards. */
type Polynomial = readonly number[]

const times = (a: Polynomial, b: Polynomial): number[] => {
  const product = new Array<number>(a.length + b.length - 1).fill(0)
  a.forEach((x, i) => {
    b.forEach((y, j) => {
      product[i + j]! += x * y
    })
  })
  return product
}

const slope = (a: Polynomial): number[] => a.slice(1).map((c, k) => c * (k + 1))

/** f = P(f₀) with f₀′ = Q(f₀): the derivative of that order is a polynomial in f₀ again. */
const chain = (start: Polynomial, factor: Polynomial, order: number): Polynomial =>
  order === 0 ? start : chain(times(slope(start), factor), factor, order - 1)

const evaluate = <T>(domain: Domain<T>, polynomial: Polynomial, at: T): T =>
  polynomial.reduceRight<T>(
    (sum, c) => domain.add(domain.multiply(sum, at), whole(domain, c)),
    domain.zero,
  )

const whole = <T>(domain: Domain<T>, value: number): T => domain.fromRational(exactRational(value))

const half: Rational = { numerator: 1n, denominator: 2n }

/** (x^r)^{(n)} = r (r − 1) … (r − n + 1) x^{r−n}, r = 1/2. */
const rootDerivative = <T>(domain: Domain<T>, x: T, order: number): T => {
  const { multiply, divide } = domain
  let value = domain.call('sqrt', [x])
  for (let k = 0; k < order; k++) {
    const factor = { numerator: half.numerator - 2n * BigInt(k), denominator: 2n }
    value = divide(multiply(domain.fromRational(factor), value), x)
  }
  return value
}

/** log^{(n)} = (−1)^{n−1} (n − 1)! / x^n */
const logDerivative = <T>(domain: Domain<T>, x: T, order: number): T => {
  if (order === 0) return domain.call('log', [x])
  let factor = 1
  for (let k = 1; k < order; k++) factor *= -k
  const power = rationalPower(domain, x, { numerator: BigInt(order), denominator: 1n })
  return domain.divide(whole(domain, factor), power)
}

type Derivative = <T>(domain: Domain<T>, x: T, order: number) => T

/** [x > 0], and a kink at 0. */
const positive: Derivative = (domain, x) => {
  const sign = domain.compare(x, domain.zero)
  if (sign === 0) domain.seen.kinks = true
  return sign > 0 ? domain.one : domain.zero
}

const stepwise =
  (name: 'sign' | 'floor' | 'ceil'): Derivative =>
  (domain, x, order) =>
    order === 0 ? realFunctions[name](domain, x, x) : domain.zero

/** f with f′ = Q(f). */
const smooth =
  (name: 'sigmoid' | 'tanh', factor: Polynomial): Derivative =>
  (domain, x, order) => {
    if (order > 0 && domain.derivative) return domain.derivative(name, order, x)
    const value = domain.call(name, [x])
    return order === 0 ? value : evaluate(domain, chain([0, 1], factor, order), value)
  }

/** sin, cos, −sin, −cos, … */
const turning =
  (quarters: number): Derivative =>
  (domain, x, order) => {
    const quarter = (quarters + order) % 4
    const value = domain.call(quarter % 2 === 0 ? 'sin' : 'cos', [x])
    return quarter < 2 ? value : domain.negate(value)
  }

const piIn = <T>(domain: Domain<T>): T => domain.call('pi', [domain.one])

/** erf^{(n)}(x) = P(x) 2 e^{−x²}/√π, where P ↦ P′ − 2x P with every derivative. */
const erfDerivative = <T>(domain: Domain<T>, x: T, order: number): T => {
  const { multiply, divide, negate, call } = domain
  if (order === 0) return call('erf', [x])
  let factor: Polynomial = [1]
  for (let k = 1; k < order; k++) {
    const rest = slope(factor)
    factor = times([0, -2], factor).map((c, at) => c + (rest[at] ?? 0))
  }
  const bell = call('exp', [negate(multiply(x, x))])
  const scale = divide(whole(domain, 2), call('sqrt', [piIn(domain)]))
  return multiply(evaluate(domain, factor, x), multiply(scale, bell))
}

/** σ′ = σ − σ² */
export const sigmoid = smooth('sigmoid', [0, 1, -1])
/** tanh′ = 1 − tanh² */
export const tanh = smooth('tanh', [1, 0, -1])

const table: Partial<Record<Word, Derivative>> = {
  sigmoid,
  tanh,
  exp: (domain, x) => domain.call('exp', [x]),
  log: logDerivative,
  sin: turning(0),
  cos: turning(1),
  erf: erfDerivative,
  pi: (domain, x, order) => {
    if (order > 1) return domain.zero
    return order === 1 ? piIn(domain) : domain.multiply(piIn(domain), x)
  },
  sqrt: rootDerivative,
  softplus: (domain, x, order) =>
    order > 0
      ? sigmoid(domain, x, order - 1)
      : domain.call('log', [domain.add(domain.one, domain.call('exp', [x]))]),
  // Its kink at 0 is one of its derivative.
  relu: (domain, x, order) => {
    if (order === 0) return realFunctions.max(domain, domain.zero, x)
    return order === 1 ? positive(domain, x, 0) : domain.zero
  },
  abs: (domain, x, order) => {
    if (order > 1) return domain.zero
    return realFunctions[order === 0 ? 'abs' : 'sign'](domain, x, x)
  },
  sign: stepwise('sign'),
  floor: stepwise('floor'),
  ceil: stepwise('ceil'),
}

/**
 * The derivative of that order of a word that is applied entry by entry; undefined where it is not.
 */
export const elementwise = (word: Word): Derivative | undefined => table[word]

/** The median of values: the middle, or the mean of the two middles. */
export const median = <T>(domain: Domain<T>, values: readonly T[]): T => {
  if (values.length === 0) throw new ConcreteError('The median of nothing')
  const ordered = [...values].sort(domain.compare)
  const middle = (values.length - 1) / 2
  const [low, high] = [ordered[Math.floor(middle)]!, ordered[Math.ceil(middle)]!]
  if (Number.isInteger(middle)) return low
  return domain.multiply(domain.fromRational(half), domain.add(low, high))
}
