// Matrix products of every layout against the sum that defines them, in float64.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { workbench } from '../fixture.ts'
import { product } from '../kernel.ts'
import { type Dtype, lanesOf } from '../lanes.ts'
import {
  dense,
  denseInput,
  denseInputScratch,
  denseScratch,
  denseWeight,
  denseWeightScratch,
} from './dense.ts'
import { matmul, matmulScratch } from './matmul.ts'

let state = 7
const randoms = (n: number) =>
  Array.from({ length: n }, () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32
    return Math.fround(state / 2 ** 32 - 0.5)
  })

/** Entries are below ½: a sum of k products is off by at most k²/4 roundings, in practice √k. */
const tolerance = (dtype: Dtype, k: number) => (k + 2) * (dtype === 'float32' ? 2 ** -24 : 2 ** -53)

const sizes = fc.integer({ min: 1, max: 21 })
const dtypes = fc.constantFrom<Dtype>('float32', 'float64')

test('all layouts, with bias and batches', () => {
  const layouts = fc.constantFrom('plain', 'a transposed', 'b transposed', 'both')
  const biases = fc.constantFrom<'rows' | 'columns' | undefined>('rows', 'columns', undefined)
  const batches = fc.constantFrom<number[]>([], [3], [2, 3])
  const broadcast = fc.boolean()
  fc.assert(
    fc.property(
      fc.record({
        dtype: dtypes,
        m: sizes,
        n: fc.integer({ min: 1, max: 45 }),
        k: sizes,
        layouts,
        biases,
        batches,
        broadcast,
      }),
      ({ dtype, m, n, k, layouts, biases, batches, broadcast }) => {
        const lanes = lanesOf(dtype)
        const bench = workbench(dtype)
        const count = product(batches)
        const transposedA = layouts === 'a transposed' || layouts === 'both'
        const transposedB = layouts === 'b transposed' || layouts === 'both'
        const a = randoms(count * m * k)
        const b = randoms((broadcast ? 1 : count) * k * n)
        const bias = randoms(biases === 'rows' ? m : n)
        const strides = (size: number) =>
          batches.map((_, axis) => product(batches.slice(axis + 1)) * size)
        const shape = {
          m,
          n,
          k,
          batch: batches,
          a: {
            address: bench.place(a),
            ...(transposedA ? { row: 1, column: m } : { row: k, column: 1 }),
            batch: strides(m * k),
          },
          b: {
            address: bench.place(b),
            ...(transposedB ? { row: 1, column: k } : { row: n, column: 1 }),
            batch: broadcast ? batches.map(() => 0) : strides(k * n),
          },
          c: bench.result(count * m * n),
          ...(biases ? { bias: { address: bench.place(bias), along: biases } } : {}),
        }
        const guard = bench.result(1)
        const scratch = bench.reserve(matmulScratch(lanes, shape))
        const program = bench.build([matmul(lanes, shape, scratch)])
        program.run(2)
        const got = program.read(shape.c, count * m * n)
        for (let q = 0; q < count; q++) {
          for (let i = 0; i < m; i++) {
            for (let j = 0; j < n; j++) {
              let want = biases ? bias[biases === 'rows' ? i : j]! : 0
              for (let l = 0; l < k; l++) {
                const x = a[q * m * k + i * shape.a.row + l * shape.a.column]!
                want += x * b[(broadcast ? 0 : q * k * n) + l * shape.b.row + j * shape.b.column]!
              }
              const error = Math.abs(got[(q * m + i) * n + j]! - want)
              expect(error).toBeLessThanOrEqual(tolerance(dtype, k))
            }
          }
        }
        expect(program.read(guard, 1)[0]).toBeNaN()
      },
    ),
    { numRuns: 120 },
  )
})

test.each([
  [70, 9, 5],
  [13, 18, 1100],
  [130, 16, 513],
])('many rows and long runs: %d × %d × %d', (m, n, k) => {
  const lanes = lanesOf('float32')
  const bench = workbench('float32')
  const [a, b] = [randoms(m * k), randoms(k * n)]
  const shape = {
    m,
    n,
    k,
    a: { address: bench.place(a), row: k, column: 1 },
    b: { address: bench.place(b), row: n, column: 1 },
    c: bench.result(m * n),
  }
  const scratch = bench.reserve(matmulScratch(lanes, shape))
  const program = bench.build([matmul(lanes, shape, scratch)])
  program.run(1)
  const got = program.read(shape.c, m * n)
  for (let i = 0; i < m; i += 3) {
    for (let j = 0; j < n; j++) {
      let want = 0
      for (let l = 0; l < k; l++) want += a[i * k + l]! * b[l * n + j]!
      expect(Math.abs(got[i * n + j]! - want)).toBeLessThanOrEqual(tolerance('float32', k))
    }
  }
})

test('dense and its derivatives', () => {
  fc.assert(
    fc.property(
      dtypes,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      sizes,
      (dtype, samples, inputs, units) => {
        const lanes = lanesOf(dtype)
        const shape = { samples, inputs, units }
        const bench = workbench(dtype)
        const [x, w, b, g] = [samples * inputs, units * inputs, units, samples * units].map(randoms)
        const at = { x: bench.place(x!), w: bench.place(w!), b: bench.place(b!) }
        const y = bench.result(samples * units)
        const gradient = bench.place(g!)
        const dx = bench.result(samples * inputs)
        const dw = bench.result(units * inputs)
        const scratch = bench.reserve(
          Math.max(
            denseScratch(lanes, shape),
            denseInputScratch(lanes, shape),
            denseWeightScratch(lanes, shape),
          ),
        )
        const program = bench.build([
          dense(lanes, shape, { ...at, y, scratch }),
          denseInput(lanes, shape, { x: dx, w: at.w, y: gradient, scratch }),
          denseWeight(lanes, shape, { x: at.x, w: dw, y: gradient, scratch }),
        ])
        program.run(1)
        const want = {
          y: Array.from({ length: samples * units }, (_, q) => b![q % units]!),
          dx: Array(samples * inputs).fill(0),
          dw: Array(units * inputs).fill(0),
        }
        for (let n = 0; n < samples; n++) {
          for (let k = 0; k < units; k++) {
            for (let i = 0; i < inputs; i++) {
              want.y[n * units + k]! += x![n * inputs + i]! * w![k * inputs + i]!
              want.dx[n * inputs + i] += g![n * units + k]! * w![k * inputs + i]!
              want.dw[k * inputs + i] += g![n * units + k]! * x![n * inputs + i]!
            }
          }
        }
        const close = (got: ArrayLike<number>, values: number[], k: number) =>
          values.forEach((value, q) => {
            expect(Math.abs(got[q]! - value)).toBeLessThanOrEqual(tolerance(dtype, k))
          })
        close(program.read(y, want.y.length), want.y, inputs)
        close(program.read(dx, want.dx.length), want.dx, units)
        close(program.read(dw, want.dw.length), want.dw, samples)
      },
    ),
    { numRuns: 60 },
  )
})
