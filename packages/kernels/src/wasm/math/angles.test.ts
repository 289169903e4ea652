// sin, cos and erf: error in units in the last place, near 0, far out and at the ends of the type.
import { cos, erf, Graph, type Node, sin } from '@backprove/graph'
import { expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import type { Dtype } from '../lanes.ts'

const dtypes = ['float32', 'float64'] as const

function run(op: (x: Node) => Node, dtype: Dtype, xs: readonly number[]) {
  const x = new Graph().input('x', [xs.length])
  const values = dtype === 'float32' ? Float32Array.from(xs) : Float64Array.from(xs)
  return { values, got: compile([op(x)], { dtype, backend: 'wasm' }).run({ x: values })[0]! }
}

const ulp = (x: number, dtype: Dtype): number => {
  const [digits, smallest] = dtype === 'float32' ? [23, -149] : [52, -1074]
  const exponent = Math.floor(Math.log2(Math.abs(x)))
  return 2 ** Math.max(Number.isFinite(exponent) ? exponent - digits : smallest, smallest)
}

function worst(op: (x: Node) => Node, exact: (x: number) => number, dtype: Dtype, xs: number[]) {
  const { values, got } = run(op, dtype, xs)
  let error = 0
  values.forEach((x, k) => {
    const want = exact(x)
    error = Math.max(error, Math.abs(got[k]! - want) / ulp(want, dtype))
  })
  return error
}

const sample = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, k) => from + ((to - from) * (k + 0.37)) / count)
const sizes = (low: number, high: number, count: number): number[] =>
  sample(low, high, count).flatMap((e) => [2 ** e, -(2 ** e)])

test.each(dtypes)('sin and cos in %s are right at every size', (dtype) => {
  const most = dtype === 'float32' ? 127.9 : 1023.9
  const xs = [...sample(-20, 20, 20_000), ...sample(-2e6, 2e6, 20_000), ...sizes(-30, most, 10_000)]
  // Near multiples of π/2, where little is left of x.
  xs.push(...Array.from({ length: 5000 }, (_, k) => k * 300 * (Math.PI / 2)))
  expect(worst(sin, Math.sin, dtype, xs)).toBeLessThan(1.6)
  expect(worst(cos, Math.cos, dtype, xs)).toBeLessThan(1.6)
})

test('known values of large arguments', () => {
  // To 17 digits, by 400-digit arithmetic.
  const { got } = run(sin, 'float64', [1e22, 2 ** 1023, 6381956970095103 * 2 ** 797])
  const want = [-0.8522008497671888, 0.563127779850884, 1]
  want.forEach((value, k) => {
    expect(got[k]).toBeCloseTo(value, 14)
  })
  const { got: near } = run(cos, 'float64', [6381956970095103 * 2 ** 797])
  expect(near[0]! / -4.687165924254628e-19).toBeCloseTo(1, 12)
})

/** 2/√π e^{−x²} Σ 2ⁿ x^{2n+1}/(2n+1)!!: no term is negative. */
function series(x: number): number {
  let [sum, term] = [0, x]
  for (let n = 0; Math.abs(term) > 1e-20 * Math.abs(sum); n++) {
    sum += term
    term *= (2 * x * x) / (2 * n + 3)
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum
}

test('erf is right, small numbers and both ends included', () => {
  const xs = [...sample(-4, 4, 20_000), ...sizes(-40, 2, 10_000)]
  expect(worst(erf, series, 'float32', xs)).toBeLessThan(4)
  // The series itself is a few units off.
  expect(worst(erf, series, 'float64', xs)).toBeLessThan(16)
  // By 60-digit arithmetic.
  const { got } = run(erf, 'float64', [0.3, 1.2, 2.5, 5.5, -1e-300])
  const want = [
    0.3286267594591274,
    0.9103139782296353,
    0.999593047982555,
    1 - 7.4e-15,
    -1.1283791670955126e-300,
  ]
  want.forEach((value, k) => {
    expect(got[k]! / value).toBeCloseTo(1, 14)
  })
})

test.each(dtypes)('ends and NaN in %s', (dtype) => {
  const ends = [-Infinity, Infinity, Number.NaN, 0]
  expect([...run(sin, dtype, ends).got]).toEqual([Number.NaN, Number.NaN, Number.NaN, 0])
  expect([...run(cos, dtype, ends).got]).toEqual([Number.NaN, Number.NaN, Number.NaN, 1])
  expect([...run(erf, dtype, ends).got]).toEqual([-1, 1, Number.NaN, 0])
})
