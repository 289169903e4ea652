// Seeded randomness: the same claim is tested at the same points on every machine. Primes included.

/** 32 random bits at a time. */
export type Random = () => number

/** A seed from any text (FNV-1a). */
export const seedOf = (text: string): number => {
  // 32 bits with a sign: what fits no small integer is optimised again at every call.
  let hash = 0x811c9dc5 | 0
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
  return hash
}

/** A bijective mix of 32 bits (the finaliser of MurmurHash3). */
export const mix = (value: number): number => {
  let h = value | 0
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

export const randomFrom = (seed: number): Random => {
  let state = seed | 0
  return () => {
    state = (state + 0x9e3779b9) | 0
    return mix(mix(state) ^ 0x2545f491)
  }
}

/** Uniform in [low, high). */
export const uniform = (random: Random, low: number, high: number): number =>
  low + ((high - low) * (random() + random() / 2 ** 32)) / 2 ** 32

/** Uniform in 0 … 2^61 − 1. */
export const random61 = (random: Random): bigint =>
  (BigInt(random() & 0x1fffffff) << 32n) | BigInt(random())

const modularPower = (base: bigint, exponent: bigint, modulus: bigint): bigint => {
  let result = 1n
  let square = base % modulus
  for (let left = exponent; left > 0n; left >>= 1n) {
    if (left & 1n) result = (result * square) % modulus
    square = (square * square) % modulus
  }
  return result
}

const smallPrimes = [2n, 3n, 5n, 7n, 11n, 13n, 17n, 19n, 23n, 29n, 31n, 37n, 41n, 43n, 47n, 53n]

/** Sinclair's bases make Miller and Rabin's test certain below 2^64, where n divides none. */
const bases = [2n, 325n, 9375n, 28178n, 450775n, 9780504n, 1795265022n]

/** Of n below 2^64. */
export const isPrime = (n: bigint): boolean => {
  if (n < 2n) return false
  for (const small of smallPrimes) if (n % small === 0n) return n === small
  let odd = n - 1n
  let twos = 0
  while ((odd & 1n) === 0n) {
    odd >>= 1n
    twos++
  }
  return bases.every((base) => {
    if (base % n === 0n) return true
    let power = modularPower(base, odd, n)
    if (power === 1n || power === n - 1n) return true
    for (let k = 1; k < twos; k++) {
      power = (power * power) % n
      if (power === n - 1n) return true
    }
    return false
  })
}

/** A random prime between 2^60 and 2^61. */
export const randomPrime = (random: Random): bigint => {
  for (;;) {
    const candidate = random61(random) | (1n << 60n) | 1n
    if (isPrime(candidate)) return candidate
  }
}
