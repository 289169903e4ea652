// Max-pooling where windows tie, overlap, are padded or overhang; both policies, by hand.
import { describe, expect, test } from 'vitest'
import { ShapeError } from '../../errors.ts'
import { evaluate } from '../../evaluate.ts'
import { grad, vjp } from '../../grad.ts'
import type { TiePolicy } from '../../policy.ts'
import { Graph } from '../../record/graph.ts'
import type { NestedNumbers } from '../../shape.ts'
import { mul } from '../arithmetic/mul.ts'
import { sum } from '../reduction/sum.ts'
import { maxPool2d } from './max-pool2d.ts'

const rows = (values: Float64Array, columns: number): number[][] =>
  Array.from({ length: values.length / columns }, (_, row) => [
    ...values.subarray(row * columns, (row + 1) * columns),
  ])

const of = (value: NestedNumbers, ties: TiePolicy = 'first') => new Graph({ ties }).constant(value)

describe('ties', () => {
  const tied = [
    [5, 5, 1],
    [5, 2, 1],
  ]
  test.each<[TiePolicy, number[][]]>([
    [
      'first',
      [
        [12, 0, 0],
        [0, 0, 0],
      ],
    ],
    [
      'split',
      [
        [4, 4, 0],
        [4, 0, 0],
      ],
    ],
  ])('%s: one window of three winners', (ties, expected) => {
    const x = of(tied, ties)
    const y = maxPool2d(x, { size: 2 })
    expect([...evaluate(y)]).toEqual([5])
    const [dx] = vjp([y], [x.graph.constant([[12]])], [x])
    expect(rows(evaluate(dx!), 3)).toEqual(expected)
  })

  test('padding of zeros does not win, nor share, where the image is 0', () => {
    const x = of([[0, 0]], 'split')
    const y = maxPool2d(x, { size: 3, stride: 1, padding: 1 })
    const [dx] = vjp([y], [x.graph.constant([[4, 8]])], [x])
    expect([...evaluate(dx!)]).toEqual([6, 6])
  })

  test('split shares flow forward as they flow back', () => {
    const x = of(tied, 'split')
    const h = x.graph.constant([
      [1, 2, 3],
      [6, 5, 4],
    ])
    const g = x.graph.constant([[1]])
    const [dx] = vjp([maxPool2d(x, { size: 2 })], [g], [x])
    const [forward] = vjp([dx!], [h], [g])
    expect([...evaluate(forward!)]).toEqual([3])
  })
})

describe('windows', () => {
  const x = of([
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ])
  test('overlapping windows add up', () => {
    const y = maxPool2d(x, { size: 2, stride: 1 })
    expect(rows(evaluate(y), 2)).toEqual([
      [5, 6],
      [8, 9],
    ])
    const cost = sum(mul(y, y))
    expect(rows(evaluate(grad(cost, x)), 3)).toEqual([
      [0, 0, 0],
      [0, 10, 12],
      [0, 16, 18],
    ])
  })

  test('a window that does not fit is left out, or with ceil kept in part', () => {
    expect([...evaluate(maxPool2d(x, { size: 2 }))]).toEqual([5])
    expect(rows(evaluate(maxPool2d(x, { size: 2, ceil: true })), 2)).toEqual([
      [5, 6],
      [8, 9],
    ])
  })

  test('with ceil the last window begins in the image, not behind it', () => {
    // Rounded up there would be ⌈(3 + 2 − 2)/2⌉ + 1 = 3 windows, the third at row 4 of 3.
    expect(maxPool2d(x, { size: 2, stride: 2, padding: 1, ceil: true }).shape).toEqual([2, 2])
    expect(maxPool2d(x, { size: 2, stride: 3, padding: 1, ceil: true }).shape).toEqual([2, 2])
  })

  test('negative images are not beaten by padding', () => {
    const negative = of([[-3, -4]])
    expect([...evaluate(maxPool2d(negative, { size: 3, stride: 1, padding: 'same' }))]).toEqual([
      -3, -3,
    ])
  })

  test('dilation skips cells', () => {
    expect([...evaluate(maxPool2d(of([[9, 1, 2]]), { size: [1, 2], dilation: [1, 2] }))]).toEqual([
      9,
    ])
  })
})

describe('refusals', () => {
  const x = of([[1, 2, 3, 4]])
  test.each<[string, Parameters<typeof maxPool2d>[1], RegExp]>([
    ['too large', { size: 2 }, /a window of 2 rows does not fit into 1/],
    ['padded away in front', { size: 1, padding: [0, 1] }, /window 1 of 6 along the columns/],
    [
      'padded away behind',
      {
        size: [1, 1],
        padding: [
          [0, 0],
          [0, 2],
        ],
      },
      /window 6 of 6 along the columns would see nothing but padding/,
    ],
    [
      'striding over the image',
      {
        size: [2, 1],
        stride: 1,
        dilation: [3, 1],
        padding: [
          [2, 2],
          [0, 0],
        ],
      },
      /along the rows would see nothing but padding/,
    ],
    [
      'more windows in the padding than anyone would look through',
      {
        size: [4e8, 1],
        stride: [14, 1],
        dilation: [14, 1],
        padding: [
          [4e9, 4e9],
          [0, 0],
        ],
      },
      /more than 65536 windows along the rows begin in the padding/,
    ],
  ])('%s', (_, options, message) => {
    expect(() => maxPool2d(x, options)).toThrow(ShapeError)
    expect(() => maxPool2d(x, options)).toThrow(message)
  })

  test('options out of range', () => {
    expect(() => maxPool2d(x, { size: 0 })).toThrow(/size is 0; it must be a whole number from 1/)
    expect(() => maxPool2d(x, { size: 1, stride: [1, 0] })).toThrow(/stride is \[1,0\]/)
  })
})
