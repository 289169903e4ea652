// What a program in WebAssembly holds: typed errors before anything is allocated, memory that stays
// flat, programs that are collected with their workers, steps without a kernel that show.
import * as g from '@backprove/graph'
import { Graph } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { MemoryError } from '../../errors.ts'

describe('memory', () => {
  test('more than 32 bits can address is refused with its size', () => {
    const graph = new Graph()
    const x = graph.input('x', [1 << 16, 1 << 14])
    const make = () => compile([g.neg(x)], { backend: 'wasm' })
    expect(make).toThrow(MemoryError)
    expect(make).toThrow(String(2 * 2 ** 32))
  })
  test('many runs take no more than a part of their streams at once', () => {
    const graph = new Graph()
    const x = graph.input('x', [1000])
    const program = compile([g.mul(2, x)], { backend: 'wasm' })
    const data = Float32Array.from({ length: 6_000_000 }, (_, k) => k % 1009)
    const before = process.memoryUsage().arrayBuffers
    for (let turn = 0; turn < 3; turn++) {
      const [made] = program.runMany({ x: data }, 6000)
      expect(made[5_999_999]).toBe(2 * data[5_999_999]!)
      expect(made[2_345_678]).toBe(2 * data[2_345_678]!)
    }
    // The outputs are the caller's; the memory itself grew by 16 MiB once.
    const kept = process.memoryUsage().arrayBuffers - before
    expect(kept).toBeLessThan(3 * 4 * 6_000_000 + 2 ** 25)
  })
})

/** −0 is 0. */
const plain = (values: Iterable<number>): number[] => [...values].map((value) => value + 0)

describe('steps without a kernel', () => {
  const graph = new Graph({ ties: 'split' })
  // Too large for straight-line code.
  const x = graph.input('x', [2, 60, 60])
  const pooled = g.maxPool2d(g.square(x), { size: 2 })
  const [gradient] = g.grad(g.sum(g.square(pooled)), [x])
  const feeds = { x: Float64Array.from({ length: 7200 }, (_, k) => (k % 5) - 2) }

  test('run in JavaScript over the same memory, and say so', () => {
    const program = compile([gradient!], { backend: 'wasm', dtype: 'float64' })
    const { steps } = program.explain()
    expect(new Set(steps.map(({ backend }) => backend))).toEqual(new Set(['wasm', 'js']))
    expect(plain(program.run(feeds)[0])).toEqual(plain(g.evaluate(gradient!, feeds)))
    const many = program.runMany({ x: [...feeds.x, ...feeds.x] }, 2)[0]
    expect([...many.subarray(7200)]).toEqual([...program.run(feeds)[0]])
  })
  test('an op from elsewhere is interpreted', () => {
    const own = { ...g.neg(x).op, name: 'own', traits: {} }
    const node = graph.record(own, [x], {})
    const program = compile([g.neg(node)], { backend: 'wasm', dtype: 'float64' })
    expect(program.explain().holes).toHaveLength(1)
    expect(plain(program.run(feeds)[0])).toEqual(plain(feeds.x))
  })
})

test('relaxed precision gives nearly the same numbers', () => {
  const graph = new Graph()
  const a = graph.input('a', [20, 30])
  const b = graph.input('b', [30, 24])
  const feeds = {
    a: Float32Array.from({ length: 600 }, (_, k) => Math.sin(k)),
    b: Float32Array.from({ length: 720 }, (_, k) => Math.cos(3 * k)),
  }
  const [strict, relaxed] = (['strict', 'relaxed'] as const).map(
    (precision) => compile([g.matmul(a, b)], { backend: 'wasm', precision }).run(feeds)[0],
  )
  relaxed!.forEach((value, k) => {
    expect(value).toBeCloseTo(strict![k]!, 4)
  })
})
