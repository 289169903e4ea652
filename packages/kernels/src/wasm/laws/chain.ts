// What stands before a max-pooling: increasing functions and biases, which the pooling may pass.
import { isOp, type Node, opNamed, reshape, type TiedPoolParams } from '@backprove/graph'
import { familyOf, keyOf, type OpKey } from '../../plan/families.ts'
import type { LawContext } from '../../plan/laws/law.ts'

/** φ(z) with φ increasing, entry by entry. */
const isIncreasing = ({ op, args }: Node): boolean =>
  op.traits?.monotone === true && op.traits.elementwise === true && args.length === 1

/** The same number throughout each plane: its last two axes are broadcast. */
const isPlaneConstant = (bias: Node, shape: readonly number[]): boolean =>
  bias.shape.length <= shape.length &&
  bias.shape.slice(-2).every((length) => length === 1) &&
  shape.length >= 2

/** x + b, b constant in each plane: [x, b]. */
export function biased({ op, args, shape }: Node): readonly [Node, Node] | undefined {
  if (!isOp(op, 'add')) return undefined
  const [a, b] = args as [Node, Node]
  if (isPlaneConstant(b, shape) && a.shape.join() === shape.join()) return [a, b]
  return isPlaneConstant(a, shape) && b.shape.join() === shape.join() ? [b, a] : undefined
}

/** What a node is made from, if the pooling may pass it. */
export const passed = (node: Node): Node | undefined =>
  isIncreasing(node) ? node.args[0] : biased(node)?.[0]

const isPool = ({ op }: Node): boolean => isOp(op, 'maxPool2d') || isOp(op, 'maxPool2dInput')

/**
 * Whether the pooling of a recorded node may move before everything that it is made from: nobody
 * else wants those arrays, other than entry by entry, as derivatives of φ do.
 */
export function isPrivate(pooled: Node, { usedOnlyBy }: LawContext): boolean {
  if (!usedOnlyBy(pooled, isPool)) return false
  for (let node = passed(pooled); node; node = passed(node)) {
    const use = (by: Node): boolean => isPool(by) || familyOf(by.op) === 'elementwise'
    if (!usedOnlyBy(node, use)) return false
  }
  return true
}

/** max-pool(φ(x) + b) = φ(max-pool(x)) + b, all the way down. */
export function pool(x: Node, params: TiedPoolParams): Node {
  const { graph } = x
  const sum = biased(x)
  if (sum) return graph.record(opNamed('add')!, [pool(sum[0], params), sum[1]], {})
  if (isIncreasing(x)) return graph.record(x.op, [pool(x.args[0]!, params)], x.params)
  const [image, w, bias] = x.args
  if (!isOp(x.op, 'conv2d') || !bias) return graph.record(opNamed('maxPool2d')!, [x], params)
  const plain = graph.record(x.op, [image!, w!], x.params)
  const perPlane = reshape(bias, [bias.shape[0]!, 1, 1])
  return graph.record(opNamed('add')!, [pool(plain, params), perPlane], {})
}

/** What is pooled in the end. Its winners are those of all that the pooling has passed. */
export function innermost(x: Node): Node {
  let node = x
  for (let inner = passed(node); inner; inner = passed(node)) node = inner
  return withoutBias(node)
}

/** x without what is added to each of its planes. */
export function withoutBias(x: Node): Node {
  let node = x
  for (let sum = biased(node); sum; sum = biased(node)) node = sum[0]
  const [image, w, bias] = node.args
  if (!isOp(node.op, 'conv2d') || !bias) return node
  return node.graph.record(node.op, [image!, w!], node.params)
}

const strictlyIncreasing: ReadonlySet<OpKey> = new Set([
  'identity',
  'sigmoid',
  'tanh',
  'exp',
  'log',
  'sqrt',
  'softplus',
])

/** Whether each φ on the way is one that keeps unequal numbers unequal. */
export function keepsWinners(x: Node): boolean {
  for (let node: Node | undefined = x; node && passed(node); node = passed(node)) {
    if (!biased(node) && !strictlyIncreasing.has(keyOf(node.op))) return false
  }
  return true
}
