// The generator against published algorithms: xoroshiro128+ in 64-bit integers, the normal law.
import { describe, expect, it } from 'vitest'
import { generator, generatorFromState, RandomError } from './random.ts'

// D. Blackman & S. Vigna, xoroshiro128plus (2018, constants 24, 16, 37): the low half of each sum.
function* xoroshiro([s01, s00, s11, s10]: readonly number[]) {
  const word = (high: number, low: number) => (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0)
  const turned = (x: bigint, k: bigint) => BigInt.asUintN(64, (x << k) | (x >> (64n - k)))
  let [s0, s1] = [word(s01!, s00!), word(s11!, s10!)]
  for (;;) {
    yield Number(BigInt.asIntN(32, s0 + s1))
    s1 ^= s0
    s0 = BigInt.asUintN(64, turned(s0, 24n) ^ s1 ^ (s1 << 16n))
    s1 = turned(s1, 37n)
  }
}

describe('generator', () => {
  it('draws xoroshiro128+ numbers, 26 and 27 bits of two making one of 53', () => {
    const random = generator(2026)
    const words = xoroshiro(random.state())
    for (let i = 0; i < 200; i++) {
      const high = words.next().value! & (2 ** 26 - 1)
      const low = words.next().value! & (2 ** 27 - 1)
      expect(random.uniform()).toBe((high * 2 ** 27 + low) / 2 ** 53)
    }
  })

  it('gives these very bits for seed 1, for ever', () => {
    const random = generator(1)
    const drawn = [random.uniform(), random.normal(), random.integer(1000), random.uniform(2, 4)]
    expect(drawn).toEqual(PINNED.drawn)
    const filled = new Float64Array(4)
    generator(1).fillNormal(filled)
    expect([...filled]).toEqual(PINNED.filled)
    // Enough of them that every layer and the tail take part.
    const many = new Float64Array(300_000)
    generator(5).fillNormal(many)
    const bits = new Uint32Array(many.buffer)
    expect(bits.reduce((hash, word) => (Math.imul(hash, 31) + word) | 0, 0)).toBe(PINNED.many)
    expect([...generator(1).permutation(8)]).toEqual(PINNED.permutation)
    expect(generator(1).fork('weights').state()).toEqual(PINNED.fork)
  })

  it('draws integers below a bound from words that the bound divides into whole parts', () => {
    for (const bound of [1, 2, 3, 10, 1000, 2 ** 31, 2 ** 31 + 1, 2 ** 32 - 1, 2 ** 32]) {
      const random = generator(bound)
      const words = xoroshiro(random.state())
      const end = Math.floor(2 ** 32 / bound) * bound
      for (let i = 0; i < 50; i++) {
        let word = words.next().value! + 2 ** 31
        while (word >= end) word = words.next().value! + 2 ** 31
        expect(random.integer(bound)).toBe(word % bound)
      }
    }
  })

  it('continues exactly from a state that went through JSON', () => {
    const random = generator(-7)
    for (let i = 0; i < 5; i++) random.normal()
    const resumed = generatorFromState(JSON.parse(JSON.stringify(random.state())))
    for (let i = 0; i < 20; i++) expect(resumed.normal()).toBe(random.normal())
  })

  it('separates neighbouring seeds, and seeds that differ above 32 bits', () => {
    const seeds = [0, 1, 2, 3, -1, 2 ** 32, 2 ** 32 + 1, Number.MAX_SAFE_INTEGER]
    expect(new Set(seeds.map((seed) => generator(seed).uniform())).size).toBe(seeds.length)
  })

  it('forks by label without advancing', () => {
    const random = generator(5)
    const before = random.state()
    const [a, again, b] = [random.fork('a'), random.fork('a'), random.fork('b')]
    expect(random.state()).toEqual(before)
    expect(a.state()).toEqual(again.state())
    expect(a.state()).not.toEqual(b.state())
  })

  it('is uniform and normal, as their moments and the error function say', () => {
    const random = generator(11)
    const n = 100_000
    const normals = Array.from({ length: n }, () => random.normal())
    const moment = (k: number) => normals.reduce((sum, x) => sum + x ** k, 0) / n
    expect(moment(1)).toBeCloseTo(0, 1)
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.02)
    expect(Math.abs(moment(3))).toBeLessThan(0.06)
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.12)
    // Φ(−2) … Φ(2.5), from tables; five standard deviations of a count are 0.008.
    const table = [
      [-2, 0.02275],
      [-1, 0.15866],
      [0, 0.5],
      [0.5, 0.69146],
      [1, 0.84134],
      [2.5, 0.99379],
    ]
    for (const [x, probability] of table) {
      const below = normals.filter((value) => value < x!).length / n
      expect(Math.abs(below - probability!)).toBeLessThan(0.008)
    }
    const uniforms = Array.from({ length: n }, () => random.uniform(-1, 3))
    expect(Math.abs(uniforms.reduce((a, b) => a + b) / n - 1)).toBeLessThan(0.02)
    expect(uniforms.every((x) => x >= -1 && x < 3)).toBe(true)
  })

  it('fills arrays with normal numbers: as many beyond each number as there should be', () => {
    const normal = new Float64Array(1_000_000)
    generator(11).fillNormal(normal)
    // 2 Φ(−x) from tables; 3.6541… is where the tail of the method begins.
    const beyond = [
      [0.1, 0.9203443],
      [0.5, 0.6170751],
      [1, 0.3173105],
      [2, 0.0455003],
      [3, 0.0026998],
      [3.6541528853610088, 0.00025803],
      [4, 0.00006334],
    ]
    for (const [x, probability] of beyond) {
      for (const sign of [1, -1]) {
        const count = normal.reduce((n, value) => n + (sign * value > x! ? 1 : 0), 0)
        const wanted = (normal.length * probability!) / 2
        expect(Math.abs(count - wanted)).toBeLessThan(4 * Math.sqrt(wanted) + 1)
      }
    }
  })

  it('permutes three things in all six orders equally often', () => {
    const random = generator(3)
    const counts = new Map<string, number>()
    for (let i = 0; i < 6000; i++) {
      const order = random.permutation(3).join('')
      counts.set(order, (counts.get(order) ?? 0) + 1)
    }
    expect(counts.size).toBe(6)
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150)
    expect([...random.permutation(0)]).toEqual([])
  })

  it('refuses what is no seed, state or bound', () => {
    for (const seed of [0.5, Number.NaN, Infinity, 2 ** 60]) {
      expect(() => generator(seed)).toThrow(RandomError)
    }
    for (const state of [null, 'x', [0, 0, 0, 0], [1, 2, 3], [1, 2, 3, 4.5], [1, 2, 3, 2 ** 31]]) {
      expect(() => generatorFromState(state)).toThrow(/four signed 32-bit integers/)
    }
    expect(() => generator(1).integer(0)).toThrow(RandomError)
  })
})

const PINNED = {
  drawn: [0.8688205786313686, -1.25795050603924, 953, 2.6925986537790596],
  filled: [2.0091963552622776, 3.2395985292898453, -0.05075330233200321, 0.38968186810819866],
  many: 1899631780,
  permutation: [7, 3, 1, 0, 5, 6, 4, 2],
  fork: [-1546143478, -2129035468, -2125972123, -1447053793],
}
