// Where a statement has a value, as it was written and before anything cancels: what it divides by
// is not 0, logarithms are of what is positive, roots of what is not negative.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import { nonzeroIn } from '../language/letter-reads.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes, spellingOf } from '../language/walk.ts'
import type { Network } from '../network/network.ts'
import { isNever0, type Loose, signOf, signOfNode } from './signs.ts'

type Asks = 'not 0' | 'positive' | 'not negative'

export interface Condition {
  readonly asks: Asks
  readonly of: Resolved
}

/** What a node of the network asks of every entry of another, or of its own. */
export interface NodeCondition {
  readonly asks: Asks
  readonly of: Node
}

type Fraction = Extract<Resolved, { kind: 'numeral' }>['value']

const isWhole = ({ denominator }: Fraction): boolean => denominator === 1n

const ofPower = (node: Extract<Resolved, { kind: 'power' }>): Condition[] => {
  const { base, exponent } = node
  if (exponent.kind !== 'numeral') return [{ asks: 'positive', of: base }]
  const isNegative = exponent.value.numerator < 0n
  if (isWhole(exponent.value)) return isNegative ? [{ asks: 'not 0', of: base }] : []
  return [{ asks: isNegative ? 'positive' : 'not negative', of: base }]
}

const ofNode = (node: Resolved): Condition[] => {
  if (node.kind === 'quotient') return [{ asks: 'not 0', of: node.denominator }]
  if (node.kind === 'power') return ofPower(node)
  if (node.kind !== 'call' || !node.operands[0]) return []
  const [of] = node.operands
  if (node.word === 'log') return [{ asks: 'positive', of }]
  if (node.word !== 'sqrt') return []
  return [{ asks: node.order > 0 ? 'positive' : 'not negative', of }]
}

/** Every condition, also of what is multiplied by 0; [x ≠ 0]/x asks nothing. */
export const conditionsOf = ({ operands }: Pick<ResolvedClaim, 'operands'>): Condition[] => {
  const visit = (node: Resolved, known: ReadonlySet<string>): Condition[] => {
    const factors = node.kind === 'product' ? node.factors : []
    const guards = factors.flatMap((factor) => nonzeroIn(factor) ?? [])
    const inside = guards.length > 0 ? new Set([...known, ...guards.map(spellingOf)]) : known
    const quotient = node.kind === 'quotient' ? nonzeroIn(node.numerator) : undefined
    const own = ofNode(node).filter(
      ({ asks, of }) =>
        asks !== 'not 0' ||
        !(inside.has(spellingOf(of)) || (quotient && spellingOf(quotient) === spellingOf(of))),
    )
    return [...own, ...childNodes<Resolved>(node).flatMap((child) => visit(child, inside))]
  }
  return operands.flatMap((operand) => visit(operand, new Set()))
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
  const asking = (asks: Asks, of: Node | undefined): NodeCondition[] => {
    const sign = of && signOfNode(of)
    const isMet =
      !of ||
      sign === 'positive' ||
      (asks === 'not 0' && sign === 'not zero') ||
      (asks === 'not negative' && sign === 'not negative')
    return isMet ? [] : [{ asks, of }]
  }
  if (op === ops.div || op === ops.divideOrZero) return asking('not 0', second)
  if (op === ops.log || op === ops.power) return asking('positive', first)
  if (op === ops.l2Pool2d)
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
  const found = topologicalOrder([node]).some((each) => conditionsOfNode(each, false).length > 0)
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
    if (node.kind === 'cost' || node.kind === 'activation') nodes.add(network.cost)
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
  openConditions(claim, network).length > 0 || nodeConditions(claim, network).length > 0
