// What is surely at most 1 in size, or less, by the written form alone: σ and tanh of anything, and
// products and powers of such. So 1 − σ(z) is positive, and nobody is asked for it.
import { type Node, ops } from '@backprove/graph'
import type { Resolved } from '../language/resolved.ts'
import { activationOf } from '../network/activation.ts'
import type { Network } from '../network/network.ts'

/** 1: at most 1 in size; 0: less than 1; 2: unsaid. Where an array ends it is 0. */
export type Bound = 0 | 1 | 2

const opBounds: ReadonlyMap<unknown, Bound> = new Map<unknown, Bound>([
  [ops.sigmoid, 0],
  [ops.sigmoidPrime, 0],
  [ops.tanh, 0],
  [ops.erf, 0],
  [ops.tanhPrime, 1],
  [ops.softmax, 1],
  [ops.sin, 1],
  [ops.cos, 1],
])
const wordBounds: ReadonlyMap<string, Bound> = new Map<string, Bound>([
  ['sigmoid', 0],
  ['tanh', 0],
  ['erf', 0],
  ['softmax', 1],
  ['sin', 1],
  ['cos', 1],
])
/** What moves or repeats entries. */
export const movingOps: ReadonlySet<unknown> = new Set([
  ops.identity,
  ops.reshape,
  ops.broadcastTo,
  ops.transpose,
  ops.slice,
  ops.concat,
  ops.rot180,
  ops.flip,
])
const moving: ReadonlySet<unknown> = new Set([...movingOps, ops.neg])

const ofProduct = (bounds: readonly Bound[]): Bound => {
  if (bounds.includes(2)) return 2
  return bounds.includes(0) ? 0 : 1
}

const ofNumber = (size: number): Bound => (size < 1 ? 0 : size === 1 ? 1 : 2)

const boundOfNode = (node: Node): Bound => {
  const { op, args, params } = node
  const own = opBounds.get(op)
  if (own !== undefined) return own
  if (op === ops.constant) return ofNumber(Math.abs(numberOfNode(node) ?? 2))
  if (moving.has(op)) return Math.max(...args.map(boundOfNode)) as Bound
  if (op === ops.mul) return ofProduct(args.map(boundOfNode))
  if (op === ops.square) return boundOfNode(args[0]!)
  return op === ops.pow && (params as { n: number }).n >= 1 ? boundOfNode(args[0]!) : 2
}

/** The number that a constant is everywhere: the shortest decimal, which is 1 or more as it is. */
export const numberOfNode = ({ op, params }: Node): number | undefined => {
  if (op !== ops.constant) return undefined
  const { data } = params as { data: Float64Array }
  return data.every((value) => value === data[0]) ? data[0] : undefined
}

/** What is left of a number when each of the others takes its bound at most is above 0. */
const isMore = (left: number | bigint, others: readonly Bound[]): boolean =>
  !others.includes(2) && (left > 0 || (Number(left) === 0 && others.includes(0)))

/** 1 − y, 1 + tanh x. */
export const isMoreNode = ({ op, args }: Node): boolean => {
  const isOver = (x: Node, y: Node) => isMore((numberOfNode(x) ?? 0) - 1, [boundOfNode(y)])
  const [a, b] = args as [Node, Node]
  return isOver(a, b) || (op === ops.add && isOver(b, a))
}

const boundOf = (node: Resolved, network: Network): Bound => {
  const of = (part: Resolved): Bound => boundOf(part, network)
  switch (node.kind) {
    case 'numeral': {
      const { numerator, denominator } = node.value
      const size = numerator < 0n ? -numerator : numerator
      return size < denominator ? 0 : size === denominator ? 1 : 2
    }
    case 'array': {
      const found = network.nodes.get(node.name)
      return found ? boundOfNode(found) : 2
    }
    case 'entry':
      return of(node.array)
    case 'call':
      return node.order === 0 ? (wordBounds.get(node.word) ?? 2) : 2
    case 'activation': {
      const found = node.order === 0 ? activationOf(network)?.value : undefined
      return found && !found.graph.applicationOf(found) ? (opBounds.get(found.op) ?? 2) : 2
    }
    case 'product':
      return ofProduct(node.factors.map(of))
    case 'hadamard':
      return ofProduct([of(node.left), of(node.right)])
    case 'negation':
    case 'transposed':
      return of(node.operand)
    case 'iverson':
      return 1
    case 'power': {
      const { exponent } = node
      const isAtLeast1 =
        exponent.kind === 'numeral' && exponent.value.numerator >= exponent.value.denominator
      return isAtLeast1 ? of(node.base) : 2
    }
    default:
      return 2
  }
}

/** 1 − σ(z), 2 − a_i − a_j: one number, and what is less in size together. */
export const isMoreThanOthers = (terms: readonly Resolved[], network: Network): boolean => {
  const [only, ...more] = terms.flatMap((term) => (term.kind === 'numeral' ? [term.value] : []))
  if (!only || more.length > 0) return false
  const others = terms.filter(({ kind }) => kind !== 'numeral')
  const left = only.numerator - BigInt(others.length) * only.denominator
  return isMore(
    left,
    others.map((term) => boundOf(term, network)),
  )
}
