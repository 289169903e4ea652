// What a reader calls a node: the names its user gave it, and what it is the adjoint of. Only
// decides on labels; label-text.ts writes them.

import { type ArrayName, parseName } from '../../names/names.ts'
import { constantOp, parameterOp } from '../../ops/leaves.ts'
import type { Graph } from '../../record/graph.ts'
import type { Adjoint, Node } from '../../record/node.ts'

export interface Label {
  /** A name of the node itself, δ^X, ∂C/∂X, or nothing better than the node's number. */
  readonly kind: 'name' | 'delta' | 'partial' | 'number'
  /** The node's own name, or that of the forward node. */
  readonly name: ArrayName
  /** The cost of ∂C/∂X, where it has a name. */
  readonly cost: ArrayName
  /** The axes that subscripts show, in the order of the name's letters: all of them without any. */
  readonly axes: readonly number[]
  /** Some axis has indices of more than one digit, so that 11 would not be 1 and 1. */
  readonly isLong: boolean
}

const COST = parseName('C')

/** Every label of a node, the one that prints first: its names, then what it is the adjoint of. */
export function labelsOf(node: Node): readonly Label[] {
  const own = node.graph.namesOf(node).map((name) => labelled('name', name, node))
  return node.op === constantOp ? own : [...own, ...adjointLabels(node)]
}

/**
 * The label that stands for a node inside formulas, if it has one. A node that was there before
 * the cost is no adjoint to a reader, even where it happens to equal one.
 */
export function labelOf(node: Node): Label | undefined {
  const [own] = node.graph.namesOf(node)
  if (own) return labelled('name', own, node)
  return node.op === constantOp ? undefined : adjointLabels(node, true)[0]
}

/**
 * Stands for a node without a label: v^{(12)}, a constant K^{(12)}, where `text` says #12; another
 * letter where the graph has arrays of that one.
 */
export const numberLabel = (node: Node): Label => {
  const names = [...node.graph.named.keys()]
  const isFree = (letter: string) => !names.some((name) => name.startsWith(letter))
  const base = (node.op === constantOp ? ['K', 'κ'] : ['v', 'u', 'q', 'r']).find(isFree) ?? 'v'
  const tag = `(${node.id})`
  const name = { ...parseName(base), tag, bare: `${base}^{${tag}}` }
  // Axes of length 1 say nothing; a constant is read with all of its own.
  const wide = node.shape.flatMap((length, axis) => (length === 1 ? [] : [axis]))
  if (node.op === constantOp) return labelled('number', name, node)
  // v_{1,1}: 11 would be the eleventh.
  return { ...labelled('number', { ...name, axes: wide }, node), isLong: wide.length > 1 }
}

/** δ^X before ∂C/∂X. */
function adjointLabels(node: Node, onlyNew = false): Label[] {
  const labels = node.graph
    .adjointOf(node)
    .filter(({ cost }) => !onlyNew || node.id > cost.id)
    .flatMap(({ cost, forward }) => {
      const [name] = node.graph.namesOf(forward)
      if (!name) return []
      const kind: Label['kind'] = isWeightedInput(name, forward) ? 'delta' : 'partial'
      const costName = node.graph.namesOf(cost)[0] ?? COST
      return [labelled(kind, name, node, costName)]
    })
  return labels.sort((a, b) => Number(b.kind === 'delta') - Number(a.kind === 'delta'))
}

/** z^X, whose adjoint is the error δ^X of the textbooks; the gate z = σ(…) has none. */
const isWeightedInput = ({ base }: ArrayName, { op: { traits } }: Node): boolean =>
  base === 'z' && !traits?.activation && !traits?.normalised

function labelled(kind: Label['kind'], name: ArrayName, node: Node, cost = COST): Label {
  const axes = name.axes ?? node.shape.map((_, axis) => axis)
  const isLong = axes.some((axis) => node.shape[axis]! > 9)
  return { kind, name, cost, axes, isLong }
}

/** The letter that a label has for an axis. */
export const letterOf = (label: Label, axis: number): string | undefined =>
  label.name.letters[label.axes.indexOf(axis)]

/** What a formula calls nodes, and at which of them it stops. */
export interface Labelling {
  readonly label: (node: Node) => Label | undefined
  readonly stops: (node: Node) => boolean
}

export const labellingOf = (graph: Graph): Labelling => ({ label: labelOf, stops: stopsAt(graph) })

/** `∂C/∂X` or `δ^X` of a forward node with a name. */
export function adjointLabel(cost: Node, forward: Node): Label | undefined {
  const [name] = forward.graph.namesOf(forward)
  if (!name) return undefined
  const costName = forward.graph.namesOf(cost)[0] ?? COST
  return labelled(isWeightedInput(name, forward) ? 'delta' : 'partial', name, forward, costName)
}

/**
 * Whether formulas stop at a node. They stop at names and at errors δ; at other adjoints only where
 * several paths join, where they are by a mean or a sum, or in a graph whose user did not name any
 * weighted input z, and so has no errors to speak of.
 */
function stopsAt(graph: Graph): (node: Node) => boolean {
  const speaksOfErrors = new Map<Node, boolean>()
  const hasErrors = (cost: Node): boolean => {
    const known = speaksOfErrors.get(cost)
    if (known !== undefined) return known
    const found = [...(graph.adjointsOf(cost)?.keys() ?? [])].some((forward) =>
      graph.namesOf(forward).some((name) => isWeightedInput(name, forward)),
    )
    speaksOfErrors.set(cost, found)
    return found
  }
  return (node) => {
    const label = labelOf(node)
    if (label?.kind !== 'partial') return label !== undefined
    const adjoints = graph.adjointOf(node)
    if (!adjoints.some(({ cost }) => hasErrors(cost))) return true
    const isStation = ({ forward }: Adjoint) => 'keepDims' in forward.params || isJoin(forward)
    return !isShort(node) && adjoints.some(isStation)
  }
}

/** Made of names, errors and numbers entry by entry: as easily written again as referred to. */
const isShort = (node: Node): boolean =>
  node.op.traits?.elementwise === true &&
  node.args.every((arg) => ['name', 'delta'].includes(labelOf(arg)?.kind ?? ''))

/** Whether a node is computed from several named arrays, parameters apart: h = a + z. */
function isJoin(node: Node): boolean {
  const found = new Set<Node>()
  const seen = new Set(node.args)
  const waiting = [...seen]
  for (let each = waiting.pop(); each && found.size < 2; each = waiting.pop()) {
    if (each.op === parameterOp || each.op === constantOp) continue
    if (each.graph.namesOf(each).length > 0) found.add(each)
    else for (const arg of each.args) if (!seen.has(arg)) waiting.push(arg) && seen.add(arg)
  }
  return found.size > 1
}
