// What the elaboration of a claim carries: the model, the reading of stars, the indices in force.

import type { Node } from '@backprove/graph'
import { type Polynomial, polynomial } from '../../arithmetic/polynomial.ts'
import type { Field } from '../../index-terms/terms.ts'
import type { Ranges, Resolved } from '../../language/resolved.ts'
import type { Network } from '../../network/network.ts'
import type { StarReading } from '../../verdict/verdict.ts'
import type { Index } from '../functions/functions.ts'
import type { Indices } from '../letters.ts'
import type { Model } from '../model.ts'
import type { PlainField } from '../plain.ts'
import { UnsupportedError } from '../unsupported.ts'

export interface ClaimSite extends Indices {
  readonly model: Model
  readonly network: Network
  readonly reading: readonly StarReading[] | undefined
  /** Settles what only the shapes of the other side can: once for each node, however often read. */
  readonly choose: (count: number, node: Resolved) => number
  /** Takes as given, p ≥ 0, without which the claim has no meaning. */
  readonly demand: (p: Polynomial) => void
  /** A claim's own numbers: the x of f(x) = …. */
  readonly variables: Map<string, PlainField>
  /** The claim's operands, for what a bracket leaves unsaid. */
  readonly claim: readonly Resolved[]
  readonly ranges?: Ranges
}

export const nodeNamed = ({ network }: ClaimSite, name: string): Node => {
  const node = network.nodes.get(name)
  if (!node) throw new UnsupportedError(`the graph has no ${name}`)
  return node
}

type ArrayName = Extract<Resolved, { kind: 'array' }>

/** The axes of a node that a claim sees under that name. */
const visibleAxes = (node: Node, { name, skip }: ArrayName): readonly number[] => {
  const own = node.graph.namesOf(node).find((each) => each.bare === name)
  return (own?.axes ?? [...node.shape.keys()]).slice(skip)
}

/** The whole index from that of the visible axes; the others have length 1. */
export const fullIndex = (node: Node, array: ArrayName, index: Index): Index => {
  const axes = visibleAxes(node, array)
  return node.shape.map((_, axis) => {
    const k = axes.indexOf(axis)
    return k < 0 ? polynomial(0) : index[k]!
  })
}

/** A node's field, or its adjoint's, with its visible axes only. */
export const visibleField = (node: Node, array: ArrayName, whole: Field): Field => {
  const axes = visibleAxes(node, array)
  if (axes.length === whole.shape.length) return whole
  return {
    shape: axes.map((axis) => whole.shape[axis]!),
    at: (index) => whole.at(fullIndex(node, array, index)),
  }
}

/** The length that a letter of the scope stands for. */
export const sizeNamed = (site: ClaimSite, name: string): Polynomial => {
  const size = site.network.scope.sizes?.find((each) => each.name === name)
  if (!size) throw new UnsupportedError(`no size is called ${name}`)
  const node = nodeNamed(site, size.array)
  const span = { start: 0, end: 0 }
  const axes = visibleAxes(node, { kind: 'array', name: size.array, skip: 0, span })
  const axis = axes[size.axis]
  if (axis === undefined) throw new UnsupportedError(`no axis is called ${name}`)
  return site.model.network.shapeOf(node).shape[axis]!
}
