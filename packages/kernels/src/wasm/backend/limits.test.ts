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
  const graph = new Graph()
  const x = graph.input('x', [2, 4, 4])
  const own = graph.record({ ...g.neg(x).op, name: 'own', traits: {} }, [g.square(x)], {})
  const nodes = [g.add(own, 1)]
  const feeds = { x: Float64Array.from({ length: 32 }, (_, k) => (k % 5) - 2) }

  test('run in JavaScript over the same memory, and say so', () => {
    const program = compile(nodes, { backend: 'wasm', dtype: 'float64' })
    const { steps, holes } = program.explain()
    expect(new Set(steps.map(({ backend }) => backend))).toEqual(new Set(['wasm', 'interpreter']))
    expect(holes).toHaveLength(1)
    expect(plain(program.run(feeds)[0]!)).toEqual(plain([...feeds.x].map((each) => 1 - each ** 2)))
    const many = program.runMany({ x: [...feeds.x, ...feeds.x] }, 2)[0]!
    expect([...many.subarray(32)]).toEqual([...program.run(feeds)[0]!])
  })
})
