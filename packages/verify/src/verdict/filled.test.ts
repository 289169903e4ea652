// Kinks that fill space are no exceptions: where relu(x) is 0 for half of all x, the policy of the
// graph is what holds there, and no verdict leaves that half out.
import { clamp, conv2d, Graph, maximum, mul, type Node, relu, sub, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../verify.ts'

type Options = ConstructorParameters<typeof Graph>[0]

/** y = relu(q), and q of x. */
const network = (
  q: (x: Node) => Node,
  options: Options = {},
  y: (q: Node) => Node = relu,
): Node => {
  const graph = new Graph(options)
  const x = graph.input('x_i', [3])
  const last = y(q(x).as('q_i')).as('y_i')
  return sum(mul(last, graph.input('t_i', [3]))).as('C')
}

const one = { reluAtZero: 1 } as const

describe.each<[string, () => Node, readonly (readonly [claim: string, kinds: string])[]]>([
  [
    'relu of relu, where the slope at 0 is 1',
    () => network(relu, one),
    [
      ["relu'(q_i) = [q_i > 0]", 'refuted'],
      ['∂C/∂q_i = [q_i > 0] ∂C/∂y_i', 'refuted'],
      ['∂C/∂q_i = [q_i > 0] t_i', 'refuted'],
      ['∂y_i/∂q_i = [x_i > 0]', 'refuted'],
      // q ≥ 0 everywhere.
      ['∂C/∂q_i = t_i', 'proved or agrees or budget'],
      ["relu'(q_i) = 1", 'proved or agrees or budget'],
      // At 0 alone the policy decides against it.
      ['∂C/∂x_i = [x_i > 0] t_i', 'proved or agrees'],
    ],
  ],
  [
    'the same where it is 0',
    () => network(relu),
    [
      ['∂C/∂q_i = [q_i > 0] t_i', 'proved'],
      ['∂C/∂q_i = t_i', 'refuted'],
      ["relu'(q_i) = [q_i ≥ 0]", 'refuted'],
      ['∂C/∂x_i = [x_i > 0] t_i', 'proved'],
    ],
  ],
  [
    'a region that no point near 0 meets',
    () => network((x) => relu(sub(x, -40)), one), // q = 0 for x < −40
    [
      ["relu'(q_i) = [q_i > 0]", 'refuted'],
      ['∂C/∂q_i = [x_i > -40] t_i', 'refuted'],
      ['∂C/∂x_i = [x_i > -40] t_i', 'proved or agrees'],
    ],
  ],
  [
    'the larger of what is clamped',
    () =>
      network(
        (x) => clamp(x, -1, 1),
        {},
        (q) => maximum(1, q),
      ), // equal for x > 1
    [
      ['∂C/∂q_i = [q_i ≥ 1] t_i', 'refuted'],
      ['∂C/∂q_i = 0', 'proved or agrees'],
    ],
  ],
])('%s', (_, cost, rows) => {
  it.each(rows.map((row) => [...row] as const))('%s: %s', (claim, kinds) => {
    expect(kinds.split(' or ')).toContain(verify(cost(), claim).kind)
  })
})

it('what an equation that is assumed makes equal is still nobody’s to decide', () => {
  const assume = ['x_1 = 0']
  expect(
    verify(
      network((x) => mul(x, 2)),
      "relu'(x_1) = 1",
      { assume },
    ).kind,
  ).not.toBe('refuted')
})

it('the counterexample is a point that moves freely', () => {
  const verdict = verify(network(relu, one), "relu'(q_i) = [q_i > 0]")
  expect(verdict).toMatchObject({ kind: 'refuted', expected: '1', got: '0' })
  const [x] = (verdict as unknown as { inputs: Record<string, string[]> }).inputs.x!
  expect(Number(x)).toBeLessThan(0)
})

it('brackets of indices bend nothing, and leave all sizes to a proof', () => {
  const graph = new Graph()
  const w = graph.parameter('w_{gcuv}', [3, 2, 2, 2])
  const z = conv2d(graph.input('x_{cij}', [2, 5, 5]), w).as('z_{fij}')
  const cost = sum(mul(z, graph.input('t_{fij}', z.shape))).as('C')
  const claim = '∂z_{fij}/∂w_{gcuv} = [f = g] x_{c,i+u-1,j+v-1}'
  expect(verify(cost, claim)).toMatchObject({ kind: 'proved', scope: 'all-sizes' })
})
