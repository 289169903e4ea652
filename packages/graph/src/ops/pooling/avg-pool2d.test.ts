// Average pooling: what counts in the mean, the sum of windows, and L2 pooling at zero.
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../evaluate.ts'
import { grad, vjp } from '../../grad.ts'
import { Graph } from '../../record/graph.ts'
import { sum } from '../reduction/sum.ts'
import { avgPool2d, avgPool2dInputOp, avgPool2dOp, sumPool2d } from './avg-pool2d.ts'
import { l2Pool2d } from './l2-pool2d.ts'

const row = (values: number[]) => new Graph().constant([values])
const WIDE = { size: [1, 3], stride: 1, padding: [0, 1] } as const

const close = (found: Float64Array, expected: number[]) => {
  expect(found.length).toBe(expected.length)
  expected.forEach((value, k) => {
    expect(found[k]).toBeCloseTo(value, 12)
  })
}

describe('what the sum is divided by', () => {
  test('padding counts by default', () => {
    expect([...evaluate(avgPool2d(row([3, 6, 9]), WIDE))]).toEqual([3, 6, 5])
  })
  test('or does not', () => {
    const y = avgPool2d(row([3, 6, 9]), { ...WIDE, countPadding: false })
    expect([...evaluate(y)]).toEqual([4.5, 6, 7.5])
  })
  test('what overhangs even the padding never counts', () => {
    const options = { size: [1, 2], ceil: true } as const
    expect([...evaluate(avgPool2d(row([2, 4, 6]), options))]).toEqual([3, 6])
    // [0 2] [4 6] [0 ·]: a third window would begin behind the image, and is not there
    const padded = { ...options, padding: [0, 1] } as const
    expect([...evaluate(avgPool2d(row([2, 4, 6]), padded))]).toEqual([1, 5])
  })
  test('without padding both ways of counting are one node', () => {
    const x = row([1, 2, 3])
    expect(avgPool2d(x, { size: [1, 2], countPadding: false })).toBe(avgPool2d(x, { size: [1, 2] }))
  })
  test('the plain sum', () => {
    expect([...evaluate(sumPool2d(row([3, 6, 9]), WIDE))]).toEqual([9, 18, 15])
  })
})

test('each is the other’s adjoint, and so every order is of the family', () => {
  const x = row([1, 2, 3, 4])
  const y = avgPool2d(x, { size: [1, 2] })
  const g = x.graph.input('g', y.shape)
  const [back] = vjp([y], [g], [x])
  expect(back!.op).toBe(avgPool2dInputOp)
  const [forth] = vjp([back!], [x], [g])
  expect(forth!.op).toBe(avgPool2dOp)
  expect(forth).toBe(y)
})

describe('L2', () => {
  test('the gradient is x over the length', () => {
    const x = row([3, 4])
    close(evaluate(grad(sum(l2Pool2d(x, { size: [1, 2] })), x)), [0.6, 0.8])
  })
  test('and 0 where the window is 0, at every order', () => {
    const x = row([0, 0, 3, 4])
    const y = l2Pool2d(x, { size: [1, 2] })
    const first = grad(sum(y), x)
    close(evaluate(first), [0, 0, 0.6, 0.8])
    const [second] = vjp([first], [x.graph.constant([[1, 1, 1, 1]])], [x])
    // (1 − x xᵀ/25)/5 applied to (1, 1)
    close(evaluate(second!), [0, 0, (1 - 21 / 25) / 5, (1 - 28 / 25) / 5])
  })
})

test('refuses a countPadding that is no boolean', () => {
  const countPadding = 1 as unknown as boolean
  expect(() => avgPool2d(row([1]), { size: 1, countPadding })).toThrow(/countPadding is 1/)
})
