// Runs the table of cases on one backend, against the interpreter: the whole test of its kernels.
import { evaluate, type Node } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import type { BackendName, Memory } from '../../backend.ts'
import { compile } from '../../compile.ts'
import type { DType } from '../../plan/plan.ts'
import { cases } from '../cases/all.ts'
import { type OpName, prepare } from '../cases/case.ts'
import { FLOAT64_TOLERANCE, float32Tolerance } from '../tolerance.ts'

/**
 * The largest error, relative to each entry of an elementwise op and else to the largest. Numbers
 * too small for the format to hold with all digits count as the smallest that is not.
 */
export function relativeError(node: Node, made: Memory, wanted: Float64Array): number {
  const least = made instanceof Float32Array ? 2 ** -126 : 2 ** -1022
  const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const entrywise = node.op.traits?.elementwise === true
  let worst = made.length === wanted.length ? 0 : Number.POSITIVE_INFINITY
  wanted.forEach((value, k) => {
    const found = made[k]!
    if (Object.is(found, value) || found === value) return
    const scale = entrywise ? Math.abs(value) : largest
    const error = Math.abs(found - value) / Math.max(scale, least)
    worst = Number.isNaN(error) ? Number.POSITIVE_INFINITY : Math.max(worst, error)
  })
  return worst
}

export const tolerances = (name: OpName): { readonly [D in DType]: number } => ({
  float64: FLOAT64_TOLERANCE,
  float32: float32Tolerance[name].relative,
})

export function testBackend(backend: BackendName): void {
  describe.each(Object.keys(cases) as OpName[])(`${backend}: %s`, (name) => {
    test.each(['float64', 'float32'] as const)('equals the interpreter in %s', (dtype) => {
      expect(cases[name].length).toBeGreaterThan(0)
      for (const each of cases[name]) {
        const { node, feeds } = prepare(each)
        const program = compile([node], { dtype, backend, poison: true })
        const [made] = program.run(feeds) as [Memory]
        const error = relativeError(node, made, evaluate(node, feeds))
        expect(error, `${name}, ${each.title}`).toBeLessThanOrEqual(tolerances(name)[dtype])
        expect(program.explain().holes, `${name}, ${each.title}`).toEqual([])
      }
    })
  })
}
