// What a program says of its state without copying it, in every backend and type.
import { add, Graph } from '@backprove/graph'
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
