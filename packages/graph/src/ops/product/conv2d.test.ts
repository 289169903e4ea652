// The convolution family: sizes, groups, the flipped kernel, and families that close on themselves.
import { describe, expect, test } from 'vitest'
import { ShapeError } from '../../errors.ts'
import { evaluate } from '../../evaluate.ts'
import { vjp } from '../../grad.ts'
import { Graph } from '../../record/graph.ts'
import { rot180 } from '../movement/rot180.ts'
import { conv2d, conv2dFilterOp, conv2dInputOp } from './conv2d.ts'
import { convolve2d } from './convolve2d.ts'

const graph = new Graph()
const x = graph.constant([
  [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ],
])
const w = graph.constant([
  [
    [
      [1, 2],
      [3, 4],
    ],
  ],
])

describe('sizes', () => {
  test.each<[Parameters<typeof conv2d>[2], number[]]>([
    [{}, [1, 2, 2]],
    [{ padding: 'valid' }, [1, 2, 2]],
    [{ padding: 'same' }, [1, 3, 3]],
    [{ padding: 'full' }, [1, 4, 4]],
    [{ padding: 'same', stride: 2 }, [1, 2, 2]],
    [{ padding: [1, 0], stride: [2, 1] }, [1, 2, 2]],
    [
      {
        padding: [
          [0, 1],
          [2, 0],
        ],
      },
      [1, 3, 4],
    ],
    [{ dilation: 2 }, [1, 1, 1]],
  ])('%j', (options, shape) => {
    expect(conv2d(x, w, options).shape).toEqual(shape)
  })
})

test('the spare cell of equal width is behind', () => {
  // 1·1 + 2·2 + 4·3 + 5·4 in the corner; 9 alone under the 1 in the last
  const y = evaluate(conv2d(x, w, { padding: 'same' }))
  expect([y[0], y[8]]).toEqual([37, 9])
})

test('groups: every filter sees its own channels', () => {
  const two = graph.constant([[[1]], [[10]]])
  const filters = graph.constant([[[[2]]], [[[3]]]])
  expect([...evaluate(conv2d(two, filters, { groups: 2 }))]).toEqual([2, 30])
})

test('a batch is its samples, one by one', () => {
  const batch = graph.constant(
    Float64Array.from({ length: 18 }, (_, k) => (k % 9) + 1),
    [2, 1, 3, 3],
  )
  const one = [...evaluate(conv2d(x, w))]
  expect([...evaluate(conv2d(batch, w))]).toEqual([...one, ...one])
})

test('convolution is correlation with the kernel turned', () => {
  const options = { padding: 'same', stride: [1, 2] } as const
  expect(evaluate(convolve2d(x, w, options))).toEqual(evaluate(conv2d(x, rot180(w), options)))
})

test('the family is closed', () => {
  const own = new Graph()
  const image = own.input('x', [1, 3, 3])
  const kernel = own.input('w', [1, 1, 2, 2])
  const y = conv2d(image, kernel)
  const g = own.input('g', y.shape)
  const [dx, dw] = vjp([y], [g], [image, kernel])
  expect([dx!.op, dw!.op]).toEqual([conv2dInputOp, conv2dFilterOp])
  expect(vjp([dx!], [image], [g])).toEqual([y])
  expect(vjp([dw!], [kernel], [g])).toEqual([y])
  expect(vjp([dx!], [image], [kernel])).toEqual([dw])
  expect(vjp([dw!], [kernel], [image])).toEqual([dx])
})

describe('refusals', () => {
  const own = new Graph()
  const image = own.input('x', [2, 3, 3])
  test.each<[number[], object, RegExp]>([
    [[1, 1, 2, 2], {}, /x has 2 channels, but w expects 1/],
    [[3, 1, 2, 2], { groups: 2 }, /3 filters do not split into 2 groups/],
    [[1, 2, 4, 4], {}, /a window of 4×4 does not fit into 3×3/],
    [[1, 2, 2, 2], { bias: own.input('b', [3]) }, /the axis F is 1 in w/],
  ])('w %j %j', (shape, options, message) => {
    const record = () => conv2d(image, own.input(`w${shape}`, shape), options)
    expect(record).toThrow(ShapeError)
    expect(record).toThrow(message)
  })
})

test('in the layer form ⊙ within a star is bracketed, and a star within ⊙ is not', () => {
  const atom = { text: 'x', binds: 'atom' } as const
  const hadamard = { text: 'a \\odot b', binds: 'star' } as const
  const shapes = { x: [1, 3, 3], w: [1, 1, 2, 2], y: [1, 2, 2] }
  const params = {
    stride: [1, 1],
    dilation: [1, 1],
    padding: [
      [0, 0],
      [0, 0],
    ],
    groups: 1,
  }
  const byFilter = { ...params, size: [2, 2] }
  const filter = conv2dFilterOp.latex({ x: atom, y: hadamard }, byFilter, shapes)
  expect(filter).toEqual({
    text: 'x \\ast_{\\mathrm{valid}} \\left(a \\odot b\\right)',
    binds: 'star',
  })
  const input = conv2dInputOp.latex(
    { y: atom, w: { ...atom, text: 'w' } },
    { ...params, size: [3, 3] },
    shapes,
  )
  expect(input.text).toBe('x \\ast_{\\mathrm{full}} \\operatorname{rot180}\\left(w\\right)')
})
