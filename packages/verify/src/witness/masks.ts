// Comparisons that a network makes, where(x = 7, 0, x) and relu(x − 33): as with the brackets of a
// claim, no sample decides them. Where one came out alike at every point, points say nothing of a
// claim that agrees; so where a product was 0 at all of them.
import { type Node, ops, topologicalOrder } from '@backprove/graph'
import { type Budget, BudgetExceeded } from '../arithmetic/budget.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import { randomFrom } from '../concrete/domains/random.ts'
import { realOf, seedOfClaim } from '../concrete/sample/agreement.ts'
import { claimAt, drawPoint, samplerOf, type TestOptions } from '../concrete/sample/point.ts'
import { asksPolicy } from '../concrete/sample/policy.ts'
import { hasOneSign, isOneSided, isZeroNode } from '../conditions/extents.ts'
import { piecesOf } from '../core/line/pieces.ts'
import { nodeValue } from '../evaluate/world.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import type { Network } from '../network/network.ts'
import { attempt, differs } from './at-point.ts'
import { differsElsewhere } from './brackets.ts'
import { type Outcomes, placesOf } from './contested.ts'
import { corners, type Draw } from './corners.ts'

const asMask =
  (node: Node): Outcomes =>
  (of) => [of(node).some((value) => value !== 0), of(node).includes(0)]

const bySign =
  ({ args: [a] }: Node): Outcomes =>
  (of) => [of(a!).some((value) => value > 0), of(a!).some((value) => value < 0)]

const byWinner =
  ({ args: [a, b] }: Node): Outcomes =>
  (of) => {
    const [left, right] = [of(a!), of(b!)]
    const { length } = left.length < right.length ? right : left
    const gaps = Array.from({ length }, (_, k) => left[k % left.length]! - right[k % right.length]!)
    return [gaps.some((gap) => gap > 0), gaps.some((gap) => gap < 0)]
  }

const byProduct =
  (node: Node): Outcomes =>
  (of) => [of(node).some((value) => value !== 0), true]

const masking: ReadonlyMap<unknown, (node: Node) => Outcomes> = new Map(
  [ops.equal, ops.greater, ops.less].map((op) => [op, asMask]),
)
const comparing: ReadonlyMap<unknown, (node: Node) => Outcomes> = new Map([
  ...masking,
  ...[ops.relu, ops.leakyRelu, ops.elu, ops.abs, ops.sign].map((op) => [op, bySign] as const),
  ...[ops.maximum, ops.minimum].map((op) => [op, byWinner] as const),
  [ops.mul, byProduct],
])

/** x = x says that x is a number, as all are that are drawn; a square has one sign. */
const isDecided = ({ op, args: [a, b] }: Node): boolean => {
  if (a === b) return true
  const make = comparing.get(op)
  if (make === byProduct) return isZeroNode(a!) || isZeroNode(b!)
  return make === bySign ? hasOneSign(a!) : make === byWinner && isOneSided(a!, b!)
}

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
  // Where x < 0 is assumed relu(x) is 0 at every point, and rightly so.
  const isAssuming = (options.assumptions ?? []).length > 0
  const asked = isAssuming ? masking : comparing
  const open = new Set(
    spoken
      .flatMap((node) => [
        ...(asked.has(node.op) && !isDecided(node) ? [asked.get(node.op)!(node)] : []),
        ...(isAssuming ? [] : placesOf(node)),
      ])
      .map((outcomes) => ({ outcomes, holds: false, fails: false })),
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
      for (const met of open) {
        const [holds, fails] = met.outcomes((each) => nodeValue(world, each).data)
        if (seen.saturated) return
        met.holds ||= holds
        met.fails ||= fails
        if (met.holds && met.fails) open.delete(met)
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
