// Fused loops and reductions against nested loops over indices, on random shapes and strides.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { workbench } from '../fixture.ts'
import { product } from '../kernel.ts'
import { type Dtype, lanesOf } from '../lanes.ts'
import { copy, elementwise, fill } from './elementwise.ts'
import { apply, constant, type Formula, input, select } from './formula.ts'
import { contiguous } from './loops.ts'
import { reduce } from './reduce.ts'

/** Every index of a shape, in row-major order. */
function* indices(shape: readonly number[]): Generator<number[]> {
  for (let flat = 0; flat < product(shape); flat++) {
    let rest = flat
    yield shape
      .map((_, k) => shape.length - 1 - k)
      .map((axis) => {
        const i = rest % shape[axis]!
        rest = Math.floor(rest / shape[axis]!)
        return i
      })
      .reverse()
  }
}

const dot = (a: readonly number[], b: readonly number[]) =>
  a.reduce((sum, x, k) => sum + x * b[k]!, 0)

let state = 1
const random = () => {
  state = (state * 1664525 + 1013904223) % 2 ** 32
  return state / 2 ** 32 - 0.5
}
const randoms = (n: number) => Array.from({ length: n }, () => Math.fround(4 * random()))

const dtypes = fc.constantFrom<Dtype>('float32', 'float64')
const shapes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 0, maxLength: 4 })
const flags = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })

/** Strides of an array of which some axes of the shape are broadcast. */
function broadcastStrides(shape: readonly number[], broadcast: readonly boolean[]): number[] {
  const sizes = shape.map((size, k) => (broadcast[k] ? 1 : size))
  return contiguous(sizes).map((stride, k) => (broadcast[k] ? 0 : stride))
}

// (a > b ? a b : −|a − b|) + a, the sum used twice
const x = input(0)
const y = input(1)
const chosen: Formula = select(
  apply('greater', x, y),
  apply('mul', x, y),
  apply('neg', apply('abs', apply('sub', x, y))),
)
const total = apply('add', chosen, x)
const exact = (a: number, b: number) => (a > b ? a * b : -Math.abs(a - b)) + a

test('fused loops with broadcasting and two outputs', () => {
  fc.assert(
    fc.property(dtypes, shapes, flags, flags, (dtype, shape, first, second) => {
      const bench = workbench(dtype)
      const strides = [broadcastStrides(shape, first), broadcastStrides(shape, second)]
      const values = [randoms(product(shape)), randoms(product(shape))]
      const inputs = strides.map((s, k) => ({ address: bench.place(values[k]!), strides: s }))
      const outputs = [total, apply('square', total)].map((formula) => ({
        to: { address: bench.result(product(shape)), strides: contiguous(shape) },
        formula,
      }))
      const kernel = elementwise(lanesOf(dtype), 'test', { shape, inputs, outputs })
      const program = bench.build([kernel])
      program.run(1)
      const got = outputs.map(({ to }) => program.read(to.address, product(shape)))
      const tolerance = dtype === 'float32' ? 1e-5 : 1e-14
      let k = 0
      for (const index of indices(shape)) {
        const [a, b] = strides.map((s, which) => values[which]![dot(index, s)]!)
        const want = exact(a!, b!)
        expect(Math.abs(got[0]![k]! - want)).toBeLessThanOrEqual(tolerance)
        expect(Math.abs(got[1]![k]! - want ** 2)).toBeLessThanOrEqual(10 * tolerance)
        k += 1
      }
    }),
    { numRuns: 60 },
  )
})

test('a long run is cut into tasks', () => {
  const n = 4096 * 2 + 7
  const bench = workbench('float32')
  const values = randoms(n)
  const from = { address: bench.place(values), strides: [1] }
  const to = { address: bench.result(n), strides: [1] }
  const guard = bench.result(1)
  const program = bench.build([copy(lanesOf('float32'), [n], from, to)])
  program.run(1)
  expect([...program.read(to.address, n)]).toEqual(values)
  expect(program.read(guard, 1)[0]).toBeNaN()
})

test('views: permuted, reversed and stepped axes in and out', () => {
  fc.assert(
    fc.property(dtypes, shapes, flags, flags, (dtype, shape, reversed, stepped) => {
      const bench = workbench(dtype)
      const steps = shape.map((_, k) => (stepped[k] ? 2 : 1))
      const room = [...shape].reverse().map((size, k) => size * steps.toReversed()[k]!)
      const permuted = contiguous(room).reverse()
      const strides = permuted.map((s, k) => s * steps[k]! * (reversed[k] ? -1 : 1))
      const start = dot(
        permuted,
        shape.map((size, k) => (reversed[k] ? (size - 1) * steps[k]! : 0)),
      )
      const values = randoms(product(room))
      const bytes = dtype === 'float32' ? 4 : 8
      const base = bench.place(values)
      const view = { address: base + start * bytes, strides }
      const dense = { address: bench.result(product(shape)), strides: contiguous(shape) }
      const back = bench.place(Array(product(room)).fill(0))
      const lanes = lanesOf(dtype)
      const target = { address: back + start * bytes, strides }
      const program = bench.build([
        copy(lanes, shape, view, dense),
        copy(lanes, shape, dense, target),
      ])
      program.run(1)
      const got = program.read(dense.address, product(shape))
      const returned = program.read(back, product(room))
      let k = 0
      for (const index of indices(shape)) {
        const at = start + dot(index, strides)
        expect(got[k]).toBe(values[at])
        expect(returned[at]).toBe(values[at])
        k += 1
      }
    }),
    { numRuns: 60 },
  )
})

test('reductions over any axes', () => {
  const combines = fc.constantFrom<'sum' | 'maximum' | 'minimum'>('sum', 'maximum', 'minimum')
  fc.assert(
    fc.property(
      dtypes,
      shapes,
      flags,
      flags,
      combines,
      (dtype, shape, gone, broadcast, combine) => {
        const bench = workbench(dtype)
        const axes = shape.map((_, k) => k).filter((k) => gone[k])
        const strides = broadcastStrides(shape, broadcast)
        const values = randoms(product(shape))
        const inputs = [{ address: bench.place(values), strides }]
        const sizes = shape.map((size, k) => (gone[k] ? 1 : size))
        const to = bench.result(product(sizes))
        const formula = apply('mul', input(0), constant(3))
        const finish = apply('add', input(0), constant(1))
        const specification = { shape, inputs, results: [formula], combine, axes, to, finish }
        const program = bench.build([reduce(lanesOf(dtype), 'test', specification)])
        program.run(1)
        const start = { sum: 0, maximum: -Infinity, minimum: Infinity }[combine]
        const want = Array(product(sizes)).fill(start)
        const resultStrides = broadcastStrides(shape, gone)
        for (const index of indices(shape)) {
          const value = 3 * values[dot(index, strides)]!
          const at = dot(index, resultStrides)
          if (combine === 'sum') want[at] += value
          else
            want[at] = combine === 'maximum' ? Math.max(want[at], value) : Math.min(want[at], value)
        }
        const got = program.read(to, want.length)
        // A sum of n terms of size 6 in float32 is within n · 6 · 2^-24 of its value, n ≤ 6561.
        const tolerance = (dtype === 'float32' ? 2 ** -24 : 2 ** -53) * 6 * (product(shape) + 8)
        want.forEach((value, k) => {
          expect(Math.abs(got[k]! - value - 1)).toBeLessThanOrEqual(tolerance)
        })
      },
    ),
    { numRuns: 80 },
  )
})

test('comparisons, relu, sign and ties', () => {
  const bench = workbench('float32')
  const a = [-2, -0, 0, 3, 3, Number.NaN, 1]
  const b = [1, 0, -0, 3, 2, 1, Number.NaN]
  const inputs = [a, b].map((values) => ({ address: bench.place(values), strides: [1] }))
  const formulas = [
    apply('greater', x, y),
    apply('lessEqual', x, y),
    apply('notEqual', x, y),
    apply('relu', x),
    apply('sign', x),
    apply('maximum', x, y),
    apply('minimum', x, y),
    select(x, y, constant(9)),
  ]
  const outputs = formulas.map((formula) => ({
    to: { address: bench.result(a.length), strides: [1] },
    formula,
  }))
  const kernel = elementwise(lanesOf('float32'), 'test', { shape: [a.length], inputs, outputs })
  const program = bench.build([kernel])
  program.run(1)
  const nan = Number.NaN
  const got = outputs.map(({ to }) => [...program.read(to.address, a.length)])
  expect(got).toEqual([
    [0, 0, 0, 0, 1, 0, 0],
    [1, 1, 1, 1, 0, 0, 0],
    [1, 0, 0, 0, 1, 1, 1],
    [0, 0, 0, 3, 3, 0, 1],
    [-1, -0, 0, 1, 1, nan, 1],
    [1, 0, 0, 3, 3, nan, nan],
    [-2, -0, -0, 3, 2, nan, nan],
    [1, 9, 9, 3, 2, 1, nan],
  ])
})

test('fill', () => {
  const bench = workbench('float64')
  const at = bench.result(5)
  const program = bench.build([fill(lanesOf('float64'), at, 4, 2.5)])
  program.run(1)
  expect([...program.read(at, 5)]).toEqual([2.5, 2.5, 2.5, 2.5, Number.NaN])
})
