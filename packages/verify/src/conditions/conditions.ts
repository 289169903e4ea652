// Which of the conditions of a statement are not always met, and where its network has no value.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import { piecesOf } from '../core/line/pieces.ts'
import { type Condition, conditionsOf } from '../language/conditions.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import { activationOf } from '../network/activation.ts'
import type { Network } from '../network/network.ts'
import { isNever0, type Loose, signOf, signOfNode } from './signs.ts'

/** What a node of the network asks of every entry of another, or of its own. */
export interface NodeCondition {
  readonly asks: Condition['asks']
  readonly of: Node
}

const isMet = ({ asks, of }: Condition, network: Network, loose: Loose): boolean => {
  if (asks === 'not 0') return isNever0(of, network, loose)
  const sign = signOf(of, network, loose)
  return sign === 'positive' || (asks === 'not negative' && sign === 'not negative')
}

// ---- the network

/** What an op asks for to have a value, and a derivative where that is asked for. */
const conditionsOfNode = (node: Node, isDifferential: boolean): NodeCondition[] => {
  const { op, args, params } = node
  const [first, second] = args
  const asking = (asks: Condition['asks'], of: Node | undefined): NodeCondition[] => {
    const sign = of && signOfNode(of)
    const isMet =
      !of ||
      sign === 'positive' ||
      (asks === 'not 0' && sign === 'not zero') ||
      (asks === 'not negative' && sign === 'not negative')
    return isMet ? [] : [{ asks, of }]
  }
  if (op === ops.div) return asking('not 0', second)
  // It has a value everywhere; where it jumps it has no derivative.
  if (op === ops.divideOrZero) return isDifferential ? asking('not 0', second) : []
  if (op === ops.log || op === ops.power) return asking('positive', first)
  if (op === ops.l2Pool2d || op === ops.norm)
    return isDifferential && signOfNode(first!) !== 'positive' ? [{ asks: 'not 0', of: node }] : []
  if (op === ops.sqrt) return asking(isDifferential ? 'positive' : 'not negative', first)
  if (op !== ops.pow) return []
  const { n } = params as { n: number }
  if (Number.isInteger(n)) return n < 0 ? asking('not 0', first) : []
  return asking(n < 0 || isDifferential ? 'positive' : 'not negative', first)
}

const partial = new WeakMap<Node, boolean>()

/** Whether there are points at which a node has no value. */
export const lacksValues = (node: Node): boolean => {
  const known = partial.get(node)
  if (known !== undefined) return known
  const found = topologicalOrder([node]).some(
    (each) => conditionsOfNode(each, false).length > 0 || piecesOf(each).lacks,
  )
  partial.set(node, found)
  return found
}

/** The nodes that a statement reads, and whether it differentiates. */
const readBy = (claim: Pick<ResolvedClaim, 'operands'>, network: Network) => {
  const nodes = new Set<Node>()
  let isDifferential = false
  const visit = (node: Resolved): void => {
    if (node.kind === 'array') {
      const found = network.nodes.get(node.name)
      if (found) nodes.add(found)
    }
    if (node.kind === 'cost') nodes.add(network.cost)
    if (node.kind === 'activation') nodes.add(activationOf(network)?.value ?? network.cost)
    if (node.kind === 'derivative') isDifferential = true
    if ('order' in node && node.order > 0) isDifferential = true
    childNodes<Resolved>(node).forEach(visit)
  }
  claim.operands.forEach(visit)
  return { nodes: [...nodes], isDifferential }
}

/** What a claim asks for that is not always so. */
export const openConditions = (claim: ResolvedClaim, network: Network): readonly Condition[] => {
  const { free, ranges } = claim
  const loose: Loose = (name) =>
    free.includes(name) ? (ranges?.loose.includes(name) ?? false) : ranges?.sums === 'support'
  return conditionsOf(claim).filter((condition) => !isMet(condition, network, loose))
}

/** What the nodes that a claim reads ask for that is not always so. */
export const nodeConditions = (
  claim: Pick<ResolvedClaim, 'operands'>,
  network: Network,
): readonly NodeCondition[] => {
  const { nodes, isDifferential } = readBy(claim, network)
  return topologicalOrder(nodes).flatMap((node) => conditionsOfNode(node, isDifferential))
}

/** Whether there are points at which a side has no value. */
export const hasPoles = (claim: ResolvedClaim, network: Network): boolean =>
  openConditions(claim, network).length > 0 ||
  nodeConditions(claim, network).length > 0 ||
  readBy(claim, network).nodes.some(lacksValues)
