// Where to read, of gather: at any other number than a place the network has no value, though its
// lines, read as formulas, have one. Such a point speaks against no claim.
import {
  type GatherInputParams,
  type GatherParams,
  type Node,
  ops,
  topologicalOrder,
} from '@backprove/graph'
import { nodeValue, type World } from '../../evaluate/world.ts'
import type { Network } from '../../network/network.ts'
import { constantIn, type Domain } from '../domains/domain.ts'

/** Nodes that are places, and leaves that such are computed of; how many places there are. */
interface Places {
  readonly nodes: ReadonlyMap<Node, number>
  readonly leaves: ReadonlyMap<Node, number>
}

const known = new WeakMap<Network, Places>()

/** The length that a node's places count along, where it has such. */
const lengthOf = ({ op, args, params }: Node): number | undefined => {
  if (op === ops.gather) return args[0]!.shape[(params as GatherParams).axis]
  return op === ops.gatherInput ? (params as GatherInputParams).size : undefined
}

/** What a place is computed of; a winner or a bracket is a whole number whatever it is made of. */
const leavesBehind = (place: Node): Node[] => {
  if (place.op.traits?.leaf) return place.op === ops.constant ? [] : [place]
  return place.op.traits?.stepwise ? [] : place.args.flatMap(leavesBehind)
}

const placesOf = (network: Network): Places => {
  const found = known.get(network)
  if (found) return found
  const [nodes, leaves] = [new Map<Node, number>(), new Map<Node, number>()]
  for (const node of topologicalOrder([...network.nodes.values(), network.cost])) {
    const length = lengthOf(node)
    const place = node.args[1]
    if (length === undefined || !place) continue
    nodes.set(place, Math.min(length, nodes.get(place) ?? length))
    for (const leaf of leavesBehind(place)) {
      leaves.set(leaf, Math.min(length, leaves.get(leaf) ?? length))
    }
  }
  known.set(network, { nodes, leaves })
  return { nodes, leaves }
}

export const isPlace = (leaf: Node, network: Network): boolean => placesOf(network).leaves.has(leaf)

export const hasPlaces = (network: Network): boolean => placesOf(network).nodes.size > 0

/** So many points, and some more at places where the network reads at any: beside them all is 0. */
export const pointsOf = (network: Network, count: number): readonly { readonly places?: true }[] =>
  Array.from({ length: count + (hasPlaces(network) ? atPlaces : 0) }, (_, k) =>
    k < count ? {} : { places: true },
  )

/** Points at places, of which a formula may be right at some. */
const atPlaces = 8

/** What was drawn for a leaf, as places where it is one. */
export const asPlaces = <T>(
  leaf: Node,
  drawn: readonly T[],
  network: Network,
  domain: Domain<T>,
): readonly T[] => {
  const count = placesOf(network).leaves.get(leaf)
  if (count === undefined) return drawn
  return drawn.map((value) => {
    const size = Math.abs(domain.real(value))
    const whole = Number.isInteger(size) ? size : Math.floor(size * 1009)
    return constantIn(domain, Number.isFinite(whole) ? whole % count : 0)
  })
}

/** Whether every place is one, those too that are computed. */
export const areAtPlaces = (world: World<number>): boolean =>
  [...placesOf(world.network).nodes].every(([node, count]) =>
    nodeValue(world, node).data.every((at) => Number.isInteger(at) && at >= 0 && at < count),
  )
