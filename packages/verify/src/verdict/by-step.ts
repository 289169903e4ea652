// A large network is cut where a derivative is taken: what holds of one array and those computed
// from it, whatever the derivatives by these and all that they read are, holds in the whole.
import { consumersOf, type Node } from '@backprove/graph'
import { stepNetwork } from '../derivation/local.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import { nodesOf } from '../network/copy.ts'
import { type Network, networkOf } from '../network/network.ts'
import { reaches } from '../network/reaches.ts'

/** Below that the whole is looked at as soon; and the most arrays from which a step may begin. */
const [large, most] = [64, 8]

/** What a claim speaks of. */
interface Spoken {
  readonly names: ReadonlySet<string>
  /** By which the cost is differentiated. */
  readonly by: ReadonlySet<Node>
  /** ∂z/∂w: z and w. */
  readonly slopes: readonly (readonly [of: Node, by: Node])[]
}

/** Nothing where it is of the cost itself, or of no step of the chain rule. */
const spokenOf = (claim: ResolvedClaim, { nodes }: Network): Spoken | undefined => {
  const names = new Set<string>()
  const by = new Set<Node>()
  const slopes: [Node, Node][] = []
  const nodeOf = (each: Resolved | undefined): Node | undefined => {
    const array = each?.kind === 'entry' ? each.array : each
    return array?.kind === 'array' ? nodes.get(array.name) : undefined
  }
  const isOfStep = (each: Resolved): boolean => {
    if (each.kind === 'array') names.add(each.name)
    if (each.kind === 'cost' || each.kind === 'size') return false
    if (each.kind !== 'derivative') return childNodes<Resolved>(each).every(isOfStep)
    const [only, ...others] = each.by
    const [array, of] = [nodeOf(only), nodeOf(each.of)]
    if (!array || others.length > 0) return false
    if (each.of.kind === 'cost') by.add(array)
    else if (of) slopes.push([of, array])
    else return false
    return [only!, ...(of ? [each.of] : [])].every(isOfStep)
  }
  return childNodes<Resolved>(claim).every(isOfStep) ? { names, by, slopes } : undefined
}

/**
 * The network of the step that a claim is about: it speaks of one array and what is computed from
 * it, up to those by which the cost is differentiated besides. Nothing where it is no small part.
 */
export const stepOf = (claim: ResolvedClaim, network: Network): Network | undefined => {
  const { cost, nodes } = network
  const count = nodesOf(cost).length
  const spoken = count < large ? undefined : spokenOf(claim, network)
  if (!spoken) return undefined
  const { names, by, slopes } = spoken
  const all = by.size > 0 ? by : [...names].map((name) => nodes.get(name)!)
  for (const node of [...all].slice(0, most)) {
    const others = new Set([...by].filter((each) => each !== node))
    const ends = others.size > 0 ? others : new Set(consumersOf(cost, node))
    const [outputs, inside] = [new Set<Node>(), new Set([node])]
    for (const each of inside)
      for (const next of consumersOf(cost, each))
        (ends.has(next) || next === cost ? outputs : inside).add(next)
    const made = [...inside, ...outputs]
    // All ways to the cost lead through the outputs, and slopes are of ways within the step alone.
    const isWhole =
      [...others].every((each) => made.includes(each)) &&
      slopes.every(([of, from]) => from === node && of !== node && made.includes(of)) &&
      (slopes.length === 0 || ![...outputs].some((each) => isRead(each, made)))
    if (!isWhole || 2 * made.length > count) continue
    const step = networkOf(stepNetwork(cost, node, [...outputs], [...inside]))
    // A step of its own is none of it.
    const isLess = nodesOf(step.cost).length < count
    if (isLess && [...names].every((name) => step.nodes.has(name))) return step
  }
  return undefined
}

const isRead = (node: Node, others: readonly Node[]): boolean =>
  others.some((other) => other !== node && reaches(other, node, new Set()))
