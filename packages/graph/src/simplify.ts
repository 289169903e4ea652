// The driver of the laws: rebuilds a graph from the leaves up, folds constants, and applies each
// law wherever its left side stands, until none does. It knows no op by name.
import { evaluate } from './evaluate.ts'
import { type Law, match, type Pattern, patternOf } from './laws/law.ts'
import { LAWS } from './laws/table.ts'
import { constantOp } from './ops/leaves.ts'
import { broadcastTo } from './ops/reduction/sum.ts'
import { optionError } from './options.ts'
import { topologicalOrder } from './order.ts'
import type { Node } from './record/node.ts'
import type { Op } from './record/op.ts'
import { nodeList } from './record/operand.ts'
import { sizeOf } from './shape.ts'

/** Folding must not turn a small graph into a large one. */
const LARGEST_FOLD = 1024
/** No law undoes another; this only bounds a mistake in the table. */
const MOST_STEPS = 64

/** The same values with fewer nodes. Named nodes below the given ones are kept as they are. */
export function simplify(node: Node, laws?: readonly Law[]): Node
export function simplify(nodes: readonly Node[], laws?: readonly Law[]): Node[]
export function simplify(
  nodes: Node | readonly Node[],
  laws: readonly Law[] | number = LAWS,
): Node | Node[] {
  const roots = nodeList('simplify', nodes)
  // What `map` hands on is a place, and nobody's laws.
  const given = typeof laws === 'number' ? LAWS : laws
  if (!Array.isArray(given)) throw optionError('simplify', 'laws', laws, 'a list of laws')
  const patterns = patternsByOp(given)
  const simplified = new Map<Node, Node>()
  for (const node of topologicalOrder(roots)) {
    const kept = node.name !== undefined && !roots.includes(node)
    simplified.set(node, kept ? node : rewrite(rebuild(node, simplified), patterns))
  }
  for (const [before, after] of simplified) carryLabel(before, after)
  const results = roots.map((root) => simplified.get(root)!)
  return Array.isArray(nodes) ? results : results[0]!
}

function patternsByOp(laws: readonly Law[]): Map<Op, Pattern[]> {
  const table = new Map<Op, Pattern[]>()
  for (const law of laws) {
    const pattern = patternOf(law)
    const known = table.get(pattern.root.op)
    if (known) known.push(pattern)
    else table.set(pattern.root.op, [pattern])
  }
  return table
}

function rebuild(node: Node, simplified: ReadonlyMap<Node, Node>): Node {
  const args = node.args.map((arg) => simplified.get(arg)!)
  if (args.every((arg, k) => arg === node.args[k])) return node
  return node.graph.recordingFor(node, () => node.graph.record(node.op, args, node.params))
}

function rewrite(start: Node, patterns: ReadonlyMap<Op, readonly Pattern[]>): Node {
  let node = foldConstants(start)
  for (let step = 0; step < MOST_STEPS; step++) {
    const next = applyFirst(node, patterns.get(node.op) ?? [])
    if (!next) return node
    node = next
  }
  return node
}

function applyFirst(node: Node, patterns: readonly Pattern[]): Node | undefined {
  for (const pattern of patterns) {
    const variables = match(pattern, node)
    if (!variables) continue
    const right = node.graph.recordingFor(node, () => pattern.law.sides(...variables)[1])
    const made = broadcastTo(right, node.shape)
    if (made !== node) return made
  }
  return undefined
}

function foldConstants(node: Node): Node {
  const foldable =
    !node.op.traits?.leaf &&
    sizeOf(node.shape) <= LARGEST_FOLD &&
    node.args.length > 0 &&
    node.args.every((arg) => arg.op === constantOp)
  return foldable ? node.graph.constant(evaluate(node), node.shape) : node
}

/** The simplified adjoint of a node is its adjoint still. */
function carryLabel(before: Node, after: Node): void {
  if (before === after || after.op.traits?.leaf) return
  for (const { cost, forward } of before.graph.adjointOf(before)) {
    before.graph.registerAdjoint(cost, forward, after)
  }
}
