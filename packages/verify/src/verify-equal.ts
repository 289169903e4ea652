// Two nodes of one graph: are they the same function of the leaves, at this shape?

import { formatShape, type Node, ops, sum } from '@backprove/graph'
import { createWork } from './arithmetic/budget.ts'
import type { Resolved, ResolvedClaim } from './language/resolved.ts'
import { networkOf } from './network/network.ts'
import { judge } from './verdict/judge.ts'
import type { Verdict } from './verdict/verdict.ts'

/** Options of `verifyEqual`. */
export interface EqualOptions {
  /** Milliseconds. */
  readonly deadline?: number
}

const span = { start: 0, end: 0 }
/** No name of a graph is spelt so. */
const [left, right] = ['‹left›', '‹right›']
const arrayNamed = (name: string): Resolved => ({ kind: 'array', name, skip: 0, span })

/**
 * Proves or refutes that two nodes have the same value, whatever is fed. The lengths are the
 * recorded ones: adjoints have lengths in their options.
 */
export const verifyEqual = (a: Node, b: Node, { deadline = 5000 }: EqualOptions = {}): Verdict => {
  if (a.shape.join() !== b.shape.join()) {
    const shapes = [formatShape(a.shape), formatShape(b.shape)] as const
    return { kind: 'refuted', shapes, diagnoses: [] }
  }
  // Recorded as it stands: sub(a, 0) is a itself, whose operands are not the two sides.
  const difference = a.graph.record(ops.sub, [a, b], {})
  const network = networkOf(sum(difference))
  const [first, second] = network.cost.args[0]!.args as [Node, Node]
  first.as(left)
  second.as(right)
  const claim: ResolvedClaim = {
    operands: a === b ? [arrayNamed(left), arrayNamed(left)] : [left, right].map(arrayNamed),
    relations: ['='],
    free: [],
    span,
  }
  return judge(claim, network, {
    assumptions: [],
    assumed: [],
    work: createWork(deadline),
    recordedOnly: true,
  })
}
