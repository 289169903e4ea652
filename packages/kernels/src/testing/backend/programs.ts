// What a program promises beyond its values, on one backend: states, many runs in one call, views,
// and memory that does not grow. Values are worked by hand.
import { add, Graph, mul, neg, sub, sum } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import type { BackendName } from '../../backend.ts'
import { compile } from '../../compile.ts'

export function testPrograms(backend: BackendName): void {
  const options = { dtype: 'float64', backend } as const

  describe(`${backend}: states`, () => {
    test('a counter counts', () => {
      const graph = new Graph()
      const n = graph.input('n', [])
      const program = compile({ n, next: add(n, 1) }, { ...options, state: [[n, add(n, 1)]] })
      program.setState({ n: 5 })
      expect([...program.run({}).n]).toEqual([5])
      expect([...program.run({}).next]).toEqual([7])
      expect(program.getState()).toEqual({ n: Float64Array.of(7) })
    })
    test('two states change places', () => {
      const graph = new Graph()
      const a = graph.input('a', [2])
      const b = graph.input('b', [2])
      const program = compile([], {
        ...options,
        state: [
          [a, b],
          [b, a],
        ],
      })
      program.setState({ a: [1, 2], b: [3, 4] })
      program.run({})
      expect(program.getState()).toEqual({ a: Float64Array.of(3, 4), b: Float64Array.of(1, 2) })
    })
    test('Fibonacci: (a, b) becomes (b, a + b), from the old a', () => {
      const graph = new Graph()
      const a = graph.input('a', [])
      const b = graph.input('b', [])
      const program = compile(
        { a },
        {
          ...options,
          state: [
            [a, b],
            [b, add(a, b)],
          ],
        },
      )
      program.setState({ a: 0, b: 1 })
      expect([...program.runMany({}, 10).a]).toEqual([0, 1, 1, 2, 3, 5, 8, 13, 21, 34])
    })
    test('a state that an output still reads is not overwritten early', () => {
      const graph = new Graph()
      const w = graph.parameter('w', [3])
      const next = mul(2, w)
      const both = add(neg(next), w)
      const program = compile({ both, w, next }, { ...options, state: [[w, next]] })
      program.setState({ w: [1, 2, 3] })
      const { both: made, w: old, next: made2 } = program.run({})
      expect([...made]).toEqual([-1, -2, -3])
      expect([...old]).toEqual([1, 2, 3])
      expect([...made2]).toEqual([2, 4, 6])
      expect([...program.getState().w!]).toEqual([2, 4, 6])
    })
    test('a feed may become a state', () => {
      const graph = new Graph()
      const x = graph.input('x', [2])
      const last = graph.input('last', [2])
      const program = compile({ d: sub(x, last) }, { ...options, state: [[last, x]] })
      program.setState({ last: [0, 0] })
      expect([...program.run({ x: [1, 5] }).d]).toEqual([1, 5])
      expect([...program.run({ x: [4, 4] }).d]).toEqual([3, -1])
    })
  })

  describe(`${backend}: many runs`, () => {
    const record = () => {
      const graph = new Graph()
      const x = graph.input('x', [2])
      const rate = graph.input('rate', [])
      const w = graph.parameter('w', [2])
      const cost = sum(mul(w, x))
      return { cost, w, state: [[w, sub(w, mul(rate, x))]] as const }
    }
    test('feeds are taken in turn, or serve every run', () => {
      const { cost, w, state } = record()
      const program = compile({ cost, w }, { ...options, state })
      program.setState({ w: [1, 1] })
      const x = Float64Array.of(1, 0, 0, 2, 3, 3)
      const made = program.runMany({ x, rate: 0.5 }, 3)
      // w: (1,1) → (½,1) → (½,0) → (−1,−1½)
      expect([...made.w]).toEqual([1, 1, 0.5, 1, 0.5, 0])
      expect([...made.cost]).toEqual([1, 2, 1.5])
      expect([...program.getState().w!]).toEqual([-1, -1.5])
    })
    test('with views the same arrays come back', () => {
      const { cost, state } = record()
      const program = compile([cost], { ...options, state, views: true })
      program.setState({ w: [1, 1] })
      const feeds = { x: Float64Array.of(1, 1), rate: 0 }
      const many = program.runMany(feeds, 4)
      expect([...many[0]]).toEqual([2, 2, 2, 2])
      expect(program.runMany(feeds, 4)).toBe(many)
      const once = program.run(feeds)
      expect(program.run(feeds)).toBe(once)
    })
  })

  describe(`${backend}: memory`, () => {
    test('copies are the caller’s own', () => {
      const graph = new Graph()
      const x = graph.input('x', [2])
      const program = compile([neg(x), x], options)
      const [first, fed] = program.run({ x: [1, 2] })
      program.run({ x: [3, 4] })
      expect([...first]).toEqual([-1, -2])
      expect([...fed]).toEqual([1, 2])
    })
    test('10,000 runs leave it flat', () => {
      const graph = new Graph()
      const x = graph.input('x', [300])
      const w = graph.parameter('w', [300])
      const program = compile([sum(mul(w, x))], {
        ...options,
        views: true,
        state: [[w, mul(0.999, w)]],
      })
      const feeds = { x: new Float64Array(300).fill(1) }
      program.setState({ w: feeds.x })
      const runs = (count: number): number => {
        for (let turn = 0; turn < count; turn++) program.run(feeds)
        return process.memoryUsage().arrayBuffers
      }
      const before = runs(100)
      expect(runs(10_000) - before).toBeLessThan(100_000)
    })
    test('a disposed program says so', () => {
      const graph = new Graph()
      const x = graph.input('x', [2])
      const program = compile([neg(x)], options)
      program[Symbol.dispose]()
      expect(() => program.run({ x: [1, 2] })).toThrow(/disposed/)
    })
  })
}
