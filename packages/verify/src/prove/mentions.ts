// What the equations of a claim say about the graph: which nodes they name, and by which they
// differentiate.

import type { Node } from '@backprove/graph'
import type { Guard, Named, Scalar } from '../core/core.ts'
import type { Equation } from '../core/statement.ts'
import { type Below, belowGuard, belowScalar } from '../core/walk.ts'

export interface Mentions {
  /** Nodes by which something is differentiated, and those by which the cost is. */
  readonly by: ReadonlySet<Node>
  readonly costBy: ReadonlySet<Node>
  /** Every node that is named, the cost apart. */
  readonly named: ReadonlySet<Node>
  /** Something other than the cost is differentiated. */
  readonly hasJacobian: boolean
  /** A derivative is differentiated: no adjoint can be given. */
  readonly isSecond: boolean
  /** There are derivatives, or masks: ties and kinks matter. */
  readonly isDifferential: boolean
}

export const mentionsOf = (equations: readonly Equation[], cost: Node): Mentions => {
  const by = new Set<Node>()
  const costBy = new Set<Node>()
  const named = new Set<Node>()
  let [hasJacobian, isSecond, isDifferential] = [false, false, false]
  const name = (node: Node): void => {
    if (node !== cost) named.add(node)
  }
  const differentiate = (node: Node): void => {
    isDifferential = true
    name(node)
    by.add(node)
  }
  const source = (from: Named): void => {
    switch (from.kind) {
      case 'variable':
        return
      case 'node':
        name(from.node)
        return
      case 'adjoint':
        differentiate(from.node)
        costBy.add(from.node)
        return
      case 'jacobian':
        hasJacobian = true
        source(from.of)
        differentiate(from.by)
        if (from.of.kind !== 'adjoint') return
        isSecond = true
        costBy.add(from.by)
    }
  }
  const seen = new Set<object>()
  const below = ({ scalars, guards, tables }: Below): void => {
    scalars.forEach(visit)
    guards.forEach(guard)
    for (const table of tables) visit(table.body)
  }
  const guard = (each: Guard): void => {
    if (each.kind !== 'indices') isDifferential = true
    below(belowGuard(each))
  }
  const visit = (s: Scalar): void => {
    if (seen.has(s)) return
    seen.add(s)
    if (s.kind === 'read' && s.from.kind !== 'table') source(s.from)
    if (s.kind === 'apply' && s.order > 0) isDifferential = true
    below(belowScalar(s))
  }
  for (const { left, right } of equations) [left, right].forEach(visit)
  return { by, costBy, named, hasJacobian, isSecond, isDifferential }
}
