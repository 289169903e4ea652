// Flatten, concat, slice, pad, transpose, flip, rot180, upsample, matmul: options and refusals.
import { describe, expect, test } from 'vitest'
import { OptionError, ShapeError } from '../../errors.ts'
import { evaluate } from '../../evaluate.ts'
import { grad, vjp } from '../../grad.ts'
import { Graph } from '../../record/graph.ts'
import { mul } from '../arithmetic/mul.ts'
import { matmul } from '../product/matmul.ts'
import { max } from '../reduction/max.ts'
import { sum } from '../reduction/sum.ts'
import { concat } from './concat.ts'
import { flatten } from './flatten.ts'
import { flip } from './flip.ts'
import { pad } from './pad.ts'
import { slice } from './slice.ts'
import { transpose } from './transpose.ts'
import { upsample } from './upsample.ts'

const graph = new Graph()
const matrix = graph.constant([
  [1, 2, 3],
  [4, 5, 6],
])

describe('what changes nothing records nothing', () => {
  test.each([
    ['flatten of a row', () => flatten(graph.constant([1, 2])), graph.constant([1, 2])],
    ['concat of one', () => concat([matrix], { axis: 0 }), matrix],
    ['slice of everything', () => slice(matrix, { start: 0, end: [2, 3] }), matrix],
    ['pad by nothing', () => pad(matrix, { before: 0 }), matrix],
    ['transpose into the same order', () => transpose(matrix, { axes: [0, -1] }), matrix],
    ['flip of no axis', () => flip(matrix, { axes: [] }), matrix],
    ['upsample by 1', () => upsample(matrix, { size: 1 }), matrix],
    ['max over no axis', () => max(matrix, { axes: [] }), matrix],
  ])('%s', (_, record, expected) => {
    expect(record()).toBe(expected)
  })
})

test('flatten keeps the batch', () => {
  expect(flatten(graph.constant(0, [2, 3, 4, 5])).shape).toEqual([2, 60])
})

describe('concat', () => {
  test('channels by default', () => {
    const [a, b] = [graph.constant(1, [2, 2, 3, 3]), graph.constant(2, [2, 1, 3, 3])]
    expect(concat([a, b]).shape).toEqual([2, 3, 3, 3])
  })
  test('more arrays than the alphabet has letters', () => {
    const xs = Array.from({ length: 40 }, (_, k) => graph.constant([k, k + 100]))
    const y = concat(xs, { axis: 0 })
    expect(y.shape).toEqual([80])
    expect([...evaluate(y)]).toEqual(xs.flatMap((_, k) => [k, k + 100]))
    const [last] = vjp([y], [y], [xs[39]!])
    expect([...evaluate(last!)]).toEqual([39, 139])
  })
  test('the same array twice: both places pull back', () => {
    const x = new Graph().constant([2, 3])
    const y = concat([x, x], { axis: 0 })
    const weights = x.graph.constant([1, 10, 100, 1000])
    expect([...evaluate(grad(sum(mul(y, weights)), x))]).toEqual([101, 1010])
  })
  test('refusals', () => {
    expect(() => concat([], { axis: 0 })).toThrow(ShapeError)
    expect(() => concat([matrix, graph.constant([[1]])], { axis: 1 })).toThrow(/the axis H is 2/)
    expect(() => concat([matrix, matrix])).toThrow(OptionError)
  })
})

describe('slice', () => {
  test('a number is for the first axis; negative places count from the end', () => {
    expect([...evaluate(slice(matrix, { start: 1 }))]).toEqual([4, 5, 6])
    expect([...evaluate(slice(matrix, { start: -1 }))]).toEqual([4, 5, 6])
    expect([...evaluate(slice(matrix, { start: [0, 1], end: [1, -1] }))]).toEqual([2])
  })
  test('refusals', () => {
    expect(() => slice(matrix, { start: 2 })).toThrow(/2 to 2 by 1 is no part of axis 0/)
    expect(() => slice(matrix, { end: 3 })).toThrow(/which has length 2/)
    expect(() => slice(matrix, { start: 0.5 })).toThrow(OptionError)
    expect(() => slice(matrix, { start: -9 })).toThrow(/-9 to 2 by 1 is no part of axis 0/)
    expect(() => slice(matrix, { step: [1, 0] })).toThrow(/by 0 is no part of axis 1/)
    expect(() => slice(matrix, { start: [0, 0, 0] })).toThrow(OptionError)
  })
})

test('pad refuses negative widths, and widths for other axes', () => {
  expect(() => pad(matrix, { before: -1 })).toThrow(/before is -1/)
  expect(() => pad(matrix, { after: [1] })).toThrow(/after is \[1\]/)
})

test('transpose refuses what is no order', () => {
  expect(() => transpose(matrix, { axes: [0, 0] })).toThrow(/an order of the 2 axes/)
})

describe('matmul', () => {
  test('leading axes broadcast, and the derivative sums over them', () => {
    const own = new Graph()
    const a = own.constant([[[1, 2]], [[3, 4]]])
    const b = own.constant([[10], [1]])
    const y = matmul(a, b)
    expect(y.shape).toEqual([2, 1, 1])
    expect([...evaluate(y)]).toEqual([12, 34])
    expect([...evaluate(grad(sum(y), b))]).toEqual([4, 6])
  })
  test('refuses inner axes that differ', () => {
    expect(() => matmul(matrix, matrix)).toThrow(/the axis K is 3 in a/)
  })
})

describe('max over axes: ties', () => {
  test.each([
    ['first', [0, 12, 0, 0]],
    ['split', [0, 4, 4, 4]],
  ] as const)('%s', (ties, expected) => {
    const own = new Graph({ ties })
    const x = own.constant([
      [1, 5],
      [5, 5],
    ])
    const [dx] = vjp([max(x)], [own.constant(12)], [x])
    expect([...evaluate(dx!)]).toEqual(expected)
  })
})
