// Where straight-line code must not look: arrays read along two axes, borders beyond an image.
import {
  add,
  conv2d,
  evaluate,
  Graph,
  grad,
  greater,
  maxPool2d,
  mul,
  sum,
  transpose,
  where,
} from '@backprove/graph'
import { expect, test } from 'vitest'
import { compile } from '../../compile.ts'

test.each([[[4, 4]], [[5, 5]], [[5, 2, 5]], [[6, 6]]])('x beside its transpose, %j', (shape) => {
  const graph = new Graph()
  const x = graph.input('x', shape)
  const turned = transpose(x, { axes: shape.map((_, axis) => shape.length - 1 - axis) })
  const count = shape.reduce((product, length) => product * length, 1)
  const feeds = { x: Float64Array.from({ length: count }, (_, k) => ((k * 7919) % 23) - 11) }
  for (const y of [add(x, turned), mul(x, turned), where(greater(x, 0), turned, 0)]) {
    const nodes = [y, sum(y)]
    const found = compile(nodes, { dtype: 'float64', backend: 'wasm' }).run(feeds)
    evaluate(nodes, feeds).forEach((values, k) => {
      // The sign of a 0 is nobody's promise.
      expect(Array.from(found[k]!, (v) => v + 0)).toEqual(Array.from(values, (v) => v + 0))
    })
  }
})

test.each(['same', 'valid', 'full'] as const)('winners at the border, padding %s', (padding) => {
  const graph = new Graph()
  const x = graph.input('x', [1, 6, 6])
  const w = graph.input('w', [3, 1, 2, 2])
  const nodes = grad(sum(maxPool2d(conv2d(x, w, { padding }), { size: 2 })), [x, w])
  for (let seed = 1; seed <= 5; seed++) {
    const numbers = (count: number) =>
      Float64Array.from({ length: count }, (_, k) => Math.sin(seed * 12.9 + k * 78.2))
    const feeds = { x: numbers(36), w: numbers(12) }
    const found = compile(nodes, { dtype: 'float64', backend: 'wasm' }).run(feeds)
    evaluate(nodes, feeds).forEach((values, k) => {
      values.forEach((value, at) => {
        expect(found[k]![at], `gradient ${k}, entry ${at}`).toBeCloseTo(value, 10)
      })
    })
  }
})
