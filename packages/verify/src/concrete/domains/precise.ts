// Real numbers to some fifty decimal digits: BigInt mantissas with binary exponents. Tells a law of
// functions (e^x e^y = e^{x+y}) from a claim that is off by a factor 1 + 10⁻¹²; no proof of either.

import { PoleError } from '../../core/errors.ts'
import { type Domain, type ElementaryFunction, NearTieError } from './domain.ts'
import { createAngles } from './precise-angles.ts'

/** mantissa · 2^exponent, the mantissa rounded down to some bits; 0 has exponent 0. */
export interface Precise {
  readonly mantissa: bigint
  readonly exponent: number
}

const usualBits = 200
/** Four times as many: what rounding made of 1 − σ(60) is not so here. */
const moreBits = 800
let bits = usualBits
/** Beyond this e^x is no number that a claim is about. */
const largestArgument = 4000
/** Of an exponent: what is larger or nearer to 0 has no place here. */
const largestExponent = 100_000

const magnitude = (a: bigint): bigint => (a < 0n ? -a : a)
const lengthOf = (a: bigint): number => {
  const digits = magnitude(a).toString(16)
  return digits.length * 4 - (Math.clz32(Number.parseInt(digits[0]!, 16)) - 28)
}

const topOf = (x: Precise): number =>
  x.mantissa === 0n ? -Infinity : lengthOf(x.mantissa) + x.exponent

/** Fewer binary digits are lost than these: numbers that agree to more are the same. */
const surely = (): number => bits - 70

const zero: Precise = { mantissa: 0n, exponent: 0 }

const rounded = (mantissa: bigint, exponent: number): Precise => {
  if (mantissa === 0n) return zero
  if (Math.abs(exponent) > largestExponent) throw new PoleError('a number out of range')
  const excess = lengthOf(mantissa) - bits
  if (excess <= 0) return { mantissa, exponent }
  return { mantissa: mantissa >> BigInt(excess), exponent: exponent + excess }
}

const add = (a: Precise, b: Precise): Precise => {
  if (a.mantissa === 0n) return b
  if (b.mantissa === 0n) return a
  const [high, low] = a.exponent >= b.exponent ? [a, b] : [b, a]
  const gap = high.exponent - low.exponent
  if (gap > 3 * bits) return high
  return rounded((high.mantissa << BigInt(gap)) + low.mantissa, low.exponent)
}

/** Whether of a sum too little is left of a term for a difference that it makes to be seen. */
let isLost = false
const sum = (a: Precise, b: Precise): Precise => {
  const [first, second] = [a, b].map(topOf)
  isLost ||= Number.isFinite(first! - second!) && Math.abs(first! - second!) > surely() - 10
  return add(a, b)
}

const negate = ({ mantissa, exponent }: Precise): Precise => ({ mantissa: -mantissa, exponent })
const multiply = (a: Precise, b: Precise): Precise =>
  rounded(a.mantissa * b.mantissa, a.exponent + b.exponent)

const divide = (a: Precise, b: Precise): Precise => {
  if (b.mantissa === 0n) throw new PoleError('a division by 0')
  const shift = 2 * bits
  return rounded((a.mantissa << BigInt(shift)) / b.mantissa, a.exponent - b.exponent - shift)
}

const whole = (value: bigint | number): Precise => rounded(BigInt(value), 0)
const one = whole(1)

const real = ({ mantissa, exponent }: Precise): number => {
  const excess = Math.max(0, lengthOf(mantissa) - 64)
  return Number(mantissa >> BigInt(excess)) * 2 ** (exponent + excess)
}

/** e^x = (Σ y^k/k!)^{2^n} with y = x/2^n small. */
const halvings = 24
const exp = (x: Precise): Precise => {
  if (Math.abs(real(x)) > largestArgument) throw new PoleError('an exponential out of range')
  const y: Precise = { mantissa: x.mantissa, exponent: x.exponent - halvings }
  let [sum, term] = [one, one]
  for (let k = 1; k <= bits; k++) {
    term = divide(multiply(term, y), whole(k))
    if (term.mantissa === 0n || lengthOf(term.mantissa) + term.exponent < -bits) break
    sum = add(sum, term)
  }
  for (let k = 0; k < halvings; k++) sum = multiply(sum, sum)
  return sum
}

/** Newton's steps on e^y = x double the 53 bits of the float64 logarithm. */
const log = (x: Precise): Precise => {
  if (x.mantissa <= 0n) throw new PoleError('a logarithm of what is not positive')
  const length = lengthOf(x.mantissa)
  const scaled: Precise = { mantissa: x.mantissa, exponent: -length }
  const start = Math.log(real(scaled)) + (length + x.exponent) * Math.LN2
  let y = fromNumber(start)
  for (let known = 50; known < bits; known *= 2)
    y = add(y, add(multiply(x, exp(negate(y))), negate(one)))
  return y
}

const sqrt = (x: Precise): Precise => {
  if (x.mantissa < 0n) throw new PoleError('a root of what is negative')
  if (x.mantissa === 0n) return zero
  const shift = 2 * bits + (Math.abs(x.exponent) % 2)
  const square = x.mantissa << BigInt(shift)
  let root = 1n << BigInt(Math.ceil(lengthOf(square) / 2))
  for (;;) {
    const next = (root + square / root) >> 1n
    if (next >= root) return rounded(root, (x.exponent - shift) / 2)
    root = next
  }
}

/** The double itself, which is a whole number times a power of 2. */
const fromNumber = (value: number): Precise => {
  if (!Number.isFinite(value)) throw new PoleError(`${value} is not a number`)
  let exponent = 0
  let scaled = value
  while (!Number.isInteger(scaled)) {
    scaled *= 2
    exponent--
  }
  return rounded(BigInt(scaled), exponent)
}

const sigmoid = (x: Precise): Precise => divide(one, sum(one, exp(negate(x))))

const angles = createAngles({
  ...{ add, multiply, divide, negate, whole, real, exp, sqrt },
  vanishes: (a) => a.mantissa === 0n || lengthOf(a.mantissa) + a.exponent < -bits,
})

/** @throws PoleError where too few digits are left of a large angle */
const angleOf = (x: Precise): Precise => {
  if (Math.abs(real(x)) > largestArgument) throw new PoleError('an angle out of range')
  return x
}

const functions: Readonly<Record<ElementaryFunction, (operands: readonly Precise[]) => Precise>> = {
  exp: ([x]) => exp(x!),
  log: ([x]) => log(x!),
  sqrt: ([x]) => sqrt(x!),
  sigmoid: ([x]) => sigmoid(x!),
  // tanh x = 2σ(2x) − 1
  tanh: ([x]) => {
    const twice = sigmoid(multiply(whole(2), x!))
    return add(multiply(whole(2), twice), negate(one))
  },
  sin: ([x]) => angles.sin(angleOf(x!)),
  cos: ([x]) => angles.cos(angleOf(x!)),
  erf: ([x]) => angles.erf(x!),
  pi: ([x]) => multiply(angles.pi, x!),
  power: ([x, y]) => exp(multiply(y!, log(x!))),
}

/** In how many binary digits two numbers agree, at most `bits`. */
const agreeingBits = (a: Precise, b: Precise): number => {
  const difference = add(a, negate(b))
  if (difference.mantissa === 0n) return bits
  return Math.max(0, Math.max(topOf(a), topOf(b)) - topOf(difference))
}

/** What is made in the body has two hundred digits and more. */
export const withMoreDigits = <Result>(body: () => Result): Result => {
  bits = moreBits
  try {
    return body()
  } finally {
    bits = usualBits
  }
}

/** The same difference, up to some digits: rounding would have made another with more digits. */
export const sameDifference = (
  a: readonly [Precise, Precise],
  b: readonly [Precise, Precise],
): boolean =>
  // With fewer digits, 1 − x would lose an x that has more of them.
  withMoreDigits(() => {
    const [first, second] = [a, b].map(([left, right]) => add(left, negate(right)))
    return agreeingBits(first!, second!) >= enoughBits
  })

const enoughBits = 20

export const differenceOf = (a: Precise, b: Precise): number => real(add(a, negate(b)))

/** Rounding makes no so large difference, relative or to 1, unless numbers cancel. */
export const differPrecisely = (a: Precise, b: Precise): boolean =>
  agreeingBits(a, b) < surely() && topOf(add(a, negate(b))) > -surely()

/** Whether something was lost in a sum while the body ran. */
export const losing = <Result>(body: () => Result): { found: Result; isLost: boolean } => {
  isLost = false
  return { found: body(), isLost }
}

export const preciseDomain = (): Domain<Precise> => {
  const compare = (a: Precise, b: Precise): number => {
    if (a.mantissa === b.mantissa && a.exponent === b.exponent) return 0
    if (!differPrecisely(a, b)) throw new NearTieError('two numbers too near to compare')
    return add(a, negate(b)).mantissa < 0n ? -1 : 1
  }
  return {
    zero,
    one,
    infinity: { mantissa: 1n, exponent: 2 * largestExponent },
    fromRational: ({ numerator, denominator }) => divide(whole(numerator), whole(denominator)),
    add: sum,
    multiply,
    negate,
    divide,
    call: (name, operands) => functions[name](operands),
    compare,
    equal: (a, b) => compare(a, b) === 0,
    real,
    seen: { ties: false, kinks: false },
    stable: false,
  }
}

/** To `digits` significant decimal digits. */
export const printPrecise = (x: Precise, digits: number): string => {
  if (x.mantissa === 0n) return '0'
  const sign = x.mantissa < 0n ? '-' : ''
  const scale = (power: number): bigint => {
    const ten = 10n ** BigInt(Math.abs(power))
    const value = power < 0 ? magnitude(x.mantissa) / ten : magnitude(x.mantissa) * ten
    return x.exponent < 0 ? value >> BigInt(-x.exponent) : value << BigInt(x.exponent)
  }
  const size = Math.floor((lengthOf(x.mantissa) + x.exponent) * Math.log10(2))
  const text = scale(digits - size)
    .toString()
    .slice(0, digits)
  const point = scale(digits - size).toString().length - (digits - size)
  if (point <= 0 || point > digits) return `${sign}0.${text}e${point}`
  return `${sign}${text.slice(0, point)}.${text.slice(point)}`
}
