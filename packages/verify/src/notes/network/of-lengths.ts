// Lengths of axes as numbers of a network's text: 1/n · Σ is the mean over the axis that n is the
// length of, for every n; anywhere else n is the number that was declared.
import {
  add,
  div,
  mean,
  mul,
  type Node,
  neg,
  ops,
  sub,
  sum,
  topologicalOrder,
} from '@backprove/graph'
import { classesOf } from '../../network/size-classes.ts'

/** An axis of an array that stands above. */
export interface Axis {
  readonly node: Node
  readonly axis: number
}

/** above/below · Π lengths, or above/below · Π 1/lengths. */
export interface OfLengths {
  readonly kind: 'of lengths'
  readonly above: number
  readonly below: number
  readonly axes: readonly Axis[]
  readonly isDivided: boolean
}

export const lengthOf = (axis: Axis): OfLengths => ({
  kind: 'of lengths',
  above: 1,
  below: 1,
  axes: [axis],
  isDivided: false,
})

export const isOfLengths = (value: unknown): value is OfLengths =>
  (value as { kind?: unknown })?.kind === 'of lengths'

/** The number that it is as declared: over and under the stroke. */
export const asFraction = ({ above, below, axes, isDivided }: OfLengths) => {
  const size = axes.reduce((product, { node, axis }) => product * node.shape[axis]!, 1)
  return isDivided ? { above, below: below * size } : { above: above * size, below }
}

const inverse = ({ above, below, isDivided, ...rest }: OfLengths): OfLengths => ({
  ...rest,
  above: below,
  below: above,
  isDivided: !isDivided,
})

/** 2 n, 1/(2 n), n m: undefined where lengths would be added, or divided by each other. */
export const combined = (
  operator: string,
  left: OfLengths | number,
  right: OfLengths | number,
): OfLengths | undefined => {
  if (operator === '/')
    return typeof right !== 'number'
      ? combined('*', left, inverse(right))
      : typeof left !== 'number' && right !== 0
        ? { ...left, below: left.below * right }
        : undefined
  if (operator !== '*' && operator !== 'beside') return undefined
  if (typeof left === 'number')
    return typeof right === 'number' ? undefined : { ...right, above: right.above * left }
  if (typeof right === 'number') return { ...left, above: left.above * right }
  if (left.isDivided !== right.isDivided) return undefined
  return {
    ...left,
    above: left.above * right.above,
    below: left.below * right.below,
    axes: [...left.axes, ...right.axes],
  }
}

/** Σ / n as a mean, times the number beside n; undefined where no such sum stands there. */
export const averaged = (node: Node, operator: string, factor: OfLengths): Node | undefined => {
  const by = operator === '/' ? inverse(factor) : factor
  if (!by.isDivided || (operator !== '/' && operator !== '*' && operator !== 'beside'))
    return undefined
  const found = meanOver(node, by.axes)
  if (!found || by.above === by.below) return found
  const times = by.above === 1 ? found : mul(found, by.above)
  return by.below === 1 ? times : div(times, by.below)
}

const meanOver = (node: Node, axes: readonly Axis[]): Node | undefined => {
  const { op, args } = node
  const [a, b] = args as [Node, Node]
  const inner = (each: Node) => meanOver(each, axes)
  if (op === ops.neg) return mapped([a], inner, neg)
  if (op === ops.add) return mapped([a, b], inner, add)
  if (op === ops.sub) return mapped([a, b], inner, sub)
  if (op === ops.mul && a.op === ops.constant) return mapped([b], inner, (x) => mul(a, x))
  if (op === ops.mul && b.op === ops.constant) return mapped([a], inner, (x) => mul(x, b))
  return op === ops.sum ? meanOfSum(node, axes) : undefined
}

const mapped = (
  args: readonly Node[],
  inner: (each: Node) => Node | undefined,
  make: (...found: Node[]) => Node,
): Node | undefined => {
  const found = args.flatMap((each) => inner(each) ?? [])
  return found.length === args.length ? make(...found) : undefined
}

const meanOfSum = (node: Node, axes: readonly Axis[]): Node | undefined => {
  const [x] = node.args as [Node]
  const { axes: summed, keepDims } = node.params as { axes: readonly number[]; keepDims: boolean }
  const nodes = topologicalOrder([x, ...axes.map((each) => each.node)])
  const { rootOf } = classesOf(nodes, 'all vary')
  const left = [...summed]
  const divided = axes.flatMap(({ node: owner, axis }) => {
    const at = left.findIndex((each) => rootOf(x, each) === rootOf(owner, axis))
    return at < 0 ? [] : left.splice(at, 1)
  })
  if (divided.length < axes.length) return undefined
  const found = mean(x, { axes: divided, keepDims })
  if (left.length === 0) return found
  const shift = (axis: number) => (keepDims ? 0 : divided.filter((each) => each < axis).length)
  return sum(found, { axes: left.map((axis) => axis - shift(axis)), keepDims })
}
