// Softmax and its logarithm, which laws put together from other ops, against the definitions with
// float64's Math, on random shapes and axes and on large entries, in both back ends.
import { Graph, logSoftmax, sizeOf, softmax } from '@backprove/graph'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { numbers } from '../../testing/values.ts'

/** Positions of the entries of each line along an axis. */
function linesOf(shape: readonly number[], axis: number): number[][] {
  const inner = sizeOf(shape.slice(axis + 1))
  const size = shape[axis]!
  const starts = Array.from({ length: sizeOf(shape) / size }, (_, k) => {
    return Math.floor(k / inner) * inner * size + (k % inner)
  })
  return starts.map((start) => Array.from({ length: size }, (_, k) => start + k * inner))
}

const cases = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 1, maxLength: 3 }),
    fc.nat(),
    fc.constantFrom('float32' as const, 'float64' as const),
    fc.constantFrom('wasm' as const, 'js' as const),
    fc.constantFrom(1, 20, 400),
  )
  .map(([shape, pick, dtype, backend, scale]) => {
    return { shape, axis: pick % shape.length, dtype, backend, scale }
  })

test('softmax and its logarithm along any axis', () => {
  fc.assert(
    fc.property(cases, ({ shape, axis, dtype, backend, scale }) => {
      const x = new Graph().input('x', shape)
      const values = numbers(sizeOf(shape), 3).map((value) => Math.fround(scale * value))
      // One at a time: of both, one is worked out from the other.
      const [got, logs] = [softmax, logSoftmax].map(
        (of) => compile([of(x, { axis })], { dtype, backend }).run({ x: values })[0]!,
      )
      const epsilon = dtype === 'float32' ? 2 ** -23 : 2 ** -52
      for (const line of linesOf(shape, axis)) {
        const top = Math.max(...line.map((k) => values[k]!))
        const total = line.reduce((sum, k) => sum + Math.exp(values[k]! - top), 0)
        for (const k of line) {
          // x − top is rounded once: the exponential's relative error grows with its size.
          const distance = top - values[k]!
          const log = -distance - Math.log(total)
          expect(Math.abs(got![k]! - Math.exp(log))).toBeLessThanOrEqual((distance + 16) * epsilon)
          expect(Math.abs(logs![k]! - log)).toBeLessThanOrEqual((distance + 16) * epsilon)
        }
      }
    }),
    { numRuns: 80 },
  )
})
