// What the cells of a network's derivative are called.
import { Graph, grad, mul, sigmoid, square, sum } from '@backprove/graph'
import { expect, it } from 'vitest'
import type { Cell } from '../../mirror/cells.ts'
import { labelIn } from './cell-label.ts'

it.each([
  ['J', '∂J/∂w'],
  ['C', '∂C/∂w'],
  ['total', '∂C/∂w'],
])('a cost called %s is %s in the cell of w', (cost, text) => {
  const graph = new Graph()
  const w = graph.parameter('w', [3])
  const p = sigmoid(mul(graph.input('x', [3]), w)).as('p')
  const adjoint = grad(sum(square(p)).as(cost), w)
  const cell = { node: adjoint, of: w, kind: 'chip' } as unknown as Cell
  expect(labelIn(cell).text).toBe(text)
})
