// Points at which a policy decides: of equal cells one wins, and a slope at a corner is chosen.
// Values are numbers there as everywhere; only winners and derivatives are anybody's choice.
import { lineOf, type Node, topologicalOrder } from '@backprove/graph'
import { piecesOf } from '../../core/line/pieces.ts'
import type { ComparedEntry } from '../../evaluate/claim.ts'
import type { World } from '../../evaluate/world.ts'
import type { ResolvedClaim } from '../../language/resolved.ts'
import { nodesBelow } from '../../language/walk.ts'
import type { Network } from '../../network/network.ts'
import { reachable } from './exclusions.ts'
import { claimAt, type TestOptions } from './point.ts'

interface Part {
  readonly kind: string
  readonly relations?: readonly string[]
  readonly order?: number
  readonly name?: string
}

/** The winner of a window is written in the claim, or a slope is. */
const isChoice = ({ kind, order = 0 }: Part): boolean =>
  order > 0 || kind === 'derivative' || ['extremum', 'first', 'winner'].includes(kind)

/**
 * Whether a policy has any say in what a claim states. Where it has none, a point with ties and
 * kinks is a point like all others.
 */
export const asksPolicy = (claim: ResolvedClaim, { nodes }: Network): boolean => {
  const parts = nodesBelow<Part>(claim)
  if (parts.some(isChoice)) return true
  const named = parts.flatMap(({ name = '' }) => nodes.get(name) ?? [])
  return topologicalOrder(named).some(picksWinner)
}

/** Gradients of poolings route to winners, which their lines name. */
const picksWinner = (node: Node): boolean =>
  !node.op.traits?.leaf &&
  nodesBelow<Part>(lineOf(node, 'line')).some(({ kind }) => kind === 'winner')

/**
 * Whether something marks equals that no policy chooses among: [x = p] all of them, and the rules
 * of one's own op those that they like.
 */
export const marksEquals = (claim: ResolvedClaim, network: Network): boolean =>
  nodesBelow<Part>(claim).some(
    ({ kind, relations = [] }) => kind === 'comparison' && /[=≠]/.test(relations.join()),
  ) || reachable(network).some((node) => piecesOf(node).compares)

/**
 * Whether random points fill space. A kink that they meet is then no accident, and the slope
 * that the graph says is what holds. Where an equation is assumed, points lie on what it says.
 * Of equal winners nobody says which one [a = max] marks: behind a relu they stay an exception.
 */
export const fillSpace = ({ assumptions = [] }: TestOptions): boolean =>
  assumptions.every(({ relations }) => relations.every((each) => each !== '='))

/**
 * An entry that differs at this point, where the claim fails there however ties and kinks are
 * decided: the first of equals wins, or the last. Undefined where some policy makes it true.
 */
export const certainDifference = <T>(
  claim: ResolvedClaim,
  world: World<T>,
  differ: (a: T, b: T) => boolean,
  poles?: 'skip poles',
): ComparedEntry<T> | undefined => {
  const { domain } = world
  const seen = { ...domain.seen }
  const leaves = [...world.values].filter(([node]) => node.op.traits?.leaf)
  const difference = (lean: -1 | 0 | 1): ComparedEntry<T> | undefined => {
    domain.lean = lean
    const { entries } = claimAt(claim, { ...world, values: new Map(leaves) })
    for (const entry of entries(poles)) if (differ(entry.left, entry.right)) return entry
    return undefined
  }
  try {
    return difference(1) && difference(-1) && difference(0)
  } finally {
    domain.lean = 0
    Object.assign(domain.seen, seen)
  }
}
