// Laws by which a graph is rewritten before it is planned. Data: each law says what it is, at which
// op it starts, and what it makes of a node. The driver is in lower.ts.
import {
  exp,
  greater,
  isOp,
  mul,
  type Node,
  type OpName,
  operandNames,
  opNamed,
  sameShape,
  square,
  sub,
} from '@backprove/graph'
import { uniformValue } from '../uniform.ts'
import type { Law } from './law.ts'
import { sumLaws } from './sums.ts'

const first = (node: Node): Node => node.args[0]!

/** One operand is left alone where the other is `neutral` throughout. */
const neutral = (op: OpName, statement: string, value: number, side: 0 | 1): Law => ({
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
  op: OpName,
  statement: string,
  forward: OpName,
  rewritten: (y: Node) => Node,
): Law => ({
  op,
  statement,
  rewrite: (node, { present }) => {
    const x = first(node)
    const recorded = opNamed(forward)
    const y = recorded && x.graph.record(recorded, [x], node.params)
    return y && present(y) ? rewritten(y) : undefined
  },
})

/** An op that has no kernel is what it says itself. */
const expanded = (op: OpName, statement: string): Law => ({
  op,
  statement,
  rewrite: ({ op, args, params }) => {
    const names = operandNames(op, args.length)
    return op.expansion?.(Object.fromEntries(names.map((name, k) => [name, args[k]!])), params)
  },
})

/** The laws that every backend applies; each backend may have further ones. */
export const laws: readonly Law[] = [
  neutral('mul', 'x · 1 = x', 1, 1),
  neutral('mul', '1 · x = x', 1, 0),
  neutral('div', 'x / 1 = x', 1, 1),
  neutral('add', 'x + 0 = x', 0, 1),
  neutral('add', '0 + x = x', 0, 0),
  neutral('sub', 'x − 0 = x', 0, 1),
  { op: 'identity', statement: 'identity(x) = x', rewrite: first },
  { op: 'stopGradient', statement: 'sg(x) = x', rewrite: first },
  {
    op: 'neg',
    statement: '−−x = x',
    rewrite: (node) => (isOp(first(node).op, 'neg') ? first(first(node)) : undefined),
  },
  reuse('sigmoidPrime', 'σ′(x) = σ(x)(1 − σ(x))', 'sigmoid', (y) => mul(y, sub(1, y))),
  reuse('tanhPrime', 'tanh′(x) = 1 − tanh(x)²', 'tanh', (y) => sub(1, square(y))),
  reuse('softmax', 'softmax(x) = e^{log softmax(x)}', 'logSoftmax', exp),
  {
    op: 'greater',
    statement: '[x > 0] = [relu(x) > 0]',
    rewrite: (node, { present }) => {
      const [x, bound] = node.args as [Node, Node]
      const relu = opNamed('relu')
      if (!relu || x.op === relu || uniformValue(bound) !== 0) return undefined
      if (!sameShape(x.shape, node.shape)) return undefined
      const y = x.graph.record(relu, [x], {})
      return present(y) ? greater(y, bound) : undefined
    },
  },
  expanded('convolve2d', 'convolve2d(x, w) = conv2d(x, rot180(w))'),
  expanded('mean', 'mean(x) = Σ x / n'),
  expanded('logSumExp', 'log Σ e^x = m + log Σ e^{x − m}, m the largest'),
  expanded('softmax', 'softmax(x) = e^{x − m} / Σ e^{x − m}, m the largest'),
  expanded('logSoftmax', 'log softmax(x) = x − m − log Σ e^{x − m}, m the largest'),
  expanded('norm', 'a norm is L2 pooling by a window that is all of it'),
  expanded('tril', 'tril(x) = [j ≤ i + k] x'),
  expanded('triu', 'triu(x) = [j ≥ i + k] x'),
  expanded('squaredError', 'squaredError(y, t) = ½ Σ (t − y)²'),
  expanded('crossEntropy', 'crossEntropy(z, t) = −Σ t log softmax(z)'),
  ...sumLaws,
]
