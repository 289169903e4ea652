// Where a claim is not judged: ties, kinks and poles that the claim or its network could meet.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import { hasPoles } from '../../conditions/conditions.ts'
import { piecesOf } from '../../core/line/pieces.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import { nodesBelow } from '../../language/walk.ts'
import { activationsOf, scalarActivation } from '../../network/activation.ts'
import type { Network } from '../../network/network.ts'
import type { Exclusion } from './point.ts'

const comparing = new Set(['max', 'min', 'med', 'floor', 'ceil'])

/**
 * Whether a side may be another formula at other points: where functions have pieces, few points
 * see few of them.
 */
export const hasPieces = (claim: ResolvedClaim, network: Network): boolean =>
  maskExclusions(claim, network).some((each) => each !== 'poles') ||
  nodesBelow<Part>(claim).some(isPiece) ||
  reachable(network).some(hasBend)

interface Part {
  readonly kind: string
  readonly name?: string
  readonly word?: string
  readonly operator?: string
  readonly order?: number
}

/** What has another value at another point. */
const values = new Set(['entry', 'array', 'cost', 'variable', 'derivative'])

/** Relations and roundings of values; those of indices are the same at every point. */
const isPiece = (node: Part): boolean =>
  (node.kind === 'comparison' ||
    comparing.has(node.word ?? '') ||
    (node.operator ?? 'sum') !== 'sum') &&
  nodesBelow<Part>(node).some(({ kind }) => values.has(kind))

/**
 * Of functions, slopes and brackets: what they are of may be equal to a number or to another.
 * Brackets of indices, [f = g], are the same at every point.
 */
const isContest = (part: Part, network: Network): boolean => {
  const { kind, word = '', operator } = part
  const isOne =
    ['iverson', 'comparison', 'extremum', 'first', 'winner'].includes(kind) ||
    (kind === 'activation' && mayBend(part, network)) ||
    bent.has(word) ||
    (operator ?? 'sum') !== 'sum'
  return isOne && nodesBelow<Part>(part).some((inner) => values.has(inner.kind))
}

/** σ, tanh and softplus have every slope everywhere, whatever they are of. */
const mayBend = ({ order = 0 }: Part, network: Network): boolean =>
  activationsOf(network).some((each) =>
    topologicalOrder([scalarActivation(each, order).value]).some(hasBend),
  )

const bent = new Set([...comparing, 'relu', 'abs', 'sign', 'leakyrelu', 'elu'])

const hasBend = (node: Node): boolean =>
  node.op.traits?.pieces !== undefined ||
  node.op.traits?.stepwise === true ||
  node.op === ops.divideOrZero ||
  piecesOf(node).compares

/** What a derivative of the claim goes through: all that is computed from what it is by. */
const between = (claim: ResolvedClaim, network: Network): readonly Node[] => {
  const by = nodesBelow<Part>(claim).flatMap(
    (part) => (part as { by?: readonly object[] }).by ?? [],
  )
  const met = new Set(
    by.flatMap((each) => [each, ...nodesBelow<Part>(each)].flatMap(nodeIn(network))),
  )
  return reachable(network).filter((node) => {
    const isReached = node.args.some((arg) => met.has(arg))
    if (isReached) met.add(node)
    return isReached
  })
}

const nodeIn =
  ({ nodes }: Network) =>
  (part: object): readonly Node[] => {
    const { name = '' } = part as Part
    const node = nodes.get(name)
    return node ? [node] : []
  }

/**
 * Whether ties and kinks may fill space: where what has pieces is made of what has pieces, relu of
 * relu or the winner of what won before, one of them may be constant, or two of them the same. In
 * the network only slopes ask for more than values: those that a derivative goes through.
 */
export const mayFill = (claim: ResolvedClaim, network: Network): boolean => {
  const isBent = (nodes: readonly Node[]) => topologicalOrder(nodes).some(hasBend)
  // A comparison stands in its own bracket.
  const isOther = (inner: Part) => inner.kind !== 'comparison' && isContest(inner, network)
  const inClaim = nodesBelow<Part>(claim).some(
    (part) =>
      isContest(part, network) &&
      nodesBelow<Part>(part).some((inner) => isOther(inner) || isBent(nodeIn(network)(inner))),
  )
  return inClaim || between(claim, network).some((node) => hasBend(node) && isBent(node.args))
}

/** Ties and kinks are excluded where the claim or the network could meet them. */
export const maskExclusions = (claim: ResolvedClaim, network: Network): Exclusion[] => {
  const kinds = new Set(nodesBelow<Part>(claim).flatMap(({ kind, word = '' }) => [kind, word]))
  const has = (...words: readonly string[]) => words.some((word) => kinds.has(word))
  const nodes = reachable(network)
  const ofOps = (which: 'ties' | 'kinks') => nodes.some(({ op }) => op.traits?.pieces === which)
  const ties = has('extremum', 'first', 'winner') || ofOps('ties')
  const isOwn = (node: Node) => !node.op.traits?.pieces && piecesOf(node).compares
  const kinks = has('relu', 'abs', 'sign') || ofOps('kinks') || nodes.some(isOwn)
  const poles = hasPoles(claim, network)
  return [
    ...(ties ? ['ties' as const] : []),
    ...(kinks ? ['kinks' as const] : []),
    ...(poles ? ['poles' as const] : []),
  ]
}

export const reachable = ({ cost, nodes }: Network): readonly Node[] =>
  topologicalOrder([cost, ...nodes.values()])
