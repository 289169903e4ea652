// The one table of cases, total over the ops of the graph: every backend runs it against the
// interpreter. Shapes are odd on purpose: primes, lengths of one, more than a block of 512.

import type { Node, Shape } from '@backprove/graph'
import * as graph from '@backprove/graph'
import type { Kind } from '../values.ts'
import { type Case, type CasesOf, given, type OpName } from './case.ts'
import { convCases } from './conv.ts'
import { placeCases } from './places.ts'
import { poolCases } from './pool.ts'
import { shapeCases } from './shape.ts'

/** More than one block, and not a whole number of vectors. */
const LONG: Shape = [3, 5, 71]

const unary = (apply: (x: Node) => Node, kind?: Kind): Case[] => [
  given('a number', (leaf) => apply(leaf([], kind))),
  given('a few', (leaf) => apply(leaf([7], kind))),
  given('more than a block', (leaf) => apply(leaf(LONG, kind))),
  given('a transposed view', (leaf) => apply(graph.transpose(leaf([5, 7, 3], kind)))),
  given('ties and zeros', (leaf) => apply(leaf([2, 9], kind === 'positive' ? kind : 'tied'))),
]

const binary = (apply: (a: Node, b: Node) => Node, kind?: Kind): Case[] => [
  given('one shape', (leaf) => apply(leaf(LONG, kind), leaf(LONG, kind))),
  given('a row for each', (leaf) => apply(leaf(LONG, kind), leaf([71], kind))),
  given('a column for each', (leaf) => apply(leaf([4, 1], kind), leaf([4, 9], kind))),
  given('outer', (leaf) => apply(leaf([5, 1], kind), leaf([1, 6], kind))),
  given('a bias', (leaf) => apply(leaf([2, 3, 4, 5], kind), leaf([3, 1, 1], kind))),
  given('a number', (leaf) => apply(leaf([], kind), leaf([3, 2], kind))),
  given('with itself', (leaf) => {
    const x = leaf([11], kind)
    return apply(x, x)
  }),
  given('ties', (leaf) => {
    const used = kind === 'positive' ? kind : 'tied'
    return apply(leaf([3, 8], used), leaf([3, 8], used))
  }),
]

const alongAxes = (apply: (x: Node, axis: number) => Node): Case[] => [
  given('a vector', (leaf) => apply(leaf([13]), 0)),
  given('rows', (leaf) => apply(leaf([4, 10]), -1)),
  given('columns', (leaf) => apply(leaf([9, 5]), 0)),
  given('in the middle', (leaf) => apply(leaf([2, 7, 3]), 1)),
  given('large numbers', (leaf) => apply(graph.mul(400, leaf([3, 6])), 1)),
]

const costs = (apply: (y: Node, t: Node) => Node): Case[] => [
  given('one sample', (leaf) => apply(leaf([3]), leaf([3], 'positive'))),
  given('a batch', (leaf) => apply(leaf([17, 10]), leaf([17, 10], 'positive'))),
  given('more than a block', (leaf) => apply(leaf([301, 3]), leaf([301, 3], 'positive'))),
]

const elementwise = {
  add: binary(graph.add),
  sub: binary(graph.sub),
  mul: binary(graph.mul),
  mulOrZero: binary(
    (a, b) => a.graph.record(graph.ops.mulOrZero, [a, graph.div(b, a)], {}),
    'tied',
  ),
  div: binary(graph.div, 'positive'),
  divideOrZero: binary((a, b) => a.graph.record(graph.ops.divideOrZero, [a, b], {}), 'tied'),
  neg: unary(graph.neg),
  exp: unary(graph.exp),
  log: unary(graph.log, 'positive'),
  sqrt: unary(graph.sqrt, 'positive'),
  square: unary(graph.square),
  abs: unary(graph.abs),
  sign: unary(graph.sign),
  pow: [
    ...unary((x) => graph.pow(x, 3)),
    ...unary((x) => graph.pow(x, -0.5), 'positive'),
    ...unary((x) => graph.pow(x, 2.25), 'positive'),
  ],
  power: binary(graph.pow, 'positive'),
  maximum: binary(graph.maximum),
  minimum: binary(graph.minimum),
  where: [
    given('one shape', (leaf) => graph.where(leaf([31], 'tied'), leaf([31]), leaf([31]))),
    given('numbers', (leaf) => graph.where(leaf([4, 3], 'tied'), 2, -1)),
    given('three shapes', (leaf) => graph.where(leaf([4, 1], 'tied'), leaf([3]), leaf([2, 1, 1]))),
    given('an infinity not chosen', (leaf) => {
      const x = leaf([9], 'tied')
      return graph.where(x, graph.div(1, x), 0)
    }),
  ],
  greater: binary(graph.greater),
  less: binary(graph.less),
  equal: binary(graph.equal, 'tied'),
  sigmoid: unary(graph.sigmoid),
  sigmoidPrime: [
    ...unary(graph.sigmoidPrime),
    given('far out', (leaf) => graph.sigmoidPrime(graph.mul(20, leaf([40])))),
  ],
  tanh: unary(graph.tanh),
  expDifference: binary(graph.expDifference),
  sin: unary(graph.sin),
  cos: unary(graph.cos),
  erf: [...unary(graph.erf), given('far out', (leaf) => graph.erf(graph.mul(3, leaf([40]))))],
  timesPi: unary(graph.timesPi),
  tanhPrime: [
    ...unary(graph.tanhPrime),
    given('far out', (leaf) => graph.tanhPrime(graph.mul(10, leaf([40])))),
  ],
  relu: unary(graph.relu),
  leakyRelu: unary((x) => graph.leakyRelu(x, { slope: 0.1 })),
  elu: [...unary((x) => graph.elu(x)), ...unary((x) => graph.elu(x, { alpha: 0.5 }))],
  eluTail: unary((x) => x.graph.record(graph.ops.eluTail, [x], { alpha: 0.7 })),
  softplus: [
    ...unary(graph.softplus),
    given('far out', (leaf) => graph.softplus(graph.mul(300, leaf([20], 'positive')))),
  ],
  identity: unary(graph.identity),
  stopGradient: unary(graph.stopGradient),
}

const leaves = {
  input: [given('alone', (leaf) => leaf([3, 4]))],
  parameter: [given('alone', (leaf) => leaf([2, 2]))],
  constant: [
    given('uneven', ({ graph: g }) =>
      g.constant([
        [1, 2.5],
        [-3, 4],
      ]),
    ),
    given('one number throughout', ({ graph: g }) => g.constant(0.25, [3, 3])),
  ],
}

const linear = {
  dense: [
    given('a vector', (leaf) => graph.dense(leaf([7]), leaf([5, 7]), leaf([5]))),
    given('no bias', (leaf) => graph.dense(leaf([7]), leaf([5, 7]))),
    given('an image', (leaf) => graph.dense(leaf([3, 2, 2]), leaf([3, 3, 2, 2]), leaf([3]))),
    given('a batch', (leaf) => graph.dense(leaf([6, 11]), leaf([9, 11]), leaf([9]))),
    given('a batch of images', (leaf) =>
      graph.dense(leaf([5, 2, 3, 3]), leaf([4, 2, 3, 3]), leaf([4])),
    ),
    given('images flattened', (leaf) => graph.dense(leaf([5, 2, 3, 3]), leaf([4, 18]))),
    given('one unit', (leaf) => graph.dense(leaf([3, 2]), leaf([1, 2]), leaf([1]))),
  ],
  denseInput: [
    given('a vector', (leaf) =>
      leaf.graph.record(graph.ops.denseInput, [leaf([5]), leaf([5, 7])], {}),
    ),
    given('a batch of images', (leaf) =>
      leaf.graph.record(graph.ops.denseInput, [leaf([6, 5]), leaf([5, 2, 3, 1])], {}),
    ),
  ],
  denseWeight: [
    given('a vector', (leaf) =>
      leaf.graph.record(graph.ops.denseWeight, [leaf([7]), leaf([5])], { sampleRank: 1 }),
    ),
    given('a batch of images', (leaf) =>
      leaf.graph.record(graph.ops.denseWeight, [leaf([9, 2, 3, 2]), leaf([9, 5])], {
        sampleRank: 3,
      }),
    ),
  ],
  matmul: [
    given('matrices', (leaf) => graph.matmul(leaf([5, 7]), leaf([7, 3]))),
    given('thin', (leaf) => graph.matmul(leaf([1, 9]), leaf([9, 1]))),
    given('tiles and what is left of them', (leaf) => graph.matmul(leaf([13, 17]), leaf([17, 19]))),
    given('stacks', (leaf) => graph.matmul(leaf([3, 4, 5]), leaf([3, 5, 2]))),
    given('stacks that broadcast', (leaf) => graph.matmul(leaf([3, 1, 4, 5]), leaf([2, 5, 3]))),
    given('one transposed', (leaf) => graph.matmul(graph.transpose(leaf([6, 4])), leaf([6, 5]))),
  ],
  softmax: alongAxes((x, axis) => graph.softmax(x, { axis })),
  logSoftmax: alongAxes((x, axis) => graph.logSoftmax(x, { axis })),
  squaredError: costs(graph.squaredError),
  crossEntropy: costs(graph.crossEntropy),
}

export const cases: CasesOf<OpName> = {
  ...leaves,
  ...elementwise,
  ...linear,
  ...convCases,
  ...poolCases,
  ...placeCases,
  ...shapeCases,
}
