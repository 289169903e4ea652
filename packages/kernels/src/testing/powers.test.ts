// Powers of arrays in float64, in every engine: exact where the result is a whole number.
import * as g from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { enginesOf } from './engines.ts'

describe('powers of arrays in float64', () => {
  test('of whole numbers are whole', () => {
    const pairs = Array.from({ length: 30 }, (_, k) => k + 1).flatMap((a) =>
      Array.from({ length: 53 }, (_, b) => [a, b] as const).filter(([, b]) => a ** b < 2 ** 53),
    )
    const graph = new g.Graph()
    const [a, b] = [graph.input('a', [pairs.length]), graph.input('b', [pairs.length])]
    const feeds = { a: pairs.map(([a]) => -a), b: pairs.map(([, b]) => b) }
    for (const engine of enginesOf('float64')) {
      const [made] = engine.compute([g.pow(a, b)], feeds)
      pairs.forEach(([a, b], k) => {
        const exact = Number((BigInt(-a) ** BigInt(b)).toString())
        expect(made![k], `${engine.name}: (−${a})^${b}`).toBe(exact)
      })
    }
  })
  test('with large exponents, to a few steps of the last place', () => {
    const pairs = [
      [1.0001, 1e6],
      [1.0001, -6e6],
      [3, 600.5],
      [1e-300, 1.02],
      [0.999999, 7e8],
      [1 + 2 ** -52, 3e18],
    ] as const
    const graph = new g.Graph()
    const [a, b] = [graph.input('a', [6]), graph.input('b', [6])]
    const feeds = { a: pairs.map(([a]) => a), b: pairs.map(([, b]) => b) }
    for (const engine of enginesOf('float64')) {
      const [made] = engine.compute([g.pow(a, b)], feeds)
      pairs.forEach(([a, b], k) => {
        const error = Math.abs(made![k]! / a ** b - 1)
        expect(error, `${engine.name}: ${a}^${b} is ${made![k]}`).toBeLessThan(1e-14)
      })
    }
  })
})
