// Error in units in the last place against the engine's Math in float64, and monotonicity.
import { Graph, ops } from '@backprove/graph'
import { expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { elementwise } from '../elementwise/elementwise.ts'
import { type Arithmetic, apply, input, power } from '../elementwise/formula.ts'
import { workbench } from '../fixture.ts'
import { type Dtype, lanesOf } from '../lanes.ts'

function evaluate(dtype: Dtype, formula: Parameters<typeof power>[0], values: ArrayLike<number>) {
  const bench = workbench(dtype)
  const x = { address: bench.place(Array.from(values)), strides: [1] }
  const y = { address: bench.result(values.length), strides: [1] }
  const outputs = [{ to: y, formula }]
  const shape = [values.length]
  const kernel = elementwise(lanesOf(dtype), 'math', { shape, inputs: [x], outputs })
  const program = bench.build([kernel])
  program.run(1)
  return program.read(y.address, values.length)
}

/** The distance of neighbouring numbers at x; the subnormal step at least. */
function ulp(x: number, dtype: Dtype): number {
  const [digits, smallest] = dtype === 'float32' ? [23, -149] : [52, -1074]
  const exponent = Math.floor(Math.log2(Math.abs(x)))
  return 2 ** Math.max(Number.isFinite(exponent) ? exponent - digits : smallest, smallest)
}

const sample = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => from + ((to - from) * (k + 0.37)) / count)

/** Values of every size and both signs. */
const sizes = (low: number, high: number, count: number): number[] =>
  sample(low, high, count).flatMap((e) => [2 ** e, -(2 ** e)])

function worst(dtype: Dtype, op: Arithmetic, exact: (x: number) => number, xs: number[]): number {
  const values = dtype === 'float32' ? Float32Array.from(xs) : Float64Array.from(xs)
  const got = evaluate(dtype, apply(op, input(0)), values)
  let error = 0
  values.forEach((x, k) => {
    const want = exact(x)
    error = Math.max(error, Math.abs(got[k]! - want) / ulp(want, dtype))
  })
  return error
}

test('exp is within 2 ulp, subnormal results included', () => {
  const inside = [...sample(-103, 88.7, 200_000), ...sizes(-30, 6, 20_000)]
  expect(worst('float32', 'exp', Math.exp, inside)).toBeLessThan(1.1)
  const wide = [...sample(-744, 709.7, 200_000), ...sizes(-60, 9, 20_000)]
  expect(worst('float64', 'exp', Math.exp, wide)).toBeLessThan(2)
})

test('exp is monotone in float32 over runs of neighbouring floats', () => {
  const bits = new Int32Array(1 << 16)
  const floats = new Float32Array(bits.buffer)
  for (const start of [-100, -50.3, -20, -1, -1e-3, 1e-3, 0.34, 0.7, 1, 5, 40, 88]) {
    floats[0] = Math.abs(start)
    const first = bits[0]!
    for (let k = 0; k < bits.length; k++) bits[k] = first + k
    const values = start < 0 ? floats.map((x) => -x).reverse() : floats.slice()
    const results = evaluate('float32', apply('exp', input(0)), values)
    let violations = 0
    results.forEach((y, k) => {
      if (k > 0 && y < results[k - 1]!) violations += 1
    })
    expect(violations).toBe(0)
  }
})

test('exp at its edges', () => {
  for (const dtype of ['float32', 'float64'] as const) {
    const at = [Number.NEGATIVE_INFINITY, -1e4, 0, 1e4, Number.POSITIVE_INFINITY, Number.NaN]
    const results = evaluate(dtype, apply('exp', input(0)), at)
    expect([...results]).toEqual([0, 0, 1, Infinity, Infinity, Number.NaN])
  }
})

test('log is within 1 ulp, subnormal numbers included', () => {
  const positive = (low: number, high: number) => sample(low, high, 100_000).map((e) => 2 ** e)
  const near1 = sample(0.5, 2, 100_000)
  expect(worst('float32', 'log', Math.log, [...positive(-148, 127), ...near1])).toBeLessThan(1.1)
  expect(worst('float64', 'log', Math.log, [...positive(-1070, 1023), ...near1])).toBeLessThan(2)
})

test('log at its edges', () => {
  for (const dtype of ['float32', 'float64'] as const) {
    const at = [-0, 0, 1, Number.POSITIVE_INFINITY, -1, Number.NEGATIVE_INFINITY, Number.NaN]
    const results = evaluate(dtype, apply('log', input(0)), at)
    const nan = Number.NaN
    expect([...results]).toEqual([-Infinity, -Infinity, 0, Infinity, nan, nan, nan])
  }
})

test('sigmoid, tanh, expm1 and softplus', () => {
  const logistic = (x: number) => (x < 0 ? Math.exp(x) / (1 + Math.exp(x)) : 1 / (1 + Math.exp(-x)))
  const soft = (x: number) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)))
  const xs = [...sample(-80, 80, 50_000), ...sample(-3, 3, 50_000), ...sizes(-20, 6, 20_000)]
  expect(worst('float32', 'sigmoid', logistic, xs)).toBeLessThan(2.5)
  expect(worst('float32', 'tanh', Math.tanh, xs)).toBeLessThan(3)
  expect(worst('float32', 'expm1', Math.expm1, xs)).toBeLessThan(2.5)
  expect(worst('float32', 'softplus', soft, xs)).toBeLessThan(2.5)
  expect(worst('float64', 'sigmoid', logistic, xs)).toBeLessThan(4)
  expect(worst('float64', 'tanh', Math.tanh, xs)).toBeLessThan(4)
  expect(worst('float64', 'expm1', Math.expm1, xs)).toBeLessThan(4)
  expect(worst('float64', 'softplus', soft, xs)).toBeLessThan(4)
  const ends = [-Infinity, -200, 200, Infinity]
  expect([...evaluate('float32', apply('tanh', input(0)), ends)]).toEqual([-1, -1, 1, 1])
  expect([...evaluate('float32', apply('sigmoid', input(0)), ends.slice(2))]).toEqual([1, 1])
  const far = evaluate('float32', apply('sigmoid', input(0)), [-Infinity, -200, -90, -103.5])
  expect([...far].slice(0, 2)).toEqual([0, 0])
  expect(Math.abs(far[2]! - Math.exp(-90))).toBeLessThanOrEqual(2 ** -148)
  expect(far[3]).toBe(2 ** -149)
})

test('a NaN of any bits stays one', () => {
  for (const dtype of ['float32', 'float64'] as const) {
    const quiet = dtype === 'float32' ? [0x7fc12345, 0xffffffff] : [0x12345, 0x7ff80000, -1, -1]
    const bytes = Uint32Array.from(quiet).buffer
    const values = dtype === 'float32' ? new Float32Array(bytes) : new Float64Array(bytes)
    for (const op of [
      'exp',
      'sigmoid',
      'sigmoidPrime',
      'tanh',
      'softplus',
      'log',
      'sqrt',
    ] as const) {
      const x = new Graph().input('x', [2])
      const y = x.graph.record(ops[op], [x], {})
      const made = compile([y], { dtype, backend: 'wasm' }).run({ x: values })[0]!
      expect([...made], op).toEqual([Number.NaN, Number.NaN])
    }
  }
})

test.each([3, -2, 0, 17, 0.5, 1.7, -2.5])('power %d', (exponent) => {
  const xs = sample(0.01, 9, 1000).concat(Number.isInteger(exponent) ? sample(-9, -0.01, 1000) : [])
  const values = Float32Array.from(xs)
  const got = evaluate('float32', power(input(0), exponent), values)
  // Repeated squaring rounds once a step; the real power is computed in double.
  values.forEach((x, k) => {
    const want = x ** exponent
    expect(Math.abs(got[k]! - want)).toBeLessThanOrEqual(1e-6 * Math.abs(want))
  })
  const precise = evaluate('float64', power(input(0), exponent), values)
  values.forEach((x, k) => {
    const want = x ** exponent
    expect(Math.abs(precise[k]! - want)).toBeLessThanOrEqual(1e-13 * Math.abs(want))
  })
})
