// Targets of a cross-entropy that sum to 1, as one-hot labels and probabilities do.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import { rational } from '../language/rational.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import type { Network } from '../network/network.ts'

const span = { start: 0, end: 0 }

/** Σ_k t_{…k} = 1 of each target. */
const sumsToOne = (target: Node, { scope }: Network): ResolvedClaim[] => {
  const known = scope.names.find(({ name }) => name === target.name)
  if (!known || known.rank === 0) return []
  const letters = Array.from({ length: known.rank }, (_, axis) => `t″${axis + 1}`)
  const array: Resolved = { kind: 'array', name: known.name, skip: 0, span }
  const indices = letters.map((name): Resolved => ({ kind: 'index', name, span }))
  const body: Resolved = { kind: 'entry', array, indices, span }
  const sum: Resolved = {
    kind: 'reduction',
    operator: 'sum',
    binders: [{ name: letters.at(-1)!, span }],
    conditions: [],
    body,
    span,
  }
  const one: Resolved = { kind: 'numeral', value: rational(1n), span }
  return [{ operands: [sum, one], relations: ['='], free: letters.slice(0, -1), span }]
}

/** log softmax(z), log(e^z / Σ e^z), z − log Σ e^z. */
const isLogOfSoftmax = ({ op, args }: Node): boolean => {
  const [first, second] = args
  if (op === ops.log) return first?.op === ops.softmax || isShare(first)
  return op === ops.logSoftmax || (op === ops.sub && isLogOfSum(second))
}

/** What is divided by its own sum. */
const isShare = (node: Node | undefined): boolean =>
  node?.op === ops.div && node.args[0]?.op === ops.exp && isSumOf(node.args[1], node.args[0])

const isSumOf = (node: Node | undefined, part: Node): boolean =>
  node?.op === ops.sum
    ? node.args[0] === part
    : node?.op === ops.reshape && isSumOf(node.args[0], part)

const isLogOfSum = (node: Node | undefined): boolean =>
  node?.op === ops.logSumExp || (node?.op === ops.log && node.args[0]?.op === ops.sum)

/** The t of crossEntropy(z, t), and of t log y of a softmax y. */
const targetOf = ({ op, args }: Node): Node | undefined => {
  if (op === ops.crossEntropy) return args[1]
  if (op !== ops.mul) return undefined
  const at = args.findIndex(isLogOfSoftmax)
  return at < 0 ? undefined : args[1 - at]
}

/** The targets of a softmax that were given. */
export const softmaxTargets = ({ cost }: Network): Node[] => {
  const targets = topologicalOrder([cost]).map(targetOf)
  return [...new Set(targets.filter((node) => node !== undefined))].filter(
    ({ op }) => op.traits?.leaf,
  )
}

export const targetsSumToOne = (network: Network): ResolvedClaim[] =>
  softmaxTargets(network).flatMap((node) => sumsToOne(node, network))
