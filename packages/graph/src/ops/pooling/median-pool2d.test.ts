// Median pooling where windows are odd, padded or tied, by hand.
import { expect, test } from 'vitest'
import { evaluate } from '../../evaluate.ts'
import { vjp } from '../../grad.ts'
import type { TiePolicy } from '../../policy.ts'
import { Graph } from '../../record/graph.ts'
import { medianPool2d } from './median-pool2d.ts'

test('an odd window has one middle', () => {
  const x = new Graph().constant([[9, 1, 5]])
  const y = medianPool2d(x, { size: [1, 3] })
  expect([...evaluate(y)]).toEqual([5])
  const [dx] = vjp([y], [x.graph.constant([[4]])], [x])
  expect([...evaluate(dx!)]).toEqual([0, 0, 4])
})

test('padding is not a value: the windows at the border are smaller', () => {
  const x = new Graph().constant([[9, 1, 5]])
  const y = medianPool2d(x, { size: [1, 3], stride: 1, padding: [0, 1] })
  // of {9, 1}, of {9, 1, 5}, of {1, 5}
  expect([...evaluate(y)]).toEqual([5, 5, 3])
  const [dx] = vjp([y], [x.graph.constant([[2, 10, 4]])], [x])
  expect([...evaluate(dx!)]).toEqual([1, 1 + 2, 10 + 2])
})

// The lower middle is the second of 3, 3, 3, 7 in row-major order, the upper the third.
test.each<[TiePolicy, number[]]>([
  ['first', [0, 6, 6, 0]],
  ['split', [4, 4, 4, 0]],
])('ties %s: both middles are the same value', (ties, expected) => {
  const x = new Graph({ ties }).constant([
    [3, 3],
    [3, 7],
  ])
  const y = medianPool2d(x, { size: 2 })
  expect([...evaluate(y)]).toEqual([3])
  const [dx] = vjp([y], [x.graph.constant([[12]])], [x])
  expect([...evaluate(dx!)]).toEqual(expected)
})
