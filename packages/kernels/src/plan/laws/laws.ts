// Laws by which a graph is rewritten before it is planned. Data: each law says what it is, at which
// op it starts, and what it makes of a node. The driver is in lower.ts.
import {
  type AxisOptions,
  add,
  div,
  exp,
  expDifference,
  greater,
  l2Pool2d,
  log,
  logSoftmax,
  max,
  mul,
  mulOrZero,
  type Node,
  neg,
  type Op,
  ops,
  type ReduceParams,
  relu,
  reshape,
  rot180,
  sameShape,
  sigmoid,
  sizeOf,
  square,
  sub,
  sum,
  tanh,
  transpose,
} from '@backprove/graph'
import type { DType, Precision } from '../plan.ts'
import { uniformValue } from '../uniform.ts'
import { sumLaws } from './sums.ts'

export interface LawContext {
  /** Whether the program computes this node anyway. */
  present(node: Node): boolean
  /** The node as it was recorded: the one to be rewritten has arguments that laws have made. */
  readonly original: Node
  /** Whether all uses of a recorded node are of that kind, and nobody asks for it. */
  usedOnlyBy(original: Node, kind: (use: Node) => boolean): boolean
  readonly dtype: DType
  readonly precision: Precision
}

/** An identity by which a graph is rewritten before it is planned. */
export interface Law {
  /** The law as mathematics: what `explain` prints. */
  readonly statement: string
  readonly op: Op
  /** The same value by other means, or undefined where the law has nothing to say. */
  readonly rewrite: (node: Node, context: LawContext) => Node | undefined
}

const first = (node: Node): Node => node.args[0]!

/** One operand is left alone where the other is `neutral` throughout. */
const neutral = (op: Op, statement: string, value: number, side: 0 | 1): Law => ({
  op,
  statement,
  rewrite: (node) => {
    const kept = node.args[1 - side]!
    const other = node.args[side]!
    return uniformValue(other) === value && sameShape(kept.shape, node.shape) ? kept : undefined
  },
})

/** An op that reads the forward value where that is there to be read. */
const reuse = (
  op: Op,
  statement: string,
  forward: (x: Node) => Node,
  rewritten: (y: Node) => Node,
): Law => ({
  op,
  statement,
  rewrite: (node, { present }) => {
    const y = forward(first(node))
    return present(y) ? rewritten(y) : undefined
  },
})

/** The laws that every backend applies; each backend may have further ones. */
export const laws: readonly Law[] = [
  neutral(ops.mul, 'x · 1 = x', 1, 1),
  neutral(ops.mul, '1 · x = x', 1, 0),
  neutral(ops.div, 'x / 1 = x', 1, 1),
  neutral(ops.add, 'x + 0 = x', 0, 1),
  neutral(ops.add, '0 + x = x', 0, 0),
  neutral(ops.sub, 'x − 0 = x', 0, 1),
  { op: ops.identity, statement: 'identity(x) = x', rewrite: first },
  {
    op: ops.neg,
    statement: '−−x = x',
    rewrite: (node) => (first(node).op === ops.neg ? first(first(node)) : undefined),
  },
  reuse(ops.sigmoidPrime, 'σ′(x) = σ(x)(1 − σ(x))', sigmoid, (y) => mul(y, sub(1, y))),
  reuse(ops.tanhPrime, 'tanh′(x) = 1 − tanh(x)²', tanh, (y) => sub(1, square(y))),
  {
    op: ops.softmax,
    statement: 'softmax(x) = e^{log softmax(x)}',
    rewrite: (node, { present }) => {
      const y = logSoftmax(first(node), node.params as AxisOptions)
      return present(y) ? exp(y) : undefined
    },
  },
  {
    op: ops.greater,
    statement: '[x > 0] = [relu(x) > 0]',
    rewrite: (node, { present }) => {
      const [x, bound] = node.args as [Node, Node]
      if (uniformValue(bound) !== 0 || !sameShape(x.shape, node.shape)) return undefined
      const y = relu(x)
      return x.op !== ops.relu && present(y) ? greater(y, bound) : undefined
    },
  },
  {
    op: ops.convolve2d,
    statement: 'convolve2d(x, w) = conv2d(x, rot180(w))',
    rewrite: ({ args: [x, w, ...bias], params, graph }) =>
      graph.record(ops.conv2d, [x!, rot180(w!), ...bias], params),
  },
  {
    op: ops.mean,
    statement: 'mean(x) = Σ x / n',
    rewrite: (node) => {
      const x = first(node)
      const { axes, keepDims } = node.params as ReduceParams
      return div(sum(x, { axes, keepDims }), sizeOf(x.shape) / sizeOf(node.shape))
    },
  },
  {
    op: ops.logSumExp,
    statement: 'log Σ e^x = m + log Σ e^{x − m}, m the largest',
    rewrite: (node) => {
      const x = first(node)
      const { axes, keepDims } = node.params as ReduceParams
      const largest = max(x, { axes, keepDims: true })
      const sums = sum(expDifference(x, largest), { axes, keepDims })
      return add(reshape(largest, node.shape), log(sums))
    },
  },
  {
    op: ops.norm,
    statement: 'a norm is L2 pooling by a window that is all of it',
    rewrite: (node) => {
      const x = first(node)
      const { axes } = node.params as ReduceParams
      const others = [...x.shape.keys()].filter((axis) => !axes.includes(axis))
      const order = [...others, ...axes]
      const isOrdered = order.every((axis, k) => axis === k)
      const behind = isOrdered ? x : transpose(x, { axes: order })
      const count = sizeOf(axes.map((axis) => x.shape[axis]!))
      const rows = reshape(behind, [sizeOf(x.shape) / count, 1, count])
      return reshape(l2Pool2d(rows, { size: [1, count] }), node.shape)
    },
  },
  {
    op: ops.squaredError,
    statement: 'squaredError(y, t) = ½ Σ (t − y)²',
    rewrite: ({ args: [y, t] }) => mul(0.5, sum(square(sub(t!, y!)))),
  },
  {
    op: ops.crossEntropy,
    statement: 'crossEntropy(z, t) = −Σ t log softmax(z)',
    // Not even a logit of −∞ counts where its target is 0.
    rewrite: ({ args: [z, t] }) => neg(sum(mulOrZero(t!, logSoftmax(z!)))),
  },
  ...sumLaws,
]
