// What a program in WebAssembly holds: typed errors before anything is allocated, memory that stays
// flat, programs that are collected with their workers, steps without a kernel that show.
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import * as g from '@backprove/graph'
import { Graph } from '@backprove/graph'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { BackendName } from '../../backend.ts'
import { compile } from '../../compile.ts'
import { MemoryError } from '../../errors.ts'
import type { MemoryOfRuns } from '../../testing/many-runs.ts'
import { engine } from '../engine.ts'

describe('memory', () => {
  afterEach(() => {
    vi.restoreAllMocks()
  })
  /** How often the program's memory was asked for. */
  const asked = {
    wasm: () => vi.spyOn(engine, 'Memory'),
    js: () => vi.spyOn(globalThis, 'Float32Array'),
  }
  test.each(Object.keys(asked) as BackendName[])(
    '%s: more than 32 bits can address is refused with its size, and nothing is asked for',
    (backend) => {
      const graph = new Graph()
      const x = graph.input('x', [1 << 16, 1 << 14])
      const memory = asked[backend]()
      const make = () => compile([g.neg(x)], { backend })
      expect(make).toThrow(MemoryError)
      expect(make).toThrow(`the program needs ${2 * 2 ** 32} bytes`)
      expect(memory).not.toHaveBeenCalled()
      compile([g.neg(graph.input('y', [3]))], { backend })
      expect(memory).toHaveBeenCalled()
    },
  )
  test('what the machine does not have is refused with its size', () => {
    const graph = new Graph()
    const x = graph.input('x', [100, 100])
    vi.spyOn(engine, 'Memory').mockImplementation(function refuse() {
      throw new RangeError('WebAssembly.Memory(): could not allocate memory')
    })
    const make = () => compile([g.add(x, 1)], { backend: 'wasm' })
    expect(make).toThrow(MemoryError)
    expect(make).toThrow('the program needs 80000 bytes')
  })
  test.each([1, 2])('10,000 runs on %i threads make nothing that stays', (threads) => {
    const script = fileURLToPath(new URL('../../testing/many-runs.ts', import.meta.url))
    // Young objects have room for all of these runs: none is collected before it is counted.
    const flags = ['--expose-gc', '--min-semi-space-size=64', '--max-semi-space-size=64']
    const printed = execFileSync(process.execPath, [...flags, script, String(threads)])
    const { madePerRun, objects, arrays, program } = JSON.parse(String(printed)) as MemoryOfRuns
    expect(program).toBe(0)
    expect(arrays).toBeLessThan(20_000)
    expect(objects).toBeLessThan(100_000)
    // A view is 100 bytes and more, an iterator 40: a run makes none of them. What workers are told
    // takes some until the engine has optimised it.
    expect(madePerRun).toBeLessThan(threads === 1 ? 32 : 500)
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
  const median = { ...g.neg(x).op, name: 'own', line: 'y = lomed_{k≤1} (-k x)', traits: {} }
  const own = graph.record(median, [g.square(x)], {})
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
