// What a loop over samples may not cut: an array that one step reads along two axes.
import { add, evaluate, Graph, greater, mul, sum, transpose, where } from '@backprove/graph'
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
