// Which lengths of a network can be chosen, which follow from others, and the network at other
// lengths.
import { axisLetters, type Node, ops, ShapeError, shapesOf } from '@backprove/graph'
import type { Scope } from '../language/resolved.ts'
import { isFed, nodesOf, originOf } from './copy.ts'
import { leavesOf, type Network, networkOf } from './network.ts'

/** A length that leaves share: rows of x, filters of w and of b. */
export interface FreeSize {
  /** As a claim would say it: `x.i`, the axis i of x; `W.2`, the second axis of an unlettered W. */
  readonly name: string
  /** The names of all axes of leaves that have this length. */
  readonly names: readonly string[]
  readonly recorded: number
}

/** Which axes that were recorded with length 1 may have others: those that formulas show, or all. */
type Ones = 'ones stay' | 'ones vary' | 'all vary'

type State = 'free' | 'fixed' | 'computed'

interface Classes {
  readonly rootOf: (node: Node, axis: number) => string
  readonly stateOf: (root: string) => State
}

const key = (node: Node, axis: number): string => `${node.id}.${axis}`

/** Axes that must have one length are one class: by their letters in the ops' own definitions. */
const classesOf = (nodes: readonly Node[], ones: Ones): Classes => {
  const parents = new Map<string, string>()
  const states = new Map<string, State>()
  const find = (item: string): string => {
    let root = item
    for (let next = parents.get(root); next !== undefined; next = parents.get(root)) root = next
    return root
  }
  const mark = (item: string, state: State): void => {
    const root = find(item)
    if (states.get(root) !== 'fixed') states.set(root, state)
  }
  const unite = (a: string, b: string): void => {
    const [left, right] = [find(a), find(b)]
    if (left === right) return
    const [from, to] = [states.get(right), states.get(left)]
    parents.set(right, left)
    if (from && to !== 'fixed') states.set(left, from)
  }

  for (const node of nodes) {
    const stays = (axis: number) =>
      ones === 'ones stay' || (ones === 'ones vary' && !shownAxes(node).has(axis))
    node.shape.forEach((length, axis) => {
      const isOne = length === 1 && (node.op.traits?.leaf ? stays(axis) : ones === 'ones stay')
      if (isOne || node.op === ops.constant) mark(key(node, axis), 'fixed')
    })
    if (node.op.traits?.leaf) continue
    if (node.op.traits?.sized)
      for (const arg of node.args)
        for (const axis of arg.shape.keys()) mark(key(arg, axis), 'fixed')
    if (node.op.axes === undefined) uniteElementwise(node, unite, mark)
    else uniteLetters(node, unite, mark)
  }
  return {
    rootOf: (node, axis) => find(key(node, axis)),
    stateOf: (root) => states.get(root) ?? 'free',
  }
}

const uniteElementwise = (
  node: Node,
  unite: (a: string, b: string) => void,
  mark: (item: string, state: State) => void,
): void => {
  for (const arg of node.args)
    arg.shape.forEach((length, axis) => {
      const target = axis + node.shape.length - arg.shape.length
      if (length === node.shape[target]) unite(key(node, target), key(arg, axis))
      else mark(key(arg, axis), 'fixed')
    })
}

/**
 * The axes of a leaf that formulas show: those with letters; without letters, all but lengths 1.
 */
export const shownAxes = (leaf: Node): ReadonlySet<number> => {
  const lettered = leaf.graph.namesOf(leaf).find(({ letters }) => letters.length > 0)
  return new Set(lettered?.axes ?? [...leaf.shape.keys()].filter((axis) => leaf.shape[axis] !== 1))
}

const PACK = '…'

interface Place {
  readonly letter: string
  readonly isPacked: boolean
}

const uniteLetters = (
  node: Node,
  unite: (a: string, b: string) => void,
  mark: (item: string, state: State) => void,
): void => {
  const { op, params } = node
  const shapes = shapesOf(op, node.args)
  const letterKey = (letter: string): string => `${node.id}:${letter}`
  const known = new Set<string>()
  const patterns = Object.values(axisLetters(op, shapes, params))
  const places = patterns.map((letters, operand) => {
    const arg = node.args[operand]!
    const width = arg.shape.length - (letters.length - 1)
    return letters.flatMap((letter): Place[] =>
      letter === PACK
        ? Array.from({ length: width }, (_, k) => ({ letter: PACK + (width - k), isPacked: true }))
        : [{ letter, isPacked: false }],
    )
  })
  const longest = new Map<string, number>()
  places.forEach((own, operand) => {
    own.forEach(({ letter }, axis) => {
      const length = node.args[operand]!.shape[axis]!
      longest.set(letter, Math.max(longest.get(letter) ?? 1, length))
    })
  })
  places.forEach((own, operand) => {
    const arg = node.args[operand]!
    own.forEach(({ letter, isPacked }, axis) => {
      if (!isPacked) known.add(letter)
      // Beside a longer one it is repeated.
      if (isPacked && arg.shape[axis] !== longest.get(letter)) mark(key(arg, axis), 'fixed')
      else unite(letterKey(letter), key(arg, axis))
    })
  })
  if ((op === ops.conv2d || op === ops.convolve2d) && known.has('K')) {
    const { groups } = params as { groups: number }
    if (groups === 1) unite(letterKey('C'), letterKey('K'))
    else for (const letter of ['C', 'K', 'F']) mark(letterKey(letter), 'fixed')
  }
  const rule = typeof op.axes === 'string' ? op.axes : (op.axes?.(params, shapes) ?? '')
  const axes = rule.trim() === '' ? [] : rule.split(',').map((axis) => axis.trim())
  const width = node.shape.length - axes.filter((axis) => axis !== PACK).length
  let at = 0
  for (const axis of axes) {
    if (axis === PACK) {
      for (let k = width; k >= 1; k--, at++) unite(letterKey(PACK + k), key(node, at))
    } else {
      if (known.has(axis)) unite(letterKey(axis), key(node, at))
      else mark(key(node, at), 'computed')
      at++
    }
  }
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
}

/** The lengths that a network leaves open; stride, padding, window and groups stay as they are. */
export const sizesOf = ({ cost, scope }: Network, ones: Ones = 'ones stay'): Sizes => {
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
  const at = (chosen: readonly number[]): Network | undefined => {
    const lengths = new Map(roots.map((root, k) => [root, chosen[k]!]))
    // A leaf as long as an output that nothing records: only its recorded length is known.
    const isRecorded = [...free.values()].every(({ recorded }, k) => chosen[k] === recorded)
    if (isRecorded) return networkOf(cost, scope.sizes)
    try {
      return networkOf(cost, scope.sizes, {
        shapeOf: (leaf) =>
          leaf.shape.map((recorded, axis) => {
            const root = rootOf(leaf, axis)
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
      if (error instanceof ShapeError || error instanceof RangeError) return undefined
      throw error
    }
  }
  return { free: [...free.values()], at }
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
 * Lengths of which those that were recorded as 1 may vary too; networks at other lengths are
 * recorded once for all claims about a cost.
 */
export const varyingSizes = (network: Network): Sizes => {
  const { cost, graph, scope } = network
  const origin = originOf(cost)
  const own = known.get(origin) ?? new Map<string, Sizes>()
  known.set(origin, own)
  const key = JSON.stringify([[...graph.named.keys()], scope.sizes])
  const found = own.get(key) ?? remembering(sizesOf(network, 'ones vary'))
  own.set(key, found)
  return found
}

const remembering = ({ free, at }: Sizes): Sizes => {
  const networks = new Map<string, Network | undefined>()
  return {
    free,
    at: (lengths) => {
      const key = lengths.join()
      if (!networks.has(key)) networks.set(key, at(lengths))
      return networks.get(key)
    },
  }
}
