// Matrix products of every layout against the sum that defines them, in float64.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apply, constant, input } from '../elementwise/formula.ts'
import { workbench } from '../fixture.ts'
import { product } from '../kernel.ts'
import { type Dtype, lanesOf } from '../lanes.ts'
import { dense, denseInput, denseWeight } from './dense.ts'
import { finishesProduct, matmul } from './matmul.ts'

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
        const kernel = bench.withScratch((scratch) => matmul(lanes, shape, scratch))
        const program = bench.build([kernel])
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
  const program = bench.build([bench.withScratch((scratch) => matmul(lanes, shape, scratch))])
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

test.each<[Dtype, number, number, number, number]>([
  ['float32', 70, 66, 61, 0],
  ['float32', 73, 131, 65, 3],
  ['float64', 50, 64, 50, 2],
])('%s: rows of A that a cache does not hold are packed: %d × %d × %d, batch %d', (...sizes) => {
  const [dtype, m, n, k, batches] = sizes
  const lanes = lanesOf(dtype)
  const bench = workbench(dtype)
  const count = Math.max(1, batches)
  const [a, b] = [randoms(count * m * k), randoms(k * n)]
  const shape = {
    m,
    n,
    k,
    batch: batches > 0 ? [batches] : [],
    a: { address: bench.place(a), row: 1, column: m, batch: batches > 0 ? [m * k] : [] },
    b: { address: bench.place(b), row: n, column: 1, batch: batches > 0 ? [0] : [] },
    c: bench.result(count * m * n),
  }
  const guard = bench.result(1)
  const kernel = bench.withScratch((scratch) => matmul(lanes, shape, scratch))
  expect(kernel.map(({ name }) => name)).toEqual(['pack', 'pack', 'matmul'])
  const program = bench.build([kernel])
  program.run(2)
  const got = program.read(shape.c, count * m * n)
  for (let q = 0; q < count * m * n; q++) {
    const [batch, i, j] = [Math.floor(q / (m * n)), Math.floor(q / n) % m, q % n]
    let want = 0
    for (let l = 0; l < k; l++) want += a[batch * m * k + l * m + i]! * b[l * n + j]!
    expect(Math.abs(got[q]! - want)).toBeLessThanOrEqual(tolerance(dtype, k))
  }
  expect(program.read(guard, 1)[0]).toBeNaN()
})

test.each([
  [256, 259, 40],
  [259, 256, 512],
])(
  'an epilogue writes over what it reads, the bits of a pass of its own: %d × %d × %d',
  (m, n, k) => {
    const lanes = lanesOf('float32')
    const bench = workbench('float32')
    const [a, b, before, factor] = [m * k, k * n, m * n, m * n].map(randoms)
    const [atC, apart] = [bench.place(before!), bench.result(m * n)]
    const guard = bench.result(1)
    const other = bench.place(factor!)
    const shape = {
      m,
      n,
      k,
      a: { address: bench.place(a!), row: 1, column: m },
      b: { address: bench.place(b!), row: n, column: 1 },
      c: atC,
    }
    expect(finishesProduct(shape)).toBe('over')
    expect(finishesProduct({ ...shape, k: 513 })).toBe(false)
    expect(finishesProduct({ ...shape, m: 200 })).toBe(false)
    // c ← c − ½ x · factor
    const half = apply('mul', constant(0.5), input(0))
    const formula = apply('sub', input(1), apply('mul', half, input(2)))
    const epilogue = { formula, arrays: [atC, other] }
    const program = bench.build([
      bench.withScratch((scratch) => matmul(lanes, { ...shape, c: apart }, scratch)),
      bench.withScratch((scratch) => matmul(lanes, { ...shape, epilogue }, scratch)),
    ])
    program.run(1)
    const [got, plain] = [atC, apart].map((at) => program.read(at, m * n))
    const { fround } = Math
    for (let q = 0; q < m * n; q++) {
      const scaled = fround(fround(0.5 * plain![q]!) * factor![q]!)
      if (got![q] !== fround(before![q]! - scaled)) expect([q, got![q]]).toEqual([q, 'the bits'])
    }
    expect(program.read(guard, 1)[0]).toBeNaN()
  },
)

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
        const products = [
          dense(shape, [at.x, at.w, at.b], y),
          denseInput(shape, [gradient, at.w], dx),
          denseWeight(shape, [at.x, gradient], dw),
        ]
        const program = bench.build(
          products.map((each) => bench.withScratch((scratch) => matmul(lanes, each, scratch))),
        )
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
