// Comparisons that a network makes, where(x = 7, 0, x): as with the brackets of a claim, no sample
// decides them. Where one came out alike at every point, points say nothing of a claim that agrees.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import { type Budget, BudgetExceeded } from '../arithmetic/budget.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import { randomFrom } from '../concrete/domains/random.ts'
import { realOf, seedOfClaim } from '../concrete/sample/agreement.ts'
import { claimAt, drawPoint, samplerOf, type TestOptions } from '../concrete/sample/point.ts'
import { asksPolicy } from '../concrete/sample/policy.ts'
import { piecesOf } from '../core/line/pieces.ts'
import { nodeValue } from '../evaluate/world.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import type { Network } from '../network/network.ts'
import { attempt, differs } from './at-point.ts'
import { differsElsewhere } from './brackets.ts'
import { corners, type Draw } from './corners.ts'

const comparisons = new Set<unknown>([ops.equal, ops.greater, ops.less])

/** What the claim speaks of: the arrays that it names, and the cost where it is differentiated. */
const spokenOf = (claim: ResolvedClaim, { cost, nodes }: Network): readonly Node[] => {
  const visit = (node: Resolved): readonly Node[] => {
    const own = node.kind === 'array' ? nodes.get(node.name) : undefined
    const all = childNodes<Resolved>(node).flatMap(visit)
    const isOfCost = node.kind === 'cost' || node.kind === 'derivative'
    return [...(own ? [own] : []), ...(isOfCost ? [cost] : []), ...all]
  }
  return [...claim.operands, ...(claim.when ?? [])].flatMap(visit)
}

const randomPoints = 12
const oneWay = 'a comparison of the network came out alike at every point that was looked at'

/** Why points say nothing; undefined where every comparison came out in both ways. */
export const unseenMask = (
  claim: ResolvedClaim,
  network: Network,
  budget: Budget,
  options: TestOptions,
): string | undefined => {
  const spoken = topologicalOrder(spokenOf(claim, network))
  if (spoken.some((node) => piecesOf(node).equates)) return oneWay
  const open = new Map(
    spoken
      // x = x says that x is a number, as all are that are drawn.
      .filter(({ op, args: [a, b] }) => comparisons.has(op) && a !== b)
      .map((node) => [node, { holds: false, fails: false }]),
  )
  if (open.size === 0) return undefined
  const random = randomFrom(seedOfClaim(claim))
  const domain = floatDomain()
  const sampler = samplerOf(domain, () => realOf(random), budget)
  const asks = asksPolicy(claim, network)
  let isApart = false
  const look = (draw: Draw): void => {
    attempt(() => {
      const world = drawPoint(network, { ...sampler, draw }, budget, options)
      const { seen } = domain
      const entries = [...claimAt(claim, world).entries('skip poles')]
      // What is larger than 1 by rounding alone is not seen; policies say nothing.
      if (!seen.saturated && !((seen.ties || seen.kinks) && asks)) isApart ||= entries.some(differs)
      for (const [node, met] of open) {
        const { data } = nodeValue(world, node)
        if (seen.saturated) return
        met.holds ||= data.some((value) => value !== 0)
        met.fails ||= data.some((value) => value === 0)
        if (met.holds && met.fails) open.delete(node)
      }
    })
  }
  try {
    for (let k = 0; k < randomPoints && open.size > 0; k++) look(sampler.draw)
    for (const draw of corners(claim, network, seedOfClaim(claim))) {
      if (open.size === 0 || isApart) break
      look(draw)
    }
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error
  }
  if (isApart) return differsElsewhere
  return open.size === 0 ? undefined : oneWay
}
