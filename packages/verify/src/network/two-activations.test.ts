// An array that enters two activations, z of a gate and of a candidate: f(z) is one of them, and
// nobody says which.
import { add, dense, Graph, type Node, relu, sigmoid, sum, tanh } from '@backprove/graph'
import { expect, it } from 'vitest'
import { verify } from '../verify.ts'

const cost = (second: (z: Node) => Node): Node => {
  const graph = new Graph()
  const z = dense(graph.input('x_i', [2]), graph.parameter('w_{ij}', [2, 2])).as('z_i')
  return add(sum(sigmoid(z).as('a_i')), sum(second(z).as('b_i'))).as('C')
}

it.each(['a_i = f(z_i)', 'b_i = f(z_i)', "∂b_i/∂z_i = f'(z_i)", "∂C/∂z_i = f'(z_i) + 1 - b_i^2"])(
  'of σ and tanh: %s',
  (claim) => {
    expect(verify(cost(tanh), claim).kind).toBe('ill-formed')
  },
)

it.each(['a_i = σ(z_i)', 'b_i = tanh(z_i)', "∂b_i/∂z_i = tanh'(z_i)"])(
  'what says which it is, is judged: %s',
  (claim) => {
    expect(verify(cost(tanh), claim).kind).toBe('proved')
  },
)

it('twice the same is one', () => {
  expect(verify(cost(sigmoid), 'b_i = f(z_i)').kind).toBe('proved')
  expect(verify(cost(relu), 'b_i = f(z_i)').kind).toBe('ill-formed')
})
