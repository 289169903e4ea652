// A law is an identity between two expressions, left = right, and rewrites left to right.
// Both sides are ordinary graph code over the same variables, so that a law can be evaluated and
// proved like any claim.

import type { ConstantParams } from '../ops/leaves.ts'
import { constantOp } from '../ops/leaves.ts'
import { Graph } from '../record/graph.ts'
import type { Node } from '../record/node.ts'
import { sameParams } from '../record/same-node.ts'
import type { Shape } from '../shape.ts'

/** An identity of the algebra of arrays, which `simplify` applies from left to right. */
export interface Law {
  /** The identity as a person writes it: `x + 0 = x`. */
  readonly name: string
  /** Both sides, from the variables. Called with any nodes of shapes that fit. */
  readonly sides: (...variables: Node[]) => readonly [left: Node, right: Node]
  /** One shape for each variable, at which the law can be tried. */
  readonly shapes: readonly Shape[]
  /** Where it does not hold exactly, in words: rounding, infinities. */
  readonly caveat?: string
}

/** The left side as a pattern: its leaves of this graph are the variables. */
export interface Pattern {
  readonly law: Law
  readonly root: Node
  readonly variables: readonly Node[]
}

export const VARIABLES = ['x', 'y', 'z', 'u', 'v'] as const

/** The left side of a law, recorded once, with the nodes that stand for its variables. */
export function patternOf(law: Law): Pattern {
  const graph = new Graph()
  const variables = law.shapes.map((shape, k) => graph.input(VARIABLES[k]!, shape))
  return { law, root: law.sides(...variables)[0], variables }
}

/**
 * The nodes that stand for the variables where `node` has the form of the left side. Named nodes
 * below `node` are not looked into: a reader should find the names that the user gave.
 */
export function match(pattern: Pattern, node: Node): Node[] | undefined {
  const bound = matchNode(pattern, pattern.root, node, new Map())
  return bound && pattern.variables.map((variable) => bound.get(variable)!)
}

type Bindings = ReadonlyMap<Node, Node>

function matchNode(p: Pattern, part: Node, node: Node, bound: Bindings): Bindings | undefined {
  if (p.variables.includes(part)) {
    const known = bound.get(part)
    if (known) return known === node ? bound : undefined
    return new Map(bound).set(part, node)
  }
  if (part.op !== node.op) return undefined
  if (part !== p.root && node.name !== undefined) return undefined
  if (part.op === constantOp) return sameConstant(part, node) ? bound : undefined
  if (part.args.length !== node.args.length) return undefined
  if (!sameParams(part.params, node.params)) return undefined
  const orders = part.op.traits?.commutative ? [part.args, [...part.args].reverse()] : [part.args]
  for (const order of orders) {
    const found = matchAll(p, order, node.args, bound)
    if (found) return found
  }
  return undefined
}

function matchAll(
  pattern: Pattern,
  parts: readonly Node[],
  nodes: readonly Node[],
  bound: Bindings,
): Bindings | undefined {
  let found: Bindings | undefined = bound
  for (let k = 0; k < parts.length && found; k++) {
    found = matchNode(pattern, parts[k]!, nodes[k]!, found)
  }
  return found
}

/** A number in a pattern stands for any array filled with that number. */
function sameConstant(part: Node, node: Node): boolean {
  const wanted = (part.params as ConstantParams).data[0]!
  return (node.params as ConstantParams).data.every((value) => Object.is(value, wanted))
}
