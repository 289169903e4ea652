// The dense family: one sample and batches, images and rows, refusals and the textbook's form.
import { describe, expect, test } from 'vitest'
import { evaluate } from '../../evaluate.ts'
import { vjp } from '../../grad.ts'
import { Graph } from '../../record/graph.ts'
import { flattenOp } from '../movement/flatten.ts'
import { dense, denseInputOp, denseOp, denseWeightOp } from './dense.ts'

const graph = new Graph()
const image = graph.constant([
  [
    [1, 2],
    [3, 4],
  ],
])
const w = graph.constant([
  [
    [
      [1, 0],
      [0, 1],
    ],
  ],
  [
    [
      [1, 1],
      [1, 1],
    ],
  ],
])
const flatW = graph.constant([
  [1, 0, 0, 1],
  [1, 1, 1, 1],
])
const b = graph.constant([10, 20])

describe('shapes', () => {
  test('an image under weights of its own shape', () => {
    expect([...evaluate(dense(image, w, b))]).toEqual([15, 30])
  })
  test('the same, flattened first', () => {
    const y = dense(image, flatW, b)
    expect(y.args[0]!.op).toBe(flattenOp)
    expect([...evaluate(y)]).toEqual([15, 30])
  })
  test('a batch', () => {
    const batch = graph.constant([
      [1, 2, 3, 4],
      [0, 0, 0, 1],
    ])
    const y = dense(batch, flatW, b)
    expect(y.shape).toEqual([2, 2])
    expect([...evaluate(y)]).toEqual([15, 30, 11, 21])
    const [db] = vjp(
      [y],
      [
        graph.constant([
          [1, 2],
          [10, 20],
        ]),
      ],
      [b],
    )
    expect([...evaluate(db!)]).toEqual([11, 22])
  })
})

test('the family is closed', () => {
  const x = graph.input('x', [4])
  const y = dense(x, flatW)
  const g = graph.input('g', [2])
  const [dx, dw] = vjp([y], [g], [x, flatW])
  expect([dx!.op, dw!.op]).toEqual([denseInputOp, denseWeightOp])
  const [back] = vjp([dx!], [x], [g])
  expect(back).toBe(y)
  const [again] = vjp([dw!], [flatW], [g])
  expect(again!.op).toBe(denseOp)
})

describe('refusals', () => {
  test.each([
    [[3], [2, 4], /the axis A is 3 in x \[3\] and 4 in w \[2, 4\]/],
    [[2, 2], [2, 1, 2, 2], /x \[2, 2\] should have axes \[…, A, B, C\]/],
    [[5, 2, 3, 4], [2, 3, 4], /2 of its axes would be the batch/],
    [[4], [4], /w \[4\] should have axes/],
  ])('x %j, w %j', (x, weights, message) => {
    const own = new Graph()
    expect(() => dense(own.input('x', x), own.input('w', weights))).toThrow(message)
  })
})

test('the textbook form', () => {
  const part = (text: string) => ({ text, binds: 'atom' }) as const
  const layer = (
    op: typeof denseOp,
    operands: Record<string, string>,
    shapes: object,
    params = {},
  ) =>
    op.latex(
      Object.fromEntries(Object.entries(operands).map(([name, text]) => [name, part(text)])),
      params,
      shapes as Record<string, number[]>,
    ).text
  const one = { x: [4], w: [2, 4], y: [2] }
  const batch = { x: [9, 4], w: [2, 4], y: [9, 2] }
  expect(layer(denseOp, { x: 'a', w: 'w', b: 'b' }, one)).toBe('w \\, a + b')
  expect(layer(denseOp, { x: 'a', w: 'w' }, batch)).toBe('a \\, w^{\\top}')
  expect(layer(denseInputOp, { y: '\\delta', w: 'w' }, one)).toBe('w^{\\top} \\, \\delta')
  expect(layer(denseInputOp, { y: '\\delta', w: 'w' }, batch)).toBe('\\delta \\, w')
  const sample = { sampleRank: 1 }
  expect(layer(denseWeightOp, { x: 'a', y: '\\delta' }, one, sample)).toBe('\\delta \\, a^{\\top}')
  expect(layer(denseWeightOp, { x: 'a', y: '\\delta' }, batch, sample)).toBe(
    '\\delta^{\\top} \\, a',
  )
})
