// Claims that a hostile reader would try, each of a kind that was answered wrongly once. What is
// right is worked by hand beside those where it is not plain.
import {
  add,
  div,
  divideOrZero,
  Graph,
  log,
  max,
  maxPool2d,
  mul,
  type Node,
  neg,
  pow,
  relu,
  sigmoid,
  square,
  squaredError,
  sum,
  tanh,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../verify.ts'
import { verifySizes } from './sizes.ts'

/** y = f(x), and t beside it. */
const network =
  (f: (x: Node) => Node, options: ConstructorParameters<typeof Graph>[0] = {}) =>
  (): Node => {
    const graph = new Graph(options)
    const y = f(graph.input('x_i', [3])).as('y_i')
    return add(sum(y), sum(square(graph.input('t_j', [2])))).as('C')
  }

type Row = readonly [claim: string, kinds: string, assume?: readonly string[]]

const expectKinds = (cost: () => Node, rows: readonly Row[]): void => {
  it.each(rows.map((row) => [...row] as const))('%s: %s', (claim, kinds, assume = []) => {
    expect(kinds.split(' or ')).toContain(verify(cost(), claim, { assume }).kind)
  })
}

describe('a slope at a corner is the policy of the graph', () => {
  expectKinds(network(relu, { reluAtZero: 1 }), [
    ["relu'(x_i - x_i) = 1", 'proved'],
    ["relu'(x_i - x_i) = 0", 'budget or refuted'],
    ["relu'(0 x_i) = 0", 'budget or refuted'],
    ["1/relu'(0) = 1", 'proved'],
    ["relu'(x_i - x_i) = [0 ≥ 0]", 'proved'],
  ])
  expectKinds(network(relu), [
    ["relu'(x_i - x_i) = 0", 'proved'],
    ["relu'(x_i - x_i) = 1", 'budget or refuted'],
    ["1/relu'(0) = 1", 'ill-formed'],
  ])
})

describe('what has no value has no derivative', () => {
  // log x is there for x > 0 alone, and so is its derivative.
  expectKinds(network(log), [
    ['∂C/∂x_i = 1/|x_i|', 'agrees or proved'],
    ['∂y_i/∂x_i = [x_i > 0]/x_i', 'agrees or proved or budget'],
    ['∂C/∂x_i = -1/|x_i|', 'refuted'],
  ])
  expectKinds(
    network((x) => log(neg(square(x)))),
    [
      ['∂y_i/∂x_i = 2/x_i', 'budget'],
      ['∂C/∂x_i = 2/x_i', 'budget'],
    ],
  )
  expectKinds(
    network((x) => div(x, 0)),
    [
      ['∂C/∂x_i = 0', 'budget'],
      ['y_i = y_i', 'budget'],
    ],
  )
})

describe('what holds by rounding alone does not hold', () => {
  expectKinds(network(sigmoid), [
    ['y_1 = 1', 'ill-formed', ['y_1 = 1']],
    ['y_i = 5', 'ill-formed', ['y_1 = 1']],
    ['y_i = 3 x_i if σ(x_i) = 1', 'ill-formed'],
    ['y_i = σ(x_i) if tanh(x_i) = 1', 'ill-formed'],
    ['y_i = σ(x_i) if e^{x_i} ≤ 0', 'ill-formed'],
  ])
  // e^y − 1 − y is y²/2, about 10⁻⁶⁰ where x is about 1; at x = 10³⁰ it is 0.7.
  expectKinds(
    network((x) => mul(x, 1e-30)),
    [
      ['e^{y_i} = 1 + y_i', 'refuted'],
      ['tanh(y_i) = y_i', 'refuted'],
      ['y_i = 0', 'refuted'],
    ],
  )
})

describe('what a bracket picks out is looked at', () => {
  expectKinds(network(sigmoid), [
    ['[x_i = 10^9 + 7] = 0', 'refuted'],
    ['[x_i = 1/1000003] = 0', 'refuted'],
    ['[x_i < 10^{20}] = 1', 'refuted'],
    ['[t_1 = 17 x_1 + 3] = 0', 'refuted'],
    ['[x_1 = 17][x_2 = 23][x_3 = -41] = 0', 'refuted'],
    ['[x_1 > 100][x_2 < -100][x_3 > 100] = 0', 'refuted'],
    ['relu(x_1 - 100) relu(-x_2 - 100) relu(x_3 - 100) = 0', 'refuted'],
    ['[3 < x_1 < 3.001] = 0', 'refuted or budget'],
    ['[x_1 x_2 = 6 x_3 + 1] = 0', 'refuted or budget'],
    ['[x_1^2 = 2] = 0', 'refuted or budget'],
    ['[x_1 > 100][x_2 < -100][t_2 = 7] = 0', 'refuted or budget'],
    ['[e^{x_i} > 0] = 1', 'proved or budget'],
    ['x_i = 3 x_i if x_i = 1', 'refuted'],
    ['y_i = 3 x_i if y_i = 1/2', 'refuted'],
    ['x_i = 3 x_i if x_i = 0', 'agrees or proved'],
  ])
})

describe('an entry that is not there says nothing', () => {
  expectKinds(network(sigmoid), [
    ['x_3 t_3 = 0', 'ill-formed'],
    ['x_i t_i = 0 for i = 3', 'ill-formed'],
    ['x_3 + t_3 = x_3', 'ill-formed'],
    ['x_1 = x_1 + 0 x_7', 'ill-formed'],
    ['σ(x_7) = 1/2', 'ill-formed'],
    ['max(x_7, x_1) = max(0, x_1)', 'ill-formed'],
    ['∂C/∂x_1 = y_1 (1 - y_1) + ∂C/∂x_9', 'ill-formed'],
    ['max_{i > 7} x_i = 0', 'budget or ill-formed'],
    ['max_{i > 7} x_i = max_{i > 8} x_i', 'budget or ill-formed'],
    ['Σ_{i=1}^{9} x_i = Σ_i x_i', 'proved'],
  ])
})

describe('axes of length 1 go without an index', () => {
  const outer = (): Node => {
    const graph = new Graph()
    const z = mul(graph.input('x_{ij}', [3, 1]), graph.input('y_{ij}', [1, 4])).as('z_{ij}')
    return sum(square(z)).as('C')
  }
  expectKinds(outer, [
    ['z_{ij} = x_i y_j', 'proved'],
    ['∂C/∂y_j = 2 Σ_i z_{ij} x_i', 'proved'],
    ['C = Σ_i x_i^2 Σ_j y_j^2', 'proved'],
    ['∂C/∂y_j = Σ_i z_{ij} x_i', 'refuted'],
  ])
})

describe('an array of one entry has no second one', () => {
  const single =
    (f: (x: Node) => Node): (() => Node) =>
    () => {
      const graph = new Graph()
      const a = f(graph.input('x_i', [1])).as('a_i')
      return add(sum(square(a)), sum(square(graph.input('t_j', [4])))).as('C')
    }
  // σ(a_2) is σ(0) = 1/2.
  expectKinds(single(relu), [
    ['σ(a_i) x_i = x_i σ(a_{i+1})', 'refuted'],
    ['σ(a_i) x_i = x_i σ(a_{i-1})', 'refuted'],
    ['σ(x_i) t_i [t_i > 0] = σ(x_{i+1}) t_i [t_i > 0]', 'refuted'],
    ['σ(a_{i+1}) x_i = x_i/2', 'proved or agrees'],
    ['σ(a_i) x_i = x_i σ(a_i)', 'proved'],
  ])
})

describe('a sum over letters that bound each other', () => {
  expectKinds(network(relu), [
    ['Σ_{i≤j} x_i x_j = ((Σ_i x_i)^2 + Σ_i x_i^2)/2', 'ambiguous or proved'],
    ['Σ_{i≤j-1} x_i x_j = ((Σ_i x_i)^2 - Σ_i x_i^2)/2', 'ambiguous or proved'],
    ['Σ_{i ≤ j ≤ k} x_i x_j x_k = Σ_{k ≥ j ≥ i} x_i x_j x_k', 'ambiguous or proved'],
    ['Σ_{i≤j} x_i x_j = ((Σ_i x_i)^2 - Σ_i x_i^2)/2', 'refuted'],
    ['Σ_{i≤2} x_i = x_1 + x_2', 'proved'],
  ])
})

describe('what coincides in one place alone is met', () => {
  const remainder = (): Node => {
    const graph = new Graph()
    const a = tanh(graph.input('x_{ij}', [1, 4, 5])).as('a_{ij}')
    const p = maxPool2d(a, { size: 2 }).as('p_{ij}')
    return squaredError(p, graph.input('t_{ij}', p.shape)).as('C')
  }
  // Where x_{15} = 0: no window has it, and p_{13} is 0 outside.
  expectKinds(remainder, [['[a_{ij} = p_{⌈i/2⌉,⌈j/2⌉}] = [a_{ij} = max]', 'refuted']])
})

describe('what has no value is not differentiated away', () => {
  expectKinds(network(sigmoid), [
    ['∂(1/0)/∂x_1 = 0', 'ill-formed'],
    ['∂(log(-1) + x_1)/∂x_1 = 1', 'ill-formed'],
    ['∂(2C + 1/0)/∂x = 2 ∂C/∂x', 'ill-formed'],
    ['∂(x_1 - 1/(x_2 - x_2))/∂x_1 = 1', 'budget'],
    ['∂(0 log x_1)/∂x_1 = 0', 'proved'],
    ['∂(Σ_k log x_k)/∂x_k = 1/x_k', 'proved'],
  ])
  it('lists what it asks for', () => {
    const verdict = verify(network(sigmoid)(), '∂(0 log x_1)/∂x_1 = 0')
    expect(verdict).toMatchObject({ excluded: ['poles'], where: [{ text: 'x_{1} > 0' }] })
  })
})

describe('what holds at other sizes alone says nothing here', () => {
  // x_4 of three entries is 0: at the recorded sizes 1/x_4 and log x_4 are nowhere numbers.
  expectKinds(network(sigmoid), [
    ['Σ_{i=1}^{4} 1/x_i = Σ_{k=1}^{4} 1/x_k', 'budget'],
    ['Σ_{i=1}^{4} log x_i = Σ_{k=1}^{4} log x_k', 'budget'],
    ['log(x_i - x_i) = log(x_i - x_i)', 'budget'],
    ['(x_i - x_i)^{x_i} = (t_j - t_j)^{x_i}', 'budget'],
    ['Σ_{i=1}^{3} log x_i = Σ_{k=1}^{3} log x_k', 'proved'],
  ])
})

describe('a bracket that fails is a 0 that competes', () => {
  expectKinds(network(sigmoid), [
    ['max_i [x_i > 0] = 1', 'refuted'],
    ['max_i (x_i [x_i > 0]) = max_i x_i', 'refuted'],
    ['max_{i,j} [x_i > t_j] = 1', 'refuted'],
    ['max_i [x_i > 0] = [max_i x_i > 0]', 'agrees or proved'],
    ['max_i (x_i [x_i > 0]) = max(max_i x_i, 0)', 'agrees or proved'],
  ])
})

describe('a quotient that is 0 where it divides by 0', () => {
  const quotients = (): Node => {
    const graph = new Graph()
    const [x, t] = [graph.input('x_i', [3]), graph.input('t_i', [3])]
    return sum(square(divideOrZero(x, t).as('y_i'))).as('C')
  }
  expectKinds(quotients, [
    ['y_i = x_i/t_i', 'proved'],
    ['y_i = [t_i ≠ 0] x_i/t_i', 'proved'],
    ['∂C/∂x_i = 2 x_i/t_i^2', 'proved'],
    ['y_i = 0 if t_i = 0', 'proved'],
    ['t_i y_i = x_i [t_i ≠ 0]', 'proved'],
    // Where t is 0: 0 = x.
    ['t_i y_i = x_i', 'refuted'],
    ['y_i = y_i (1 + [t_i = 0]) + [t_i = 0]', 'refuted'],
    ['[t_i = 0] y_i = [t_i = 0]', 'refuted'],
    ['y_i = x_i [t_i > 0]/t_i', 'refuted'],
  ])
  it.each(['y_i = [t_i ≠ 0] x_i/t_i', 'C = Σ_i y_i^2'])('%s has a value everywhere', (claim) => {
    expect(verify(quotients(), claim)).toMatchObject({ kind: 'proved', excluded: [] })
  })
})

describe('letters of functions are names of arrays too', () => {
  const lettered = (name: string) => (): Node => {
    const graph = new Graph()
    return add(sum(sigmoid(graph.input('x_i', [3]))), sum(square(graph.input(name, [3])))).as('C')
  }
  expectKinds(lettered('e_i'), [['e^{x_i} = exp(x_i)', 'ambiguous']])
  expectKinds(lettered('σ_i'), [['σ(x_i) = 1/(1 + e^{-x_i})', 'ambiguous']])
})

describe('every side says where a letter runs', () => {
  // x_{|i−2|} has entries for i = −2, …, 5 of three, x_{2−i} for i = −1, 0, 1 alone.
  expectKinds(network(sigmoid), [
    ['x_{|i-2|} = x_{2-i}', 'ambiguous or refuted'],
    ['x_{2^i} = x_{2i}', 'ambiguous or refuted'],
    ['x_{i^2} = x_{2i-1}', 'ambiguous or refuted'],
    ['x_{i(i+1)/2} = x_{2i-1}', 'ill-formed'],
    ['x_{|i|} = x_{|-i|}', 'proved'],
    ['y_{2^i} = σ(x_{2^i})', 'proved'],
    ['Σ_{i=1}^{i} x_i = Σ_i x_i', 'ill-formed'],
    ['x_i = Σ_{i=i}^{i} x_i', 'ill-formed'],
    ['x_i = Σ_{k=i}^{i} x_k', 'proved'],
  ])
})

describe('a policy decides between equals of an assumption too', () => {
  const largest = (): Node => {
    const graph = new Graph()
    const y = max(graph.input('x_{ij}', [3, 4]), { axes: [1] }).as('y_i')
    return sum(square(y)).as('C')
  }
  expectKinds(largest, [
    ['∂C/∂x_{ij} = 2 y_i [x_{ij} = y_i]', 'proved'],
    ['∂C/∂x_{ij} = 2 y_i', 'refuted'],
  ])
})

describe('conditions', () => {
  expectKinds(
    network((x) => pow(x, 2)),
    [
      ['y_i = x_i^2 if i ≤ 2', 'proved'],
      ['y = x^2 if x > 0', 'ill-formed'],
    ],
  )
})

it.each([
  ['n mod 2 ≤ 1', 'ill-formed'],
  ['n^{2^2} = n^4', 'ill-formed'],
  ['n/m m = n', 'ambiguous'],
  ['m o d = o d m', 'proved'],
])('of lengths: %s, %s', (claim, kind) => {
  expect(verifySizes(claim).kind).toBe(kind)
})
