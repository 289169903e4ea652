// A step of the chain rule cut out of its graph: one node, the named nodes computed from it, and
// everything else that these read as free inputs. What holds there for all inputs holds in the
// whole graph.

import { asNamed } from '../../names/names.ts'
import { constantOp, parameterOp } from '../../ops/leaves.ts'
import { topologicalOrder } from '../../order.ts'
import { Graph } from '../../record/graph.ts'
import type { Node } from '../../record/node.ts'
import { operandNames } from '../../record/op.ts'
import { requireNode } from '../../record/operand.ts'
import { numberLabel } from '../label/labels.ts'
import { uniformValue } from './constants.ts'

/** The operands through which a gradient passes: not those of stopGradient and of conditions. */
export function slopedArgs({ op, args }: Node): Node[] {
  const names = operandNames(op, args.length)
  return args.filter((_, k) => op.vjp[op.traits?.variadic ? 'operand' : names[k]!])
}

/**
 * The named nodes (or the cost) that are computed from `node` without another between, by ways
 * that a gradient passes.
 */
export function consumersOf(cost: Node, node: Node): Node[] {
  requireNode('consumersOf', cost)
  requireNode('consumersOf', node)
  const order = topologicalOrder([cost])
  const reached = new Set<Node>([node])
  const found: Node[] = []
  for (const each of order) {
    if (each === node || !slopedArgs(each).some((arg) => reached.has(arg))) continue
    if (each === cost || each.name !== undefined) found.push(each)
    else reached.add(each)
  }
  return found
}

/**
 * A part of a network by itself: the copy of one node as an input, and what is computed from
 * it.
 */
export interface LocalCopy {
  readonly graph: Graph
  readonly node: Node
  readonly outputs: readonly Node[]
}

/**
 * A copy in which `node` is an input, as is every other named node that the outputs read. An
 * output of `named` keeps its name, and other outputs read what is computed; one that is not is
 * read as an input of that name.
 */
export function localCopy(
  node: Node,
  outputs: readonly Node[],
  named: ReadonlySet<Node> = new Set(),
): LocalCopy {
  const { ties, reluAtZero } = node.graph
  const graph = new Graph({ ties, reluAtZero })
  const copies = new Map<Node, Node>()
  const asLeaf = (original: Node): Node => {
    const [first, ...others] = original.graph.namesOf(original)
    const isParameter = original.op === parameterOp
    const copy = graph[isParameter ? 'parameter' : 'input'](
      first!.text,
      original.shape,
      asNamed(first!),
    )
    for (const name of others) copy.as(name.text, asNamed(name))
    return copy
  }
  const recorded = (original: Node): Node => {
    const { op, args, params } = original
    const copy = graph.recordingFor(original, () => graph.record(op, args.map(copyOf), params))
    const application = original.graph.applicationOf(original)
    const argument = application && copies.get(application.argument)
    if (application && argument) graph.registerApplication(copy, { ...application, argument })
    return copy
  }
  const copyOf = (original: Node): Node => {
    const known = copies.get(original)
    if (known) return known
    const isComputed =
      original.name === undefined || original.op === constantOp || named.has(original)
    const copy = original !== node && isComputed ? recorded(original) : asLeaf(original)
    const number = constantName(original)
    if (number !== undefined && !graph.named.has(number)) copy.as(number)
    if (named.has(original) || original.op === constantOp)
      for (const name of original.graph.namesOf(original)) copy.as(name.text, asNamed(name))
    copies.set(original, copy)
    return copy
  }
  // Arguments first, so that no chain of unnamed nodes is followed by recursion.
  const within = new Set(unnamedBelow(outputs, node))
  for (const each of topologicalOrder(outputs)) if (within.has(each)) copyOf(each)
  copyOf(node)
  for (const each of besides(node, outputs)) {
    const copy = recorded(each)
    for (const name of each.graph.namesOf(each)) copy.as(name.text, asNamed(name))
    copies.set(each, copy)
  }
  return {
    graph,
    node: copyOf(node),
    outputs: outputs.map((each) => (named.has(each) ? copyOf(each) : recorded(each))),
  }
}

/** K^{(17)}: what formulas call an array of several numbers that has no name. */
export const constantName = (node: Node): string | undefined =>
  node.op === constantOp && node.name === undefined && uniformValue(node) === undefined
    ? numberLabel(node).name.bare
    : undefined

/**
 * Named nodes of `node` alone that the outputs are not made of, as softmax(z) is beside the cross
 * entropy of z: derivatives may speak of them.
 */
function besides(node: Node, outputs: readonly Node[]): Node[] {
  const inOutputs = new Set(topologicalOrder(outputs))
  const named = [...node.graph.named.values()]
  return named.filter(
    (each) =>
      !inOutputs.has(each) && each.args.length > 0 && each.args.every((arg) => arg === node),
  )
}

/** Unnamed nodes that the outputs are made of, down to named ones. */
function unnamedBelow(outputs: readonly Node[], node: Node): Node[] {
  const found: Node[] = []
  const seen = new Set<Node>([node])
  const waiting = outputs.flatMap(({ args }) => args)
  for (let each = waiting.pop(); each; each = waiting.pop()) {
    if (seen.has(each) || each.name !== undefined) continue
    seen.add(each)
    found.push(each)
    waiting.push(...each.args)
  }
  return found
}
