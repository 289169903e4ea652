// Brackets of values, sines of sums and exponentials of sums in one form: what is proved holds, and
// of every row a twin that is false, at single points at least, is not proved.
import {
  clamp,
  cos,
  div,
  Graph,
  hardSwish,
  huber,
  logSumExp,
  maximum,
  mul,
  type Node,
  sin,
  sqrt,
  squaredError,
  sub,
} from '@backprove/graph'
import { expect, test } from 'vitest'
import { createBudget } from '../../arithmetic/budget.ts'
import { parseClaim } from '../../language/read/claim.ts'
import { resolve } from '../../language/resolve/resolve.ts'
import { networkOf } from '../../network/network.ts'
import { verify as verifyWithRepairs } from '../../notes/verify-with-repairs.ts'
import { proveClaim } from '../../proof/prove-claim.ts'
import { verify } from '../../verify.ts'

const costOf = (y: Node): Node => squaredError(y, y.graph.input('t_i', y.shape)).as('C')
const of =
  (f: (x: Node) => Node, name = 'x_i', shape: readonly number[] = [3]) =>
  (): Node =>
    costOf(f(new Graph().input(name, shape)).as('y_i'))
const ofTwo = (f: (a: Node, b: Node) => Node) => (): Node => {
  const graph = new Graph()
  return costOf(f(graph.input('a_i', [3]), graph.input('b_i', [3])).as('y_i'))
}

const clamped = of((x) => clamp(x, -1, 2))
const larger = ofTwo(maximum)
const triple = of((x) => sin(mul(3, x)))
const apart = ofTwo((a, b) => cos(sub(a, b)))
const logarithm = of((x) => logSumExp(x, { axes: 1 }), 'x_{ij}', [3, 4])
const root = of((x) => div(1, sqrt(x)))
const swish = of(hardSwish)
const robust = (): Node => {
  const graph = new Graph()
  return huber(graph.input('y_i', [3]), graph.input('t_i', [3]), { reduction: 'sum' }).as('C')
}

const g = '(y_i - t_i)'
const inside = 'min(max(x_i + 3, 0), 6)'

/** What is recorded, what is true of it, and what is not. */
const rows: readonly (readonly [() => Node, string, string])[] = [
  [clamped, `∂C/∂x_i = [-1 ≤ x_i ≤ 2] ${g}`, `∂C/∂x_i = [-1 < x_i ≤ 2] ${g}`],
  [clamped, `∂C/∂x_i = [|x_i - 1/2| ≤ 3/2] ${g}`, `∂C/∂x_i = [|x_i - 1/2| < 3/2] ${g}`],
  [clamped, `∂C/∂x_i = [0 ≤ 2 x_i + 2][2 x_i ≤ 4] ${g}`, `∂C/∂x_i = [-1 ≤ x_i ≤ 1] ${g}`],
  [clamped, `∂C/∂x_i = [max(-x_i, x_i - 1) ≤ 1] ${g}`, `∂C/∂x_i = [max(-x_i, x_i) ≤ 1] ${g}`],
  [clamped, 'y_i = -max(min(-x_i, 1), -2)', 'y_i = -max(min(-x_i, 2), -1)'],
  [clamped, 'y_i = 1/2 (|x_i + 1| - |x_i - 2| + 1)', 'y_i = 1/2 (|x_i + 1| - |x_i - 2| - 1)'],
  [
    clamped,
    'y_i = [x_i ≥ 2] 2 - [x_i ≤ -1] + [-1 < x_i < 2] x_i',
    'y_i = [x_i > 2] 2 - [x_i < -1] + [-1 < x_i < 2] x_i',
  ],
  [swish, `∂C/∂x_i = ${g} (${inside} + [-3 ≤ x_i ≤ 3] x_i)/6`, `y_i = x_i ${inside}/6 + [x_i = 3]`],
  [robust, '∂C/∂y_i = min(max(y_i - t_i, -1), 1)', '∂C/∂y_i = min(max(y_i - t_i, -1), 2)'],
  [
    robust,
    'C = Σ_i ([|y_i - t_i| ≤ 1] 1/2 (y_i - t_i)^2 + [|y_i - t_i| > 1] (|y_i - t_i| - 1/2))',
    'C = Σ_i ([|y_i - t_i| ≤ 1] 1/2 (y_i - t_i)^2 + [|y_i - t_i| > 1] (|y_i - t_i| + 1/2))',
  ],
  [larger, 'y_i = max(b_i, a_i)', 'y_i = min(b_i, a_i)'],
  [larger, 'y_i = 1/2 (a_i + b_i + |a_i - b_i|)', 'y_i = 1/2 (a_i + b_i - |a_i - b_i|)'],
  [larger, 'y_i = [a_i ≥ b_i] a_i + [b_i > a_i] b_i', 'y_i = [a_i ≥ b_i] a_i + [b_i ≥ a_i] b_i'],
  [larger, `∂C/∂a_i = ([a_i > b_i] + [a_i = b_i]) ${g}`, `∂C/∂a_i = [a_i > b_i] ${g}`],
  [triple, 'y_i = 3 sin(x_i) - 4 sin(x_i)^3', 'y_i = 4 sin(x_i) - 3 sin(x_i)^3'],
  [triple, 'y_i = -sin(-3 x_i)', 'y_i = sin(-3 x_i)'],
  [apart, 'y_i = cos(b_i - a_i)', 'y_i = cos(a_i + b_i)'],
  [
    apart,
    `∂C/∂a_i = -(sin(a_i) cos(b_i) - cos(a_i) sin(b_i)) ${g}`,
    `∂C/∂a_i = -(sin(a_i) cos(b_i) + cos(a_i) sin(b_i)) ${g}`,
  ],
  [
    logarithm,
    'y_i = max_k x_{ik} + log Σ_j e^{x_{ij} - max_k x_{ik}}',
    'y_i = max_k x_{ik} + log Σ_j e^{x_{ij} - min_k x_{ik}}',
  ],
  [
    logarithm,
    'y_i = Σ_k x_{ik} + log Σ_j e^{x_{ij} - Σ_k x_{ik}}',
    'y_i = Σ_k x_{ik} - log Σ_j e^{x_{ij} - Σ_k x_{ik}}',
  ],
  [root, `∂C/∂x_i = -1/2 x_i^{-3/2} ${g}`, `∂C/∂x_i = -1/2 x_i^{-5/2} ${g}`],
]

test.each(rows)('%#: proved for all sizes', (cost, claim) => {
  expect(verify(cost(), claim)).toMatchObject({ kind: 'proved', scope: 'all-sizes' })
})

/** No test at points looks first. */
const provesAlone = (cost: Node, text: string): boolean => {
  const network = networkOf(cost)
  const { claim } = resolve(parseClaim(text), network.scope)[0]!.instances[0]!
  const budget = createBudget({ operations: 1e6 })
  return proveClaim(claim, network, { budget, hasValue: true }).kind === 'proved'
}

test.each(rows)('%#: a twin is not', (cost, _, twin) => {
  expect(provesAlone(cost(), twin)).toBe(false)
})

test.each(['[x_i > 0] [x_i > 1] = [x_i > 0]', '[x_i = 2] x_i^2 = 2 [x_i = 2]'])(
  'the right formula is sought with the brackets of the claim: %s',
  (claim) => {
    expect(verifyWithRepairs(clamped(), claim, { deadline: 1500 }).kind).toBe('refuted')
  },
)

test.each([
  ['[a_i = b_i] [b_i = a_i t_i] a_i = [b_i = a_i t_i] [a_i = b_i] a_i', true],
  ['[a_i = b_i] [b_i = a_i t_i] a_i^3 = [a_i = b_i] [b_i = a_i t_i]', false],
  ['[a_i = b_i] a_i^3 = [a_i = b_i] b_i^3', true],
  ['[a_i = b_i] a_i^3 = [a_i = b_i] b_i^2', false],
])('brackets that tell of each other come to an end: %s', (claim, isProved) => {
  expect(provesAlone(larger(), claim)).toBe(isProved)
})
