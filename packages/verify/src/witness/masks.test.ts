// Comparisons that a network makes: what no point met is not said to agree, and what a point beyond
// whole numbers shows is refuted.
import {
  abs,
  add,
  argmax,
  div,
  equal,
  exp,
  expandDims,
  Graph,
  greater,
  less,
  log,
  max,
  maximum,
  maxPool2d,
  medianPool2d,
  mul,
  type Node,
  relu,
  sigmoid,
  sqrt,
  square,
  stack,
  sub,
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

/** r, s, u, v are 0, or one of two, but far away or for a moment. */
const rare = (): Node => {
  const graph = new Graph()
  const x = graph.input('x_i', [3])
  const r = relu(sub(x, 33.3)).as('r_i')
  const s = relu(sub(33.31, x)).as('s_i')
  const u = div(1, square(x)).as('u_i')
  const v = maximum(sqrt(abs(x)), 1e5).as('v_i')
  const m = maximum(u, 1e-9).as('m_i')
  return sum(add(mul(r, s).as('p_i'), add(v, m))).as('C')
}

it.each([
  ['r_i s_i = 0', 'budget'],
  ['p_i = 0', 'budget'],
  ['∂r_i/∂x_i s_i = 0', 'budget'],
  ['v_i = 100000', 'budget'],
  ['∂v_i/∂x_i = 0', 'budget'],
  ['r_i = 0', 'refuted'],
  ['m_i = u_i', 'refuted'],
  // 10^{-9} and 10^{-10} are no rounding.
  ['max(1/x_i^2, 10^{-9}) = 1/x_i^2', 'refuted'],
  ['max(1/x_i^2, 10^{-9}) = m_i', 'agrees or proved'],
  ['relu(-r_i) = 0', 'agrees or proved'],
])('%s is %s', (claim, kinds) => {
  expect(kinds.split(' or ')).toContain(verify(rare(), claim).kind)
})

/** Of two rows the second is larger wherever whole numbers of usual sizes are fed. */
const rarelyFirst = (): Node => {
  const graph = new Graph()
  const x = graph.input('x_i', [4])
  const first = log(abs(x))
  const rows = stack([first, add(mul(first, 0), 20)])
  const m = max(rows, { axes: 0 }).as('m_i')
  const k = argmax(rows, { axis: 0 }).as('k_i')
  const p = maxPool2d(expandDims(rows, { axis: 0 }), { size: 2 }).as('p_{ij}')
  const q = medianPool2d(expandDims(rows, { axis: 0 }), { size: [2, 1] }).as('q_{ij}')
  return add(sum(p), add(sum(q), sum(add(m, k)))).as('C')
}

it.each([
  ['m_i = 20', 'budget'],
  ['k_i = 1 + 0 log|x_i|', 'budget'],
  ['p_{11} = 20 + 0 log|x_1 x_2|', 'budget'],
  ['p_{11} = 21 + 0 log|x_1 x_2|', 'refuted'],
  ['q_{1j} = (20 + log|x_j|)/2', 'agrees or proved'],
  ['m_i = max(log|x_i|, 20)', 'budget'],
])('of what wins in a maximum %s is %s', (claim, kinds) => {
  expect(kinds.split(' or ')).toContain(verify(rarelyFirst(), claim).kind)
})

// A gap of 10^{-10} beside 154 is seen by no float that is compared up to rounding.
it.each([
  ['z_i = x_i', 'refuted'],
  ['x_i + 10^{-12} max(x_i - 50, 0) = x_i', 'refuted'],
  ['|x_i| (1 + 10^{-14}) = |x_i|', 'refuted'],
  ['|x_i|/3 + |x_i|/3 + 0.3333333333333333 |x_i| = |x_i|', 'refuted'],
  ['z_i - 10^{-10} relu(x_i - 77) = x_i', 'agrees or proved'],
  ['e^{|x_i|} e^{-|x_i|} = 1', 'agrees or proved'],
  ['max(1/|x_i|, 1) = 1/min(|x_i|, 1)', 'agrees or proved'],
])('of small gaps %s is %s', (claim, kinds) => {
  const graph = new Graph()
  const x = graph.input('x_i', [3])
  const cost = sum(add(x, mul(1e-10, relu(sub(x, 77)))).as('z_i')).as('C')
  expect(kinds.split(' or ')).toContain(verify(cost, claim).kind)
})
