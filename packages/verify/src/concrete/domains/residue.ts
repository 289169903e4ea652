// Arithmetic modulo a prime. Every value carries a real number from a sampled point, which decides
// masks, and bounds on the degrees of the rational function that it is, which bound the error.

import { PoleError } from '../../core/errors.ts'
import type { Rational } from '../../language/syntax.ts'
import { type Domain, type ElementaryFunction, NearTieError } from './domain.ts'
import { compareReals, realCall } from './float.ts'
import { mix, seedOf } from './random.ts'
import { residueSums } from './residue-sum.ts'

export interface Residue {
  readonly residue: bigint
  readonly real: number
  /** Degrees of numerator and denominator, in the leaves and in the values of opaque functions. */
  readonly top: number
  readonly bottom: number
}

export interface ResidueDomain extends Domain<Residue> {
  readonly prime: bigint
  readonly leaf: (residue: bigint, real: number) => Residue
  /** How many values opaque functions have been asked for. */
  readonly calls: () => number
  /**
   * `pieces` is equal for points at which every comparison came out the same, `comparisons` how
   * many there were; both since it was last asked.
   */
  readonly pieces: () => { readonly pieces: number; readonly comparisons: number }
}

const inverse = (value: bigint, prime: bigint): bigint => {
  let [a, b, x, y] = [prime, value, 0n, 1n]
  while (b !== 0n) {
    const quotient = a / b
    ;[a, b] = [b, a - quotient * b]
    ;[x, y] = [y, x - quotient * y]
  }
  return x < 0n ? x + prime : x
}

const magnitude = (a: bigint): bigint => (a < 0n ? -a : a)

/**
 * F_p. Functions are random oracles on their arguments' residues, with the laws e^{−x} = 1/e^x,
 * e^0 = 1, tanh(−x) = −tanh(x) as of sin and erf, cos(−x) = cos(x),
 * and e^x = σ(x)/(1 − σ(x)); √, log and powers are opaque.
 */
export const residueDomain = (prime: bigint, seed: number): ResidueDomain => {
  const asked = new Set<string>()
  let compared = 0
  let comparisons = 0
  const reduce = (a: bigint): bigint => {
    const rest = a % prime
    return rest < 0n ? rest + prime : rest
  }
  const make = (residue: bigint, real: number, top: number, bottom: number): Residue => ({
    residue,
    real,
    top,
    bottom,
  })
  const zero = make(0n, 0, 0, 0)
  const one = make(1n, 1, 0, 0)

  const oracle = (name: string, residues: readonly bigint[]): bigint => {
    const key = `${name} ${residues.join()}`
    asked.add(key)
    let high = mix(seedOf(name) ^ seed)
    let low = mix(high ^ 0x51ed270b)
    for (const residue of residues) {
      const [a, b] = [Number(residue & 0xffffffffn), Number(residue >> 32n)]
      high = mix(mix(high ^ a) ^ b)
      low = mix(mix(low ^ b) ^ Math.imul(a, 0x9e3779b1))
    }
    return ((BigInt(high) << 32n) | BigInt(low)) % prime
  }
  /** Of x and −x the smaller, and whether it was turned. */
  const upToSign = (residue: bigint): { smaller: bigint; turned: boolean } =>
    residue > prime - residue
      ? { smaller: prime - residue, turned: true }
      : { smaller: residue, turned: false }

  /** σ(−x) = 1 − σ(x); what e^x is follows from it, and takes a division that σ does without. */
  const logistic = (residue: bigint): bigint => {
    if (residue === 0n) return inverse(2n, prime)
    const { smaller, turned } = upToSign(residue)
    const value = oracle('sigmoid', [smaller])
    return turned ? reduce(1n - value) : value
  }
  const exponential = (residue: bigint): bigint => {
    if (residue === 0n) return 1n
    const above = logistic(residue)
    const below = reduce(1n - above)
    if (above === 0n || below === 0n) throw new PoleError('an exponential that is 0, or a pole')
    return (above * inverse(below, prime)) % prime
  }
  /** f(−x) = −f(x), f(0) = 0 */
  const odd = (name: string, residue: bigint): bigint => {
    if (residue === 0n) return 0n
    const { smaller, turned } = upToSign(residue)
    const value = oracle(name, [smaller])
    return turned ? reduce(-value) : value
  }
  const functions: Readonly<Record<ElementaryFunction, (residues: readonly bigint[]) => bigint>> = {
    exp: ([a]) => exponential(a!),
    sigmoid: ([a]) => logistic(a!),
    tanh: ([a]) => odd('tanh', a!),
    sin: ([a]) => odd('sin', a!),
    erf: ([a]) => odd('erf', a!),
    cos: ([a]) => (a === 0n ? 1n : oracle('cos', [upToSign(a!).smaller])),
    pi: (residues) => oracle('pi', residues),
    log: ([a]) => (a === 1n ? 0n : oracle('log', [a!])),
    sqrt: ([a]) => (a === 0n || a === 1n ? a : oracle('sqrt', [a!])),
    power: (residues) => oracle('power', residues),
  }
  const equal = (a: Residue, b: Residue): boolean => a.residue === b.residue
  const divide = (a: Residue, b: Residue): Residue => {
    if (b.residue === 0n || b.real === 0) throw new PoleError('a division by 0')
    const residue = (a.residue * inverse(b.residue, prime)) % prime
    return make(residue, a.real / b.real, a.top + b.bottom, a.bottom + b.top)
  }
  const compare = (a: Residue, b: Residue): number => {
    if (equal(a, b)) return 0
    const sign = compareReals(a.real, b.real)
    if (sign === 0) throw new NearTieError('two numbers that only rounding makes equal')
    compared = mix(compared ^ (sign + 2))
    comparisons++
    return sign
  }
  return {
    prime,
    zero,
    one,
    infinity: make(oracle('infinity', []), Number.POSITIVE_INFINITY, 1, 0),
    leaf: (residue, real) => make(reduce(residue), real, 1, 0),
    calls: () => asked.size,
    pieces: () => {
      const found = { pieces: compared, comparisons }
      compared = 0
      comparisons = 0
      return found
    },
    fromRational: ({ numerator, denominator }: Rational) => {
      const below = reduce(denominator)
      if (below === 0n) throw new PoleError('a denominator that the prime divides')
      const residue = reduce(numerator * inverse(below, prime))
      const large = magnitude(numerator) > 2n ** 1000n || denominator > 2n ** 1000n
      const real = large ? Number.NaN : Number(numerator) / Number(denominator)
      return make(residue, real, 0, 0)
    },
    add: (a, b) => {
      const sum = a.residue + b.residue
      return make(
        sum >= prime ? sum - prime : sum,
        a.real + b.real,
        Math.max(a.top + b.bottom, b.top + a.bottom),
        a.bottom + b.bottom,
      )
    },
    multiply: (a, b) =>
      make((a.residue * b.residue) % prime, a.real * b.real, a.top + b.top, a.bottom + b.bottom),
    negate: (a) => make(a.residue === 0n ? 0n : prime - a.residue, -a.real, a.top, a.bottom),
    divide,
    call: (name, operands) => {
      const residue = functions[name](operands.map((each) => each.residue))
      const real = realCall(
        name,
        operands.map((each) => each.real),
      )
      return make(residue, real, 1, name === 'exp' ? 1 : 0)
    },
    compare,
    accumulator: residueSums(prime),
    equal: (a, b) => compare(a, b) === 0,
    real: (a) => a.real,
    seen: { ties: false, kinks: false },
    stable: false,
  }
}
