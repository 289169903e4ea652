// Which of the conditions of a statement are not always met, and where its network has no value.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import { piecesOf } from '../core/line/pieces.ts'
import { type Condition, conditionsOf } from '../language/conditions.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes, holding } from '../language/walk.ts'
import { activationOf, activationsOf, scalarActivation } from '../network/activation.ts'
import type { Network } from '../network/network.ts'
import { isNever0, type Loose, type Sign, signOf, signOfNode } from './signs.ts'

/** What a node of the network asks of every entry of another, or of its own. */
export interface NodeCondition {
  readonly asks: Condition['asks']
  readonly of: Node
}

const isMetBy = (sign: Sign, asks: Condition['asks']): boolean =>
  sign === 'positive' || sign === (asks === 'not 0' ? 'not zero' : asks)

const isMet = ({ asks, of }: Condition, network: Network, loose: Loose): boolean =>
  asks === 'not 0' ? isNever0(of, network, loose) : isMetBy(signOf(of, network, loose), asks)

// ---- the network

/** What an op asks for to have a value, and a derivative where that is asked for. */
const conditionsOfNode = (node: Node, isDifferential: boolean): NodeCondition[] => {
  const { op, args, params } = node
  const [first, second] = args
  const asking = (asks: Condition['asks'], of: Node | undefined): NodeCondition[] =>
    !of || isMetBy(signOfNode(of), asks) ? [] : [{ asks, of }]
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

/** Of what does not enter it in the network, a function may lack values that it has there. */
const lacksApplied = (network: Network) =>
  holding((part) => {
    const { kind, operand: of } = part as Extract<Resolved, { kind: 'activation' }>
    if (kind !== 'activation') return false
    const array = of.kind === 'entry' ? of.array : of
    const given = array.kind === 'array' && network.nodes.get(array.name)
    const all = activationsOf(network)
    if (all.some(({ argument }) => argument === given)) return false
    return all.some((each) => lacksValues(scalarActivation(each, 0).value))
  })

/** Whether there are points at which a side has no value. */
export const hasPoles = (claim: ResolvedClaim, network: Network): boolean =>
  openConditions(claim, network).length > 0 ||
  nodeConditions(claim, network).length > 0 ||
  readBy(claim, network).nodes.some(lacksValues) ||
  claim.operands.some(lacksApplied(network))
