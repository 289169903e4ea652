// Where an expression of a claim is lowered: the network, the letters around it, and the readings
// and choices that were made.

import type { Node } from '@backprove/graph'
import type { Budget } from '../arithmetic/budget.ts'
import type { Polynomial } from '../arithmetic/polynomial.ts'
import { whole } from '../core/build.ts'
import { type Index, type Letter, letterOf } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { StarReading } from '../core/statement.ts'
import type { Ranges, Resolved } from '../language/resolved.ts'
import type { Lengths, Shape } from '../network/lengths.ts'
import type { Network } from '../network/network.ts'
import type { Intervals } from './ranges/constraints.ts'

export interface Site {
  readonly network: Network
  readonly budget: Budget
  readonly lengths: Lengths
  readonly reading: readonly StarReading[] | undefined
  /**
   * What only the shapes of a claim's sides settle: one of `count` ways, the likeliest first; once
   * for each node of the claim, however often it is read.
   */
  readonly choose: (count: number, node: Resolved) => number
  /** What is lowered stands beside another factor, transposed or not. */
  readonly isFactor?: boolean
  readonly letters: ReadonlyMap<string, Letter>
  /** Where those letters run, as far as that is known. */
  readonly known: Intervals
  /** The operands of the claim, for what an Iverson bracket leaves unsaid. */
  readonly claim: readonly Resolved[]
  /** How letters run where boxes do not settle it. */
  readonly ranges?: Ranges
  /** Told of a sum without limits that its two ranges would give other values. */
  readonly unsettled?: () => void
}

/** Letters of their own for names, which run from `low` to `high` where that is known. */
export const withLetter = (
  site: Site,
  name: string,
  range?: { readonly low: number; readonly high: number },
): { readonly site: Site; readonly letter: Letter } => {
  const letter = letterOf(name)
  const known = new Map(site.known)
  if (range) known.set(name, range)
  else known.delete(name)
  return { letter, site: { ...site, letters: new Map(site.letters).set(name, letter), known } }
}

export const nodeNamed = ({ network }: Pick<Site, 'network'>, name: string): Node => {
  const node = network.nodes.get(name)
  if (!node) throw new ConcreteError(`The graph has no ${name}`)
  return node
}

type ArrayName = Extract<Resolved, { kind: 'array' }>

/** The axes of a node that a claim sees under that name. */
const visibleAxes = (node: Node, { name, skip }: ArrayName): readonly number[] => {
  const own = node.graph.namesOf(node).find((each) => each.bare === name)
  return (own?.axes ?? [...node.shape.keys()]).slice(skip)
}

/** A node with the axes that a name of it shows; the others have length 1. */
export interface Visible {
  readonly node: Node
  readonly shape: Shape
  /** The whole index from that of the visible axes. */
  readonly full: (index: readonly Index[]) => readonly Index[]
}

export const visible = (array: ArrayName, site: Pick<Site, 'network' | 'lengths'>): Visible => {
  const node = nodeNamed(site, array.name)
  const shape = site.lengths.shapeOf(node)
  const axes = visibleAxes(node, array)
  return {
    node,
    shape: axes.map((axis) => shape[axis]!),
    full: (index) =>
      node.shape.map((_, axis) => {
        const k = axes.indexOf(axis)
        return k < 0 ? whole(1) : index[k]!
      }),
  }
}

/** A node with all of its axes. */
export const wholeNode = (node: Node, { lengths }: Pick<Site, 'lengths'>): Visible => ({
  node,
  shape: lengths.shapeOf(node),
  full: (index) => index,
})

/** The length that a letter stands for. */
export const sizeNamed = (
  site: Pick<Site, 'network' | 'lengths'>,
  name: string,
): Polynomial | undefined => {
  const size = site.network.scope.sizes?.find((each) => each.name === name)
  if (!size || !site.network.nodes.has(size.array)) return undefined
  const span = { start: 0, end: 0 }
  return visible({ kind: 'array', name: size.array, skip: 0, span }, site).shape[size.axis]
}

/** The numbers that lengths were recorded as. */
export const recordedShape = (
  shape: Shape,
  { lengths }: Pick<Site, 'lengths'>,
): readonly number[] => shape.map(lengths.recorded)
