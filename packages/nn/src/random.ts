// A seeded source of random numbers whose bits are the same on every machine: only integer
// arithmetic, + − × ÷, roots and comparisons are used, never the engine's logarithm or sine. It is
// not for secrets.
import { show } from '@backprove/graph'
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'
import type { RandomGenerator as Source } from 'pure-rand/types/RandomGenerator'
import { fillNormal } from './ziggurat.ts'

/** The whole state of a {@link RandomGenerator}: four signed 32-bit integers, ready for JSON. */
export type GeneratorState = readonly [number, number, number, number]

/** A seed, a state or a bound that no generator can have. */
export class RandomError extends RangeError {
  override readonly name = 'RandomError'
}

/**
 * A stream of random numbers (xoroshiro128+, of pure-rand). Drawing a number advances the stream;
 * `fork` and `state` leave it where it is.
 */
export class RandomGenerator {
  readonly #source: Source

  /** Of a source that `generator` makes. */
  constructor(source: object) {
    this.#source = source as Source
  }

  /** A number of [low, high), a multiple of 2⁻⁵³ stretched to the interval. */
  uniform(low = 0, high = 1): number {
    return low + (high - low) * uniformFloat64(this.#source)
  }

  /** An integer of 0 … bound − 1, each equally likely. Throws RandomError if bound < 1. */
  integer(bound: number): number {
    if (!Number.isSafeInteger(bound) || bound < 1) {
      throw new RandomError(`integer(bound) needs a bound of at least 1, and got ${bound}.`)
    }
    return bound < WORDS ? below(this.#source, bound) : uniformInt(this.#source, 0, bound - 1)
  }

  /**
   * A normally distributed number.
   *
   * Algorithm N of C. F. F. Karney, "Sampling exactly from the normal distribution", ACM TOMS 42
   * (2016): the density e^{-y²/2} at y = k + x splits into e^{-k/2} · e^{-k(k-1)/2} ·
   * e^{-kx} · e^{-x²/2}, and each factor is an event that comparisons of uniform numbers decide.
   */
  normal(mean = 0, deviation = 1): number {
    for (;;) {
      let k = 0
      while (this.#exponentialEvent(1 / 2)) k++
      if (!this.#allOf(k * (k - 1), 1 / 2)) continue
      const x = this.uniform()
      if (!this.#exponentialEvent((x * x) / 2) || !this.#allOf(k, x)) continue
      const magnitude = k + x
      return mean + deviation * (this.integer(2) === 0 ? magnitude : -magnitude)
    }
  }

  /**
   * Fills the array with standard normal numbers, in 24 bits each: twenty times as fast as
   * {@link normal}, and others than it draws.
   */
  fillNormal(to: Float32Array | Float64Array): void {
    fillNormal(to, this.#source)
  }

  /** The numbers 0 … n − 1 in random order (Fisher and Yates), all n! orders equally likely. */
  permutation(n: number): Uint32Array {
    const order = new Uint32Array(n)
    for (let k = 0; k < n; k++) order[k] = k
    for (let last = n - 1; last > 0; last--) {
      const chosen = below(this.#source, last + 1)
      const kept = order[last]!
      order[last] = order[chosen]!
      order[chosen] = kept
    }
    return order
  }

  /**
   * A new generator that depends on this one's state and on the label alone. Streams for different
   * labels are unrelated, so that drawing more numbers for one purpose changes no other.
   */
  fork(label: string): RandomGenerator {
    return generatorFromState(mix(this.#source.getState(), label))
  }

  /** The state, from which {@link generatorFromState} continues with exactly the same numbers. */
  state(): GeneratorState {
    const [a, b, c, d] = this.#source.getState()
    return [a!, b!, c!, d!]
  }

  // Von Neumann: in t > u₁ > u₂ > … let n count the uniform numbers before the descent breaks.
  // P(n ≥ m) = tᵐ/m!, so n is even with probability Σ (−t)ᵐ/m! = e^{−t}, for 0 ≤ t ≤ 1.
  #exponentialEvent(t: number): boolean {
    let even = true
    let previous = t
    for (;;) {
      const next = this.uniform()
      if (next >= previous) return even
      previous = next
      even = !even
    }
  }

  #allOf(count: number, t: number): boolean {
    for (let i = 0; i < count; i++) if (!this.#exponentialEvent(t)) return false
    return true
  }
}

const WORDS = 2 ** 32

/** What `uniformInt` draws below a bound under 2³², in arithmetic of 32 bits: five times as fast. */
function below(source: Source, bound: number): number {
  const end = Math.floor(WORDS / bound) * bound
  for (;;) {
    const word = (source.next() ^ 0x80000000) >>> 0
    if (word < end) return word % (bound >>> 0)
  }
}

/**
 * The generator of a seed (any safe integer).
 *
 * The seed is mixed first: pure-rand's own seeding gives the same first number for every seed.
 */
export function generator(seed: number): RandomGenerator {
  if (!Number.isSafeInteger(seed)) {
    throw new RandomError(`generator: the seed is ${show(seed)}; it must be a whole number`)
  }
  return generatorFromState(mix([seed | 0, Math.floor(seed / 2 ** 32) | 0], 'seed'))
}

/** The generator that stood at `state`; throws RandomError for anything but such a state. */
export function generatorFromState(state: unknown): RandomGenerator {
  if (!isState(state)) {
    const shown = JSON.stringify(state)?.slice(0, 80)
    throw new RandomError(
      `A generator's state is four signed 32-bit integers, not all 0; ${shown} is not.`,
    )
  }
  return new RandomGenerator(xoroshiro128plusFromState(state))
}

function isState(state: unknown): state is GeneratorState {
  return (
    Array.isArray(state) &&
    state.length === 4 &&
    state.every((word) => typeof word === 'number' && (word | 0) === word) &&
    state.some((word) => word !== 0)
  )
}

// Four 32-bit hashes of the words and the label, each begun differently.
function mix(words: readonly number[], label: string): GeneratorState {
  const hash = (salt: number) => {
    let h = salt
    for (const word of words) h = scramble(h ^ word)
    for (let i = 0; i < label.length; i++) h = scramble(h ^ label.charCodeAt(i))
    return scramble(h ^ label.length)
  }
  // The last word is odd, hence the state never all 0, where xoroshiro would stay for ever.
  return [hash(0x243f6a88), hash(0x85a308d3), hash(0x13198a2e), hash(0x03707344) | 1]
}

// The finaliser of MurmurHash3 (A. Appleby, public domain) on h plus the golden ratio's bits:
// a bijection of the 32-bit integers in which every input bit moves every output bit.
function scramble(h: number): number {
  let x = (h + 0x9e3779b9) | 0
  x = Math.imul(x ^ (x >>> 16), 0x85ebca6b)
  x = Math.imul(x ^ (x >>> 13), 0xc2b2ae35)
  return x ^ (x >>> 16)
}
