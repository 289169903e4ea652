// Against the definitions with float64's Math, on random shapes and axes and on large entries.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { workbench } from '../fixture.ts'
import { product } from '../kernel.ts'
import { type Dtype, lanesOf } from '../lanes.ts'
import { logSoftmax, softmax, softmaxScratch } from './softmax.ts'

let state = 3
const randoms = (n: number, scale: number) =>
  Array.from({ length: n }, () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return Math.fround(scale * (state / 2 ** 32 - 0.5))
  })

/** Positions of the entries of each line along an axis. */
function linesOf(shape: readonly number[], axis: number): number[][] {
  const inner = product(shape.slice(axis + 1))
  const size = shape[axis]!
  const starts = Array.from({ length: product(shape) / size }, (_, k) => {
    return Math.floor(k / inner) * inner * size + (k % inner)
  })
  return starts.map((start) => Array.from({ length: size }, (_, k) => start + k * inner))
}

const cases = fc
  .tuple(
    fc.array(fc.integer({ min: 1, max: 11 }), { minLength: 1, maxLength: 3 }),
    fc.nat(),
    fc.constantFrom<Dtype>('float32', 'float64'),
    fc.constantFrom(1, 20, 400),
  )
  .map(([shape, pick, dtype, scale]) => ({ shape, axis: pick % shape.length, dtype, scale }))

test('softmax and its logarithm along any axis', () => {
  fc.assert(
    fc.property(cases, ({ shape, axis, dtype, scale }) => {
      const lanes = lanesOf(dtype)
      const bench = workbench(dtype)
      const length = product(shape)
      const values = randoms(length, scale)
      const x = bench.place(values)
      const [y, z] = [bench.result(length), bench.result(length)]
      const scratch = bench.reserve(softmaxScratch(lanes, { shape, axis }))
      const program = bench.build([
        softmax(lanes, { shape, axis }, { x, y, scratch }),
        logSoftmax(lanes, { shape, axis }, { x, y: z, scratch }),
      ])
      program.run(1)
      const [got, logs] = [program.read(y, length), program.read(z, length)]
      const epsilon = dtype === 'float32' ? 2 ** -23 : 2 ** -52
      for (const line of linesOf(shape, axis)) {
        const top = Math.max(...line.map((k) => values[k]!))
        const total = line.reduce((sum, k) => sum + Math.exp(values[k]! - top), 0)
        for (const k of line) {
          // x − top is rounded once: the exponential's relative error grows with its size.
          const distance = top - values[k]!
          const log = -distance - Math.log(total)
          expect(Math.abs(got[k]! - Math.exp(log))).toBeLessThanOrEqual((distance + 16) * epsilon)
          expect(Math.abs(logs[k]! - log)).toBeLessThanOrEqual((distance + 16) * epsilon)
        }
      }
    }),
    { numRuns: 80 },
  )
})
