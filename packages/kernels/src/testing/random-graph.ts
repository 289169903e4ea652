// Random graphs of continuous ops: what a planner gets wrong shows in how ops meet, not in one op.
// Nothing here has a jump, so that roundings cannot decide between two values.

import type { Node, Shape } from '@backprove/graph'
import * as g from '@backprove/graph'
import fc from 'fast-check'
import { numbers } from './values.ts'

/** Two numbers that choose an op and its operands. */
export interface Choice {
  readonly op: number
  readonly first: number
  readonly second: number
}

export interface RandomGraph {
  readonly outputs: readonly Node[]
  readonly feeds: Readonly<Record<string, Float64Array>>
}

type Grow = (x: Node, y: Node, choice: Choice) => Node | undefined

const rankAtLeast = (x: Node, rank: number): boolean => x.shape.length >= rank
const twoAxes = (x: Node): Node => (rankAtLeast(x, 2) ? x : g.reshape(x, [1, -1]))
const broadcasts = (x: Node, y: Node): boolean =>
  g.broadcastShapes([x.shape, y.shape]) !== undefined
const binary =
  (op: (a: Node, b: Node) => Node): Grow =>
  (x, y) =>
    broadcasts(x, y) ? op(x, y) : undefined

/** Each keeps numbers small: products and powers are squashed. */
const growths: readonly Grow[] = [
  binary(g.add),
  binary(g.sub),
  binary((a, b) => g.tanh(g.mul(a, b))),
  binary(g.maximum),
  binary((a, b) => g.div(a, g.add(1, g.square(b)))),
  (x) => g.sigmoid(x),
  (x) => g.relu(x),
  (x) => g.sin(x),
  (x) => g.gelu(x),
  (x) => g.neg(x),
  (x) => g.mul(0.5, x),
  (x) => g.abs(g.identity(x)),
  (x) => g.sigmoidPrime(x),
  (x) => g.exp(g.neg(g.square(x))),
  (x, _, { second }) => g.sum(x, rankAtLeast(x, 2) ? { axes: second % x.shape.length } : {}),
  (x) => g.mean(x, { keepDims: true }),
  (x, _, { second }) => (rankAtLeast(x, 1) ? g.max(x, { axes: second % x.shape.length }) : x),
  (x) => g.reshape(x, [x.shape.reduce((a, b) => a * b, 1)]),
  (x) => g.transpose(x),
  (x) => (rankAtLeast(x, 1) ? g.flip(x, { axes: x.shape.length - 1 }) : undefined),
  (x) => (x.shape[0]! > 1 ? g.slice(x, { start: 1 }) : undefined),
  (x) => g.broadcastTo(x, [2, ...x.shape]),
  (x, y) =>
    x.shape.length > 0 &&
    x.shape.length === y.shape.length &&
    x.shape.slice(1).join() === y.shape.slice(1).join()
      ? g.concat([x, y], { axis: 0 })
      : undefined,
  (x) => (rankAtLeast(x, 1) ? g.pad(x, { before: 1, after: 0, value: 0.5 }) : undefined),
  (x) => (rankAtLeast(x, 1) ? g.softmax(x) : undefined),
  (x) => g.matmul(twoAxes(x), g.transpose(twoAxes(x), { axes: lastTwo(twoAxes(x)) })),
  (x) => (x.shape.slice(-2).every((n) => n > 1) ? pooled(x) : undefined),
  (x) => (rankAtLeast(x, 2) ? g.upsample(x, { size: [1, 2] }) : undefined),
]

const pooled = (x: Node): Node | undefined =>
  rankAtLeast(x, 2) ? g.maxPool2d(x, { size: 2, stride: 1 }) : undefined
const lastTwo = ({ shape }: Node): number[] => {
  const axes = shape.map((_, axis) => axis)
  return [...axes.slice(0, -2), axes.length - 1, axes.length - 2]
}

/** Leaves for a scale of 1, and the most entries of any array. */
const leafShapes: readonly Shape[] = [[], [3], [2, 3], [4, 1], [2, 3, 4]]
const MOST_ENTRIES = 400

/** The first two axes of every leaf are `scale` times as long. */
export function grow(
  choices: readonly Choice[],
  outputs: readonly number[],
  scale = 1,
): RandomGraph {
  const graph = new g.Graph()
  const feeds: Record<string, Float64Array> = {}
  const nodes = leafShapes.map((small, k) => {
    const shape = small.map((length, axis) => (axis < 2 && length > 1 ? scale * length : length))
    feeds[`x${k}`] = numbers(g.sizeOf(shape), k + 1)
    return graph.input(`x${k}`, shape)
  })
  for (const choice of choices) {
    const pick = (number: number): Node => nodes[number % nodes.length]!
    const made = growths[choice.op % growths.length]!(
      pick(choice.first),
      pick(choice.second),
      choice,
    )
    if (made && g.sizeOf(made.shape) <= MOST_ENTRIES * scale ** 2 && made.shape.length <= 5)
      nodes.push(made)
  }
  return { outputs: outputs.map((at) => nodes[nodes.length - 1 - (at % nodes.length)]!), feeds }
}

const number = fc.nat(1000)
export const randomGraphsOf = (scale: number): fc.Arbitrary<RandomGraph> =>
  fc
    .tuple(
      fc.array(fc.record({ op: number, first: number, second: number }), {
        minLength: 1,
        maxLength: 30,
      }),
      fc.array(fc.nat(6), { minLength: 1, maxLength: 4 }),
    )
    .map(([choices, outputs]) => grow(choices, outputs, scale))
export const randomGraphs = randomGraphsOf(1)
