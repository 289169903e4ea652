// Random graphs on one backend against the interpreter, with dead memory poisoned.
import { evaluate } from '@backprove/graph'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BackendName } from '../backend.ts'
import { compile } from '../compile.ts'
import { randomGraphs } from './random-graph.ts'

export function testRandomGraphs(backend: BackendName, numRuns = 150): void {
  test(`${backend}: random graphs equal the interpreter`, () => {
    const property = fc.property(randomGraphs, ({ outputs, feeds }) => {
      const program = compile(outputs, { dtype: 'float64', backend, poison: true })
      // Twice: what one run leaves behind must not reach the next.
      program.run(feeds)
      const made = program.run(feeds)
      evaluate(outputs, feeds).forEach((wanted, k) => {
        const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
        wanted.forEach((value, at) => {
          expect(Math.abs(made[k]![at]! - value)).toBeLessThanOrEqual(1e-11 * largest)
        })
      })
    })
    fc.assert(property, { numRuns })
  })
}
