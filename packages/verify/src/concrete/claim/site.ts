// Where an expression of a claim is compiled: the point, the indices around it, and what they
// index.

import { type Networked, nodeNamed, type World } from '../../evaluate/world.ts'
import type { Ranges, Resolved } from '../../language/resolved.ts'
import type { IndexScope } from './compiled.ts'
import type { Intervals } from './constraints.ts'
import { indexValue } from './index-value.ts'

/** What compiling an expression needs: the point, and the indices around it. */
export interface Site<T> {
  readonly world: World<T>
  readonly scope: IndexScope
  /** The ranges of those indices. */
  readonly known: Intervals
  readonly slots: number[]
  /** The operands of the claim, for what an Iverson bracket leaves unsaid. */
  readonly claim: readonly Resolved[]
  readonly ranges?: Ranges
}

/** A fresh slot for an index of that name. */
export const withIndex = <T>(
  site: Site<T>,
  name: string,
  range: { low: number; high: number },
): { site: Site<T>; slot: number } => {
  const slot = site.slots.push(0) - 1
  const scope = new Map(site.scope).set(name, slot)
  return { slot, site: { ...site, scope, known: new Map(site.known).set(name, range) } }
}

export const compileIndex = <T>(node: Resolved, { world, scope, slots }: Site<T>) =>
  indexValue(node, scope, slots, (name) => sizeNamed(world, name))

/** The length that a letter stands for. */
export const sizeNamed = ({ network }: Networked, name: string): number | undefined => {
  const size = network.scope.sizes?.find((each) => each.name === name)
  const owner = size && network.scope.names.find((each) => each.name === size.array)
  return size && owner ? owner.shape[size.axis] : undefined
}

/** The axes of a named array that a claim sees. */
export const visibleShape = <T>(
  node: Extract<Resolved, { kind: 'array' }>,
  { world }: Site<T>,
): readonly number[] => {
  const known = world.network.scope.names.find((each) => each.name === node.name)
  return (known?.shape ?? nodeNamed(world, node.name).shape).slice(node.skip)
}
