// A claim with [s ≠ 0] before its sides for what it divides by: where s is 0 nothing is said, and
// brackets of the network, as those of a quotient that is 0 there, may be told.

import { ops, topologicalOrder } from '@backprove/graph'
import { openConditions } from '../conditions/conditions.ts'
import { freeIndices } from '../language/free.ts'
import { rational } from '../language/rational.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes, spellingOf } from '../language/walk.ts'
import type { Network } from '../network/network.ts'

/** What is not 0 where a product or a power is not. */
const factorsOf = (node: Resolved): readonly Resolved[] => {
  if (node.kind === 'product') return node.factors.flatMap(factorsOf)
  if (node.kind === 'negation') return factorsOf(node.operand)
  return node.kind === 'power' ? factorsOf(node.base) : [node]
}

const hasBracket = (node: Resolved): boolean =>
  node.kind === 'iverson' || childNodes<Resolved>(node).some(hasBracket)

const isNumber = (node: Resolved): boolean =>
  node.kind === 'entry' && node.indices.every((index) => index !== null)

/** Undefined where that says no more. */
export const whereDefined = (claim: ResolvedClaim, network: Network): ResolvedClaim | undefined => {
  const order = topologicalOrder([network.cost, ...network.nodes.values()])
  const isTold = order.some(({ op }) => op === ops.divideOrZero) || claim.operands.some(hasBracket)
  if (!isTold) return undefined
  const divisors = openConditions(claim, network)
    .filter(({ asks }) => asks === 'not 0')
    .flatMap(({ of }) => factorsOf(of))
    .filter((of) => isNumber(of) && freeIndices(of).every((name) => claim.free.includes(name)))
  const distinct = [...new Map(divisors.map((of) => [spellingOf(of), of])).values()]
  if (distinct.length === 0) return undefined
  const brackets = distinct.map((of): Resolved => {
    const { span } = of
    const zero: Resolved = { kind: 'numeral', value: rational(0n), span }
    const condition = { kind: 'comparison', operands: [of, zero], relations: ['≠'], span } as const
    return { kind: 'iverson', conditions: [condition], span }
  })
  const operands = claim.operands.map((operand): Resolved => {
    const { span } = operand
    return { kind: 'product', factors: [...brackets, operand], span }
  })
  return { ...claim, operands }
}
