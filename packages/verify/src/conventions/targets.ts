// Targets of a cross-entropy that sum to 1, as one-hot labels and probabilities do.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import { rational } from '../language/rational.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'

const span = { start: 0, end: 0 }

/** A target, and the axes along which its classes lie. */
interface Target {
  readonly node: Node
  readonly classes: readonly number[]
}

const one: Resolved = { kind: 'numeral', value: rational(1n), span }

interface Entry {
  readonly letters: readonly string[]
  readonly entry: Resolved
}

/** t_{…k} of a target that has a name. */
const entryOf = ({ node }: Target, { scope }: Network): Entry | undefined => {
  const known = scope.names.find(({ name }) => name === node.name)
  if (!known || known.rank === 0) return undefined
  const letters = Array.from({ length: known.rank }, (_, axis) => `t″${axis + 1}`)
  const array: Resolved = { kind: 'array', name: known.name, skip: 0, span }
  const indices = letters.map((name): Resolved => ({ kind: 'index', name, span }))
  return { letters, entry: { kind: 'entry', array, indices, span } }
}

const equation = (left: Resolved, right: Resolved, free: readonly string[]): ResolvedClaim => ({
  operands: [left, right],
  relations: ['='],
  free,
  span,
})

/** Σ_k t_{…k} = 1. */
const sumsToOne = ({ classes }: Target, { letters, entry: body }: Entry): ResolvedClaim => {
  const isSummed = (_: string, axis: number) => classes.includes(axis)
  const binders = letters.filter(isSummed).map((name) => ({ name, span }))
  const sum: Resolved = { kind: 'reduction', operator: 'sum', binders, conditions: [], body, span }
  const free = letters.filter((each, axis) => !isSummed(each, axis))
  return equation(sum, one, free)
}

/** t² = t: 1 or 0. */
const isClass = (_: Target, { letters, entry }: Entry): ResolvedClaim =>
  equation({ kind: 'product', factors: [entry, entry], span }, entry, letters)

type Params = { readonly axis?: number; readonly axes?: readonly number[] }

/** The axes along which an array adds up to 1 as a softmax does, seen through transposes. */
const shareOf = (node: Node | undefined): readonly number[] | undefined => {
  const { axis, axes = [] } = (node?.params ?? {}) as Params
  if (node?.op === ops.softmax) return [axis!]
  if (node?.op === ops.div && node.args[0]?.op === ops.exp) return sumOf(node.args[1], node.args[0])
  const inner = node?.op === ops.transpose ? shareOf(node.args[0]) : undefined
  return inner?.map((each) => axes.indexOf(each))
}

/** Those along which a node is the sum of another. */
const sumOf = (node: Node | undefined, part: Node): readonly number[] | undefined => {
  if (node?.op === ops.reshape) return sumOf(node.args[0], part)
  return node?.op === ops.sum && node.args[0] === part ? (node.params as Params).axes : undefined
}

const logOfSum = (node: Node | undefined): readonly number[] | undefined => {
  if (node?.op === ops.reshape) return logOfSum(node.args[0])
  const sum = node?.op === ops.log ? node.args[0] : node
  const isSum = node?.op === ops.logSumExp || (sum !== node && sum?.op === ops.sum)
  return isSum ? (sum!.params as Params).axes : undefined
}

/** Of log softmax(z), log(e^z / Σ e^z), z − log Σ e^z. */
const logOfSoftmax = ({ op, args, params }: Node): readonly number[] | undefined => {
  if (op === ops.log) return shareOf(args[0])
  if (op === ops.logSoftmax) return [(params as Params).axis!]
  return op === ops.sub ? logOfSum(args[1]) : undefined
}

/** The t of crossEntropy(z, t), and of t log y of a softmax y. */
const targetOf = ({ op, args }: Node): Target | undefined => {
  const [first, second] = args
  if (op === ops.crossEntropy) return { node: second!, classes: [second!.shape.length - 1] }
  if (op !== ops.mul) return undefined
  for (const [node, other] of [
    [first!, second!],
    [second!, first!],
  ] as const) {
    // A target of fewer axes stands beside every row.
    const skipped = other.shape.length - node.shape.length
    const classes = logOfSoftmax(other)?.map((axis) => axis - skipped)
    if (classes?.every((axis) => axis >= 0)) return { node, classes }
  }
  return undefined
}

const targetsOf = ({ cost }: Network): readonly Target[] => {
  const found = topologicalOrder([cost]).flatMap((node) => targetOf(node) ?? [])
  const given = found.filter(({ node }) => node.op.traits?.leaf)
  return [...new Map(given.map((each) => [each.node, each])).values()]
}

/** The targets of a softmax that were given. */
export const softmaxTargets = (network: Network): Node[] =>
  targetsOf(network).map(({ node }) => node)

const saidOf = (network: Network, ...said: readonly (typeof sumsToOne)[]): ResolvedClaim[] =>
  targetsOf(network).flatMap((target) => {
    const entry = entryOf(target, network)
    return entry ? said.map((each) => each(target, entry)) : []
  })

export const targetsSumToOne = (network: Network): ResolvedClaim[] => saidOf(network, sumsToOne)

export const targetsAreClasses = (network: Network): ResolvedClaim[] =>
  saidOf(network, sumsToOne, isClass)
