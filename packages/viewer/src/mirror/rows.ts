// What a reader sees of a graph: a row for every named array of the forward pass, its parameters as
// chips, its adjoint in the same row. Unnamed helpers are folded into the formulas of the named.
import { grad, type Node, topologicalOrder } from '@backprove/graph'

export interface Row {
  readonly node: Node
  /** Leaves that only this row, or no other computed array, speaks of: weights, biases, targets. */
  readonly chips: readonly Node[]
  /** The rows that its value is computed from. */
  readonly sources: readonly Row[]
  /** ∂C/∂node, where C is computed from it. */
  readonly adjoint: Node | undefined
  /** The gradients of those chips that are parameters, in their order. */
  readonly gradients: readonly Node[]
}

/** An unnamed chain longer than this has rows of its own: nobody reads such a formula. */
const LONGEST_FOLD = 12

/** @throws GradError where an op of the graph has no derivative */
export function rowsOf(cost: Node, output?: Node): Row[] {
  const order = topologicalOrder(output ? [cost, output] : [cost])
  const sources = shownSources(order, new Set([cost, ...(output ? [output] : [])]))
  const shown = order.filter((node) => sources.has(node))
  const chips = chipsAmong(shown, sources)
  const behindCost = new Set(topologicalOrder([cost]))
  const asked = shown.filter(
    (node) => node !== cost && behindCost.has(node) && (!chips.has(node) || isParameter(node)),
  )
  const gradients = grad(cost, asked)
  const adjoints = new Map(asked.map((node, k) => [node, gradients[k]!]))
  const rows = new Map<Node, Row>()
  for (const node of shown) {
    if (chips.has(node)) continue
    const from = sources.get(node)!
    const own = from.filter((source) => chips.has(source))
    rows.set(node, {
      node,
      chips: own,
      sources: from.flatMap((source) => rows.get(source) ?? []),
      adjoint: adjoints.get(node),
      gradients: own.flatMap((chip) => adjoints.get(chip) ?? []),
    })
  }
  return [...rows.values()]
}

export const isParameter = (node: Node): boolean => node.op.name === 'parameter'
const isLeaf = (node: Node): boolean => node.op.traits?.leaf === true

/** Every shown node with the shown nodes nearest behind it. */
function shownSources(order: readonly Node[], always: ReadonlySet<Node>): Map<Node, Node[]> {
  const behind = new Map<Node, ReadonlySet<Node>>()
  const depth = new Map<Node, number>()
  const shown = new Map<Node, Node[]>()
  for (const node of order) {
    const isNamed = node.name !== undefined && node.op.name !== 'constant'
    const sources = new Set<Node>()
    let deepest = 0
    for (const arg of node.args) {
      if (shown.has(arg)) sources.add(arg)
      else for (const source of behind.get(arg)!) sources.add(source)
      deepest = Math.max(deepest, depth.get(arg)!)
    }
    const isShown = isNamed || always.has(node) || deepest >= LONGEST_FOLD
    if (isShown) shown.set(node, [...sources])
    behind.set(node, sources)
    depth.set(node, isShown || isLeaf(node) ? 0 : deepest + 1)
  }
  return shown
}

/**
 * Parameters, and those inputs that only ever meet an array that was computed before: a target, a
 * mask, a running mean. The image and whatever else begins a chain has a row.
 */
function chipsAmong(
  shown: readonly Node[],
  sources: ReadonlyMap<Node, readonly Node[]>,
): ReadonlySet<Node> {
  const beginsChain = new Set<Node>()
  const used = new Set<Node>()
  for (const node of shown) {
    const from = sources.get(node)!
    for (const source of from) used.add(source)
    if (from.some((source) => !isLeaf(source))) continue
    const inputs = from.filter((source) => !isParameter(source))
    for (const source of inputs.length > 0 ? inputs : from.slice(0, 1)) beginsChain.add(source)
  }
  return new Set(shown.filter((node) => isLeaf(node) && used.has(node) && !beginsChain.has(node)))
}
