// What a program says of its state without copying it, in every backend and type.
import { add, concat, Graph, mul, type Node, pad, reshape, slice } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { compile } from '../compile.ts'
import type { DType } from '../plan/plan.ts'

const programOf = (backend: 'js' | 'wasm', dtype: DType, lengths: readonly number[]) => {
  const graph = new Graph()
  const leaves = lengths.map((length, k) => graph.parameter(`w${k}`, [length]))
  const state = leaves.map((leaf) => [leaf, add(leaf, 1)] as const)
  const program = compile([], { backend, dtype, state })
  const zeros = lengths.map((length, k) => [`w${k}`, new Float64Array(length)] as const)
  program.setState(Object.fromEntries(zeros))
  return program
}

describe.each(['js', 'wasm'] as const)('%s', (backend) => {
  test.each(['float32', 'float64'] as const)(
    'a number that is not finite anywhere, %s',
    (dtype) => {
      for (const length of [1, 3, 511, 513, 1030, 1031]) {
        const program = programOf(backend, dtype, [5, length, 7])
        expect(program.hasFiniteState()).toBe(true)
        for (const at of [0, 1, Math.floor(length / 2), length - 17, length - 2, length - 1]) {
          if (at < 0 || at >= length) continue
          for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]) {
            const values = new Float64Array(length).fill(3e38)
            values[at] = bad
            program.setState({ w1: values })
            expect(program.hasFiniteState(), `${length} numbers, ${bad} at ${at}`).toBe(false)
          }
        }
        program.setState({ w1: new Float64Array(length).fill(-3e38) })
        expect(program.hasFiniteState()).toBe(true)
      }
    },
  )

  test.each(['float32', 'float64'] as const)('what is below the normal numbers, %s', (dtype) => {
    const least = dtype === 'float32' ? 2 ** -126 : 2 ** -1022
    const tried = [least, -least, least / 2, -least / 4, 1, Number.NaN, Number.NEGATIVE_INFINITY]
    const kept = [least, -least, 0, 0, 1, Number.NaN, Number.NEGATIVE_INFINITY]
    for (const length of [1, 3, 511, 513, 1030, 1031]) {
      const program = programOf(backend, dtype, [length, 3])
      const at = (values: readonly number[]) =>
        Float64Array.from({ length }, (_, k) => values[k % values.length]!)
      program.setState({ w0: at(tried) })
      program.settleState()
      const { w0, w1 } = program.getState()
      expect([...w0!], `${length} numbers`).toEqual([...at(kept)])
      expect([...w1!]).toEqual([0, 0, 0])
    }
  })

  test('what is written where feeds are read is what a run takes', () => {
    const graph = new Graph()
    const [x, y] = [graph.input('x', [5]), graph.input('y', [5])]
    const program = compile([add(x, y)], { backend, views: true })
    const sum = (feeds: Parameters<typeof program.run>[0]) => [...program.run(feeds)[0]]
    const views = program.viewFeeds()
    views.x!.fill(2)
    expect(sum({ x: views.x!, y: [1, 2, 3, 4, 5] })).toEqual([3, 4, 5, 6, 7])
    // Other arrays are copied still, and a view of one feed given as another.
    expect(sum({ x: [9, 9, 9, 9, 9], y: views.x! })).toEqual([18, 18, 18, 18, 18])
    views.x!.fill(4)
    views.y!.fill(7)
    expect(sum({ x: views.y!, y: views.y! })).toEqual([14, 14, 14, 14, 14])
    const many = program.runMany({ x: views.x!, y: new Float32Array(5e6) }, 1e6)[0]
    expect(many.subarray(-5)).toEqual(new Float32Array(5).fill(7))
    expect(program.viewFeeds().x!.length).toBe(5)
  })

  test('views of the state show the last run', () => {
    const program = programOf(backend, 'float32', [2, 3])
    const views = program.viewState()
    program.run()
    program.run()
    expect(program.viewState()).toBe(views)
    expect(Object.values(views).map((values) => [...values])).toEqual([
      [2, 2],
      [2, 2, 2],
    ])
    expect(program.getState()).toEqual(views)
    program[Symbol.dispose]()
    expect(() => program.viewState()).toThrow('disposed')
  })
})

// Steps that write a state look as they write: what they say is held against the numbers.
describe.each(['js', 'wasm'] as const)('what is looked at as it is written, %s', (backend) => {
  const bad = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 3e38]

  /** The next value of a state, of as many numbers or of more. */
  const kinds: Record<string, [(n: number) => number, (w: Node, x: Node) => Node]> = {
    product: [(n) => n, mul],
    sum: [(n) => n, (_, x) => add(x, 1)],
    padded: [(n) => n + 300, (_, x) => pad(x, { before: [0], after: [300] })],
    joined: [(n) => 2 * n, (w, x) => concat([slice(w, { start: x.shape[0]! }), x], { axis: 0 })],
  }
  const cases = [255, 256, 1031, 4096, 8197].flatMap((length) =>
    Object.keys(kinds).map((kind) => [length, kind] as const),
  )
  test.each(cases)('%i numbers, %s, whatever comes before', (length, kind) => {
    const [size, next] = kinds[kind]!
    const graph = new Graph()
    const x = graph.input('x', [length])
    const [w, v] = [graph.parameter('w', [size(length)]), graph.parameter('v', [length])]
    const state = [[w, next(w, x)] as const, [v, mul(v, 1)] as const]
    const threads = length > 5000 ? 2 : 1
    const program = compile([reshape(x, [length, 1])], { backend, state, threads })
    let seed = length
    const below = (n: number) => {
      seed = (seed * 1103515245 + 12345) % 2 ** 31
      return Math.floor((seed / 2 ** 31) * n)
    }
    const numbers = (count: number) => {
      const made = new Float32Array(count).fill(1 + below(3))
      if (below(3) === 0) made[[0, count - 1, below(count)][below(3)]!] = bad[below(bad.length)]!
      return made
    }
    const fresh = (which: number): Record<string, Float32Array> =>
      which > 0 ? { w: numbers(size(length)), v: new Float32Array(length) } : { v: numbers(length) }
    program.setState(fresh(1))
    for (let turn = 0; turn < 40; turn++) {
      const which = below(5)
      if (which < 2) program.setState(fresh(which))
      else if (which === 2) program.runMany({ x: numbers(2 * length) }, 2)
      else program.run({ x: numbers(length) })
      if (below(4) === 0) continue
      const expected = Object.values(program.getState()).every((all) => all.every(Number.isFinite))
      for (const _ of [1, 2]) expect(program.hasFiniteState(), `turn ${turn}`).toBe(expected)
    }
    program[Symbol.dispose]()
  })
})
