// Comparisons that a network makes: what no point met is not said to agree, and what a point beyond
// whole numbers shows is refuted.
import {
  equal,
  exp,
  Graph,
  greater,
  less,
  mul,
  type Node,
  sigmoid,
  square,
  sum,
  where,
} from '@backprove/graph'
import { expect, it } from 'vitest'
import { verify } from '../verify.ts'
import { verifyEqual } from '../verify-equal.ts'

const masked = (mask: (x: Node, t: Node) => Node) => {
  const graph = new Graph()
  const [x, t] = [graph.input('x_i', [4]), graph.input('t_i', [4])]
  return { x, y: where(mask(x, t), 0, x).as('y_i') }
}

it.each<[string, (x: Node, t: Node) => Node, string]>([
  ['x = 1/3', (x) => equal(x, 1 / 3), 'budget'],
  ['x² = 9/4', (x) => equal(square(x), 2.25), 'budget'],
  ['Σx = 10', (x) => equal(mul(sum(x), 1), 10), 'budget or refuted'],
  ['σ(x) > 0.99999', (x) => greater(sigmoid(x), 0.99999), 'budget or refuted'],
  ['σ(x) > 1, which is never', (x) => greater(sigmoid(x), 1), 'budget'],
  ['x = 17', (x) => equal(x, 17), 'refuted'],
  ['x = t', (x, t) => equal(x, t), 'refuted'],
  ['e^x < 1/2', (x) => less(exp(x), 0.5), 'refuted'],
  ['x = t and x ≠ t', (x, t) => mul(equal(x, t), less(x, t)), 'agrees or proved'],
])('a mask where %s', (_, mask, kinds) => {
  const { x, y } = masked(mask)
  expect(kinds.split(' or ')).toContain(verifyEqual(y, x, {}).kind)
  expect(kinds.split(' or ')).toContain(verify(sum(mul(y, x)).as('C'), 'y_i = x_i').kind)
})
