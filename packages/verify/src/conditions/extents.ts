// Between which numbers every entry of a node surely is, by the ops alone: tanh x − 1 is at most 0,
// whatever is fed. Infinite ends where the rules do not tell.
import { type Node, ops } from '@backprove/graph'
import { movingOps, numberOfNode } from './bounds.ts'
import { signOfNode } from './signs.ts'

type Extent = readonly [low: number, high: number]

const all: Extent = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]

const sum = ([a, b]: Extent, [c, d]: Extent): Extent => [a + c, b + d]
const negative = ([a, b]: Extent): Extent => [-b, -a]
const larger = ([a, b]: Extent, [c, d]: Extent): Extent => [Math.max(a, c), Math.max(b, d)]

const fixed: ReadonlyMap<unknown, Extent> = new Map<unknown, Extent>([
  ...[ops.sigmoid, ops.softmax, ops.tanhPrime].map((op) => [op, [0, 1]] as const),
  ...[ops.tanh, ops.erf, ops.sin, ops.cos, ops.sign].map((op) => [op, [-1, 1]] as const),
  ...[ops.greater, ops.less, ops.equal].map((op) => [op, [0, 1]] as const),
])

const ruled: ReadonlyMap<unknown, (first: Extent, second: Extent) => Extent> = new Map([
  [ops.add, sum],
  [ops.sub, (a: Extent, b: Extent) => sum(a, negative(b))],
  [ops.neg, negative],
  [ops.maximum, larger],
  [ops.minimum, (a: Extent, b: Extent) => negative(larger(negative(a), negative(b)))],
  [ops.relu, (a: Extent) => larger(a, [0, 0])],
  [ops.identity, (a: Extent) => a],
  [ops.maxPool2d, (a: Extent) => a],
])

const known = new WeakMap<Node, Extent>()

const extentOf = (node: Node): Extent => {
  const before = known.get(node)
  if (before) return before
  const [low, high] = byOp(node)
  const isAbove = /^(?:positive|not negative)$/.test(signOfNode(node))
  const found: Extent = [
    Number.isNaN(low) ? all[0] : isAbove ? Math.max(low, 0) : low,
    Number.isNaN(high) ? all[1] : high,
  ]
  known.set(node, found)
  return found
}

const byOp = (node: Node): Extent => {
  const { op, args } = node
  const number = numberOfNode(node)
  if (number !== undefined) return [number, number]
  const own = fixed.get(op)
  if (own) return own
  const [first = all, second = all] = args.slice(0, 2).map(extentOf)
  if (movingOps.has(op) && args.length === 1) return first
  return ruled.get(op)?.(first, second) ?? all
}

/** a is never on both sides of b. */
export const isOneSided = (a: Node, b: Node): boolean => {
  const [[low, high], [least, most]] = [extentOf(a), extentOf(b)]
  return low >= most || high <= least
}

/** 0 times anything. */
export const isZeroNode = (node: Node): boolean => extentOf(node).every((end) => end === 0)

/** It is never on both sides of 0. */
export const hasOneSign = (node: Node): boolean => {
  const [low, high] = extentOf(node)
  return low >= 0 || high <= 0
}
