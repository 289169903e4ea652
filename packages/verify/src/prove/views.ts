// The views of a network in which a claim is tried, the likeliest first. What is proved in one
// view is true: atoms and given adjoints only forget how they came about. An adjoint that is given
// has no derivative, so claims that differentiate one are tried without.

import type { Node } from '@backprove/graph'
import { reaches } from '../network/reaches.ts'
import type { Mentions } from './mentions.ts'
import type { View } from './view.ts'

/** Nodes of a set that no other one of it is made of: the nearest to the cost. */
const sinksOf = (nodes: ReadonlySet<Node>): Set<Node> =>
  new Set(
    [...nodes].filter(
      (node) => ![...nodes].some((other) => other !== node && reaches(other, node, new Set())),
    ),
  )

const isInterior = (node: Node): boolean => !node.op.traits?.leaf

/** What layers are made of besides that by which they are differentiated. */
const constantOperands = (layers: ReadonlySet<Node>, by: ReadonlySet<Node>): Set<Node> => {
  const others = [...by].filter((node) => !layers.has(node))
  const operands = [...layers].flatMap(({ args }) => args)
  const isConstant = (node: Node) => !others.some((each) => reaches(node, each, new Set()))
  return new Set(operands.filter(isConstant))
}

const union = (...sets: readonly ReadonlySet<Node>[]): Set<Node> =>
  new Set(sets.flatMap((set) => [...set]).filter(isInterior))

const without = (nodes: ReadonlySet<Node>, others: ReadonlySet<Node>): Set<Node> =>
  new Set([...nodes].filter((node) => !others.has(node)))

/** `shallow`: without the view that writes out everything, which is the most work by far. */
export const viewsOf = (mentions: Mentions, isTrivial: boolean, shallow: boolean): View[] => {
  const { by, costBy, named, hasJacobian, isSecond } = mentions
  const none: ReadonlySet<Node> = new Set()
  const nearest = sinksOf(costBy)
  const given = isSecond || nearest.size === costBy.size ? none : nearest
  const views: View[] = []
  const add = (
    atoms: ReadonlySet<Node>,
    deltas: ReadonlySet<Node>,
    functions: View['functions'],
  ): void => {
    views.push({ atoms, deltas, functions })
  }
  if (isTrivial && !hasJacobian) add(union(by, named), by, 'opaque')
  if (given.size > 0) {
    add(union(by, named, constantOperands(given, by)), given, 'opaque')
    add(union(by, named), given, 'opaque')
    add(union(without(by, given)), given, 'opaque')
    add(union(without(by, given)), given, 'expanded')
  }
  const inner = without(named, sinksOf(named))
  if (by.size > 0) add(union(by, named), none, 'opaque')
  add(union(by, inner), none, 'opaque')
  add(union(by), none, 'opaque')
  if (by.size > 0) add(union(by, named), none, 'expanded')
  add(union(by), none, 'expanded')
  // σ'(z) of a z that is computed is easier to derive where z is an array of its own.
  if (by.size === 0 && named.size > 0) add(union(named), none, 'written')
  add(union(by, inner), none, 'written')
  if (!shallow || union(by, inner).size === union(by).size) add(union(by), none, 'written')
  return distinct(views)
}

const distinct = (views: readonly View[]): View[] => {
  const key = ({ atoms, deltas, functions }: View): string => {
    const ids = (nodes: ReadonlySet<Node>) =>
      [...nodes]
        .map((node) => node.id)
        .sort()
        .join()
    return [functions, ids(atoms), ids(deltas)].join('|')
  }
  return [...new Map([...views].reverse().map((view) => [key(view), view])).values()].reverse()
}
