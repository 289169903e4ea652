// Which lengths of a network can be chosen, which follow from others, and the network at other
// lengths.
import { type Node, ShapeError } from '@backprove/graph'
import type { Work } from '../arithmetic/budget.ts'
import type { Scope } from '../language/resolved.ts'
import { copyGraph, isFed, nodesOf, originOf } from './copy.ts'
import { describe, leavesOf, type Network, networkBeside } from './network.ts'
import { classesOf, type Ones } from './size-classes.ts'

/** A length that leaves share: rows of x, filters of w and of b. */
export interface FreeSize {
  /** As a claim would say it: `x.i`, the axis i of x; `W.2`, the second axis of an unlettered W. */
  readonly name: string
  /** The names of all axes of leaves that have this length. */
  readonly names: readonly string[]
  readonly recorded: number
}

/** Of an axis of length 1 that stays so, though nothing but its record says it: `x.1`. */
export const heldOne = ({ cost, scope }: Network, node: Node, axis: number): string | undefined => {
  if (node.shape[axis] !== 1) return undefined
  const nodes = nodesOf(cost)
  const [all, shown] = [classesOf(nodes, 'all vary'), classesOf(nodes, 'ones vary')]
  const root = all.rootOf(node, axis)
  if (all.stateOf(root) !== 'free' || shown.stateOf(shown.rootOf(node, axis)) !== 'fixed')
    return undefined
  for (const leaf of nodes.filter(isFed))
    for (const each of leaf.shape.keys())
      if (all.rootOf(leaf, each) === root) return axisName(leaf, each, scope.sizes)
  return undefined
}

export interface Sizes {
  /** In the order in which leaves were recorded. */
  readonly free: readonly FreeSize[]
  /** The network with these lengths. Undefined where an op refuses them, as a kernel too large. */
  readonly at: (lengths: readonly number[]) => Network | undefined
  /** Whether there is one: nobody asks for its names. */
  readonly has: (lengths: readonly number[]) => boolean
}

const openSizes = (network: Network, ones: Ones): Sizes => {
  const { cost, scope } = network
  const nodes = nodesOf(cost)
  const { rootOf, stateOf } = classesOf(nodes, ones)
  const free = new Map<string, FreeSize>()
  for (const leaf of nodes.filter(isFed))
    leaf.shape.forEach((recorded, axis) => {
      const root = rootOf(leaf, axis)
      if (stateOf(root) !== 'free') return
      const name = axisName(leaf, axis, scope.sizes)
      const known = free.get(root) ?? { name, names: [], recorded }
      free.set(root, { ...known, names: [...known.names, name] })
    })
  const roots = [...free.keys()]
  const refused = refusals()
  const isRecorded = (chosen: readonly number[]): boolean =>
    [...free.values()].every(({ recorded }, k) => chosen[k] === recorded)
  const copyAt = (chosen: readonly number[]): Node | undefined => {
    if (refused.includes(chosen)) return undefined
    const asked = new Set<number>()
    const lengths = new Map(roots.map((root, k) => [root, chosen[k]!]))
    // A leaf as long as an output that nothing records: only its recorded length is known.
    if (isRecorded(chosen)) return copyGraph(cost)
    try {
      return copyGraph(cost, {
        shapeOf: (leaf) =>
          leaf.shape.map((recorded, axis) => {
            const root = rootOf(leaf, axis)
            asked.add(roots.indexOf(root))
            const length = stateOf(root) === 'fixed' ? recorded : lengths.get(root)
            if (length === undefined) throw new RangeError('a length that is not known yet')
            return length
          }),
        recorded: (node, copy) => {
          copy.shape.forEach((length, axis) => {
            const root = rootOf(node, axis)
            if (stateOf(root) === 'computed') lengths.set(root, length)
          })
        },
      })
    } catch (error) {
      if (!(error instanceof ShapeError || error instanceof RangeError)) throw error
      refused.add(chosen, asked)
      return undefined
    }
  }
  const copies = new Map<string, Node | undefined>()
  const copied = (chosen: readonly number[]): Node | undefined => {
    const key = chosen.join()
    if (!copies.has(key)) copies.set(key, copyAt(chosen))
    return copies.get(key)
  }
  const networks = new Map<Node, Network>()
  const at = (chosen: readonly number[]): Network | undefined => {
    const copy = copied(chosen)
    if (!copy) return undefined
    const found =
      networks.get(copy) ??
      (isRecorded(chosen) ? describe(copy, scope.sizes) : networkBeside(copy, network))
    networks.set(copy, found)
    return found
  }
  return { free: [...free.values()], at, has: (chosen) => copied(chosen) !== undefined }
}

/** Lengths that an op refuses are refused whatever those are that it has not asked for. */
const refusals = () => {
  const known = new Map<string, { readonly places: readonly number[]; readonly all: Set<string> }>()
  const keyOf = (places: readonly number[], chosen: readonly number[]) =>
    places.map((place) => chosen[place]).join()
  return {
    includes: (chosen: readonly number[]): boolean =>
      [...known.values()].some(({ places, all }) => all.has(keyOf(places, chosen))),
    add: (chosen: readonly number[], asked: ReadonlySet<number>): void => {
      const places = [...asked].filter((place) => place >= 0).sort((a, b) => a - b)
      const key = places.join()
      const same = known.get(key) ?? { places, all: new Set<string>() }
      known.set(key, same)
      same.all.add(keyOf(places, chosen))
    },
  }
}

/** Beyond these a length stays as recorded. */
const mostAbove = 24
const operationsForNetwork = 40

/**
 * Lengths at which ops accept each other, as few above those as may be: an image is as large as its
 * kernels and poolings ask. From the last leaf, for weights come after what they are applied to.
 */
export const nearest = (
  lengths: readonly number[],
  { free, has }: Sizes,
  work: Work,
): readonly number[] => {
  if (has(lengths)) return lengths
  let chosen: readonly number[] = free.map(({ recorded }) => recorded)
  for (let place = free.length - 1; place >= 0; place--) {
    const least = lengths[place]!
    const last = Math.max(least, Math.min(chosen[place]! - 1, least + mostAbove))
    for (let length = least; length <= last; length++) {
      if (work.left() < operationsForNetwork) return chosen
      work.tick(operationsForNetwork)
      const other = chosen.with(place, length)
      if (!has(other)) continue
      chosen = other
      break
    }
  }
  return chosen
}

/** As a claim would say it: `x.i`, or the letter that the length was given. */
export const axisName = (leaf: Node, axis: number, sizes: Scope['sizes']): string => {
  const name = leaf.graph.namesOf(leaf)[0]
  const bare = name?.bare ?? leaf.op.name
  const letters = name?.letters ?? []
  const visible = (name?.axes ?? [...leaf.shape.keys()]).indexOf(axis)
  const size = sizes?.find((each) => each.array === bare && each.axis === visible)
  return size?.name ?? `${bare}.${letters[visible] ?? axis + 1}`
}

/** Of every axis of a leaf, those that follow from others too. */
export const lengthsByName = (network: Network): ReadonlyMap<string, number> =>
  new Map(
    leavesOf(network).flatMap((leaf) =>
      leaf.shape.map(
        (length, axis) => [axisName(leaf, axis, network.scope.sizes), length] as const,
      ),
    ),
  )

const known = new WeakMap<Node, Map<string, Sizes>>()

/**
 * The lengths that a network leaves open; stride, padding, window and groups stay as they are.
 * Networks at other lengths are recorded once for all claims about a cost.
 */
export const sizesOf = (network: Network, ones: Ones): Sizes => {
  const { cost, graph, scope } = network
  const origin = originOf(cost)
  const own = known.get(origin) ?? new Map<string, Sizes>()
  known.set(origin, own)
  const key = JSON.stringify([ones, [...graph.named.keys()], scope.sizes])
  const found = own.get(key) ?? openSizes(network, ones)
  own.set(key, found)
  return found
}
