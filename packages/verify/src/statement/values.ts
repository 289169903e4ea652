// What has no value whatever is fed: log(-1), x_i + 0/0; and what has one by the graph's policy.
import { ops } from '@backprove/graph'
import { ConcreteError, PoleError } from '../core/errors.ts'
import { exactRational } from '../core/exact.ts'
import { constantOf } from '../evaluate/constant.ts'
import { conditionsOf } from '../language/conditions.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { ClaimError } from '../language/syntax.ts'
import { childNodes, mapped } from '../language/walk.ts'
import { emptySite } from '../lower/claims/claim.ts'
import { lowerNumber } from '../lower/lower.ts'
import { activationOf } from '../network/activation.ts'
import type { Network } from '../network/network.ts'
import type { RangeOptions } from './sums.ts'

const constants: ReadonlySet<string> = new Set([
  'numeral',
  'call',
  'product',
  'addition',
  'negation',
  'quotient',
  'power',
])

/** Made of numbers alone. */
const isConstant = (node: Resolved): boolean =>
  constants.has(node.kind) && childNodes<Resolved>(node).every(isConstant)

const reasons = {
  'not 0': 'it divides by 0',
  positive: 'a logarithm is of what is positive',
  'not negative': 'a root is of what is not negative',
} as const

/** @throws ClaimError where a part has no value at all */
export const demandValues = (
  claim: ResolvedClaim,
  network: Network,
  options: RangeOptions,
): void => {
  for (const { asks, of } of conditionsOf(claim)) {
    if (!isConstant(of)) continue
    const value = valueAt(of, network, options, claim)
    const isMet = asks === 'not 0' ? value !== 0 : asks === 'positive' ? value > 0 : value >= 0
    if (!isMet) throw new ClaimError(`This has no value: ${reasons[asks]}`, of.span)
  }
}

/** relu'(0) is what the graph says that it is: a number, as any other. */
export const withPolicy = (
  claim: ResolvedClaim,
  network: Network,
  options: RangeOptions,
): ResolvedClaim => {
  const { reluAtZero } = network.graph
  const isSlope = (node: Resolved): boolean => {
    if (node.kind === 'call') return node.word === 'relu' && node.order === 1
    if (node.kind !== 'activation' || node.order !== 1) return false
    const found = activationOf(network)
    return found?.value.op === ops.relu && !found.value.graph.applicationOf(found.value)
  }
  const atZero = (object: object): Resolved | undefined => {
    const node = object as Resolved
    if (!('kind' in node) || !isSlope(node)) return undefined
    const operand =
      node.kind === 'call' ? node.operands[0] : (node as { operand: Resolved }).operand
    if (!operand || !isConstant(operand)) return undefined
    if (valueAt(operand, network, options, claim) !== 0) return undefined
    return { kind: 'numeral', value: exactRational(reluAtZero), span: node.span }
  }
  const hasSlope = (node: Resolved): boolean =>
    isSlope(node) || childNodes<Resolved>(node).some(hasSlope)
  if (!claim.operands.some(hasSlope)) return claim
  return { ...claim, operands: claim.operands.map((each) => mapped(each, atZero)) }
}

/** NaN where it has none. */
const valueAt = (
  node: Resolved,
  network: Network,
  options: RangeOptions,
  { operands }: ResolvedClaim,
): number => {
  try {
    const site = emptySite(operands, { network, ...options })
    return constantOf(lowerNumber(node, site), options.budget)
  } catch (error) {
    if (error instanceof PoleError || error instanceof ConcreteError) return Number.NaN
    throw error
  }
}
