// Laws of sums: what is the same for every term stands outside, a sum of two arrays is two sums
// where one of them is known, and deviations from a mean add up to 0. The derivative of batch
// normalisation has seven sums over its pixels; by these laws two are left, of g and of g x̂.
import {
  add,
  broadcastTo,
  div,
  isOp,
  mul,
  type Node,
  neg,
  opNamed,
  type ReduceParams,
  reshape,
  type Shape,
  sameShape,
  sizeOf,
  sub,
} from '@backprove/graph'
import { uniformValue } from '../uniform.ts'
import type { Law, LawContext } from './law.ts'

const sumOf = (x: Node, params: object): Node => x.graph.record(opNamed('sum')!, [x], params)

/** What is repeated to make an array. */
function unrepeated(node: Node): Node {
  let seen = node
  while (isOp(seen.op, 'broadcastTo')) seen = seen.args[0]!
  return seen
}

/** The axis of an array that meets this axis of a shape, as broadcasting aligns them. */
const lengthAlong = (own: Shape, axis: number, shape: Shape): number =>
  own[axis - shape.length + own.length] ?? 1

const isSame = (factor: Node, axes: readonly number[], shape: Shape): boolean =>
  axes.every((axis) => lengthAlong(factor.shape, axis, shape) === 1)

/** ± over[0] over[1] … / (under[0] …): products, quotients and signs taken apart. */
interface Product {
  readonly negative: boolean
  readonly over: readonly Node[]
  readonly under: readonly Node[]
}

/** A product of more factors is left alone: it was made by hand, and costs no pass. */
const MOST_FACTORS = 12

function factorsOf(node: Node): Product {
  let negative = false
  const over: Node[] = []
  const under: Node[] = []
  const waiting: [Node, boolean][] = [[node, false]]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const [part, isUnder] = next
    const { op, args } = part
    const isProduct = isOp(op, 'mul') || isOp(op, 'div')
    if (isOp(op, 'neg')) {
      negative = !negative
      waiting.push([args[0]!, isUnder])
    } else if (isProduct && over.length + under.length + waiting.length < MOST_FACTORS) {
      waiting.push([args[1]!, isUnder !== isOp(op, 'div')], [args[0]!, isUnder])
    } else (isUnder ? under : over).push(part)
  }
  return { negative, over, under }
}

const productOf = (over: readonly Node[], under: readonly Node[]): Node | undefined => {
  const above = over.reduce<Node | undefined>((a, b) => (a ? mul(a, b) : b), undefined)
  const below = under.reduce<Node | undefined>((a, b) => (a ? mul(a, b) : b), undefined)
  if (!below) return above
  return above ? div(above, below) : div(1, below)
}

/** An array that is the same along `axes`, as it stands beside a sum along them. */
function besideSum(factor: Node, { axes, keepDims }: ReduceParams, shape: Shape): Node {
  const seen = unrepeated(factor)
  const all = shape.map((_, axis) => lengthAlong(seen.shape, axis, shape))
  const left = all.filter((_, axis) => keepDims || !axes.includes(axis))
  return sameShape(left, seen.shape) ? seen : reshape(seen, left)
}

/** Σ of a product with the factors outside that are the same for every term; else undefined. */
function factored(node: Node, params: ReduceParams): Node | undefined {
  const { negative, over, under } = factorsOf(node)
  const outside = (factor: Node) => isSame(unrepeated(factor), params.axes, node.shape)
  const inside = productOf(
    over.filter((factor) => !outside(factor)),
    under.filter((factor) => !outside(factor)),
  )
  const arrays = [...over, ...under].filter(outside)
  const isWorthIt = arrays.some((factor) => sizeOf(unrepeated(factor).shape) > 1)
  if (!inside || !isWorthIt || !sameShape(inside.shape, node.shape)) return undefined
  const beside = (factors: readonly Node[]): Node[] =>
    factors.filter(outside).map((factor) => besideSum(factor, params, node.shape))
  const scale = productOf(beside(over), beside(under))!
  const sum = mul(sumOf(inside, params), scale)
  return negative ? neg(sum) : sum
}

type Present = LawContext['present']

/** Σ (a ± b) = Σ a ± Σ b where a sum that this needs is known already. */
function split(node: Node, params: ReduceParams, present: Present): Node | undefined {
  if (isOp(node.op, 'neg')) {
    const inner = split(node.args[0]!, params, present)
    return inner && neg(inner)
  }
  if (!isOp(node.op, 'add') && !isOp(node.op, 'sub')) return undefined
  const [a, b] = node.args as [Node, Node]
  if (!sameShape(a.shape, node.shape) || !sameShape(b.shape, node.shape)) return undefined
  const sums = [a, b].map((part) => factored(part, params) ?? sumOf(part, params)) as [Node, Node]
  const isKnown = [a, b].some((part) => present(innerSum(part, params)))
  if (!isKnown) return undefined
  return isOp(node.op, 'add') ? add(...sums) : sub(...sums)
}

/** The sum that is left inside when the factors of a product have been taken out. */
function innerSum(node: Node, params: ReduceParams): Node {
  let sum = factored(node, params) ?? sumOf(node, params)
  while (isOp(sum.op, 'mul') || isOp(sum.op, 'neg')) sum = sum.args[0]!
  return sum
}

/** The axes of x that a sum of a sum … of x runs along, and x. */
function nested(node: Node): { readonly x: Node; readonly axes: ReadonlySet<number> } {
  const { axes } = node.params as ReduceParams
  const [x] = node.args as [Node]
  const inner = isOp(x.op, 'sum') ? nested(x) : { x, axes: new Set<number>() }
  if (!isOp(x.op, 'sum') || (x.params as ReduceParams).keepDims) {
    return { x: inner.x, axes: new Set([...inner.axes, ...axes]) }
  }
  const left = inner.x.shape.map((_, axis) => axis).filter((axis) => !inner.axes.has(axis))
  return { x: inner.x, axes: new Set([...inner.axes, ...axes.map((axis) => left[axis]!)]) }
}

/** Whether an array is the mean of x along these axes, repeated along them. */
function isMeanOf(node: Node, x: Node, axes: ReadonlySet<number>): boolean {
  let mean = node
  while (isOp(mean.op, 'broadcastTo') || isOp(mean.op, 'reshape')) mean = mean.args[0]!
  if (!isOp(mean.op, 'div')) return false
  const [sum, count] = mean.args as [Node, Node]
  if (!isOp(sum.op, 'sum') || sum.args[0] !== x) return false
  const own = (sum.params as ReduceParams).axes
  const terms = own.reduce((product, axis) => product * x.shape[axis]!, 1)
  const kept = x.shape.map((length, axis) => (axes.has(axis) ? 1 : length))
  const repeated = x.shape.map((_, axis) => lengthAlong(unrepeated(node).shape, axis, x.shape))
  return (
    uniformValue(count) === terms &&
    own.length === axes.size &&
    own.every((axis) => axes.has(axis)) &&
    sameShape(repeated, kept)
  )
}

export const sumLaws: readonly Law[] = [
  {
    op: 'sum',
    statement: 'Σ (x − mean x) = 0',
    rewrite: (node) => {
      const { x: deviation, axes } = nested(node)
      if (!isOp(deviation.op, 'sub')) return undefined
      const [x, mean] = deviation.args as [Node, Node]
      if (!sameShape(x.shape, deviation.shape) || !isMeanOf(mean, x, axes)) return undefined
      return broadcastTo(node.graph.constant(0), node.shape)
    },
  },
  {
    op: 'sum',
    statement: 'Σ_i Σ_j x = Σ_{i,j} x',
    rewrite: (node, { original, usedOnlyBy }) => {
      const [inner] = node.args as [Node]
      const [recorded] = original.args
      // A sum that somebody else needs is worked out anyway.
      const isRecorded = recorded && isOp(recorded.op, 'sum')
      const isShared = isRecorded && !usedOnlyBy(recorded, (use) => use === original)
      if (!isOp(inner.op, 'sum') || isShared) return undefined
      const { x, axes } = nested(node)
      const together = sumOf(x, { axes: [...axes].sort((a, b) => a - b), keepDims: false })
      return sameShape(together.shape, node.shape) ? together : reshape(together, node.shape)
    },
  },
  {
    op: 'sum',
    statement: 'Σ c x = c Σ x, c the same for every term',
    rewrite: (node) => factored(node.args[0]!, node.params as ReduceParams),
  },
  {
    op: 'sum',
    statement: 'Σ (x + y) = Σ x + Σ y',
    rewrite: (node, { present }) => split(node.args[0]!, node.params as ReduceParams, present),
  },
]
