// Finds or makes the array of every node: leaves get values, views see another array, assemblies
// copy, the rest is computed by steps. Steps come out in the order of the nodes.
import {
  type ConstantParams,
  describeNode,
  type FedParams,
  isOp,
  type Node,
  type Shape,
  sizeOf,
} from '@backprove/graph'
import { assemblies } from './assemblies.ts'
import { type Draft, enter, type Located, newValue, type Value } from './draft.ts'
import { entryFor, familyOf } from './families.ts'
import type { Groups } from './fuse.ts'
import { groupOf } from './group.ts'
import type { Finishing } from './plan.ts'
import { viewRules } from './view-rules.ts'
import { broadcastView, denseView, isDense } from './views.ts'

/** How much memory of its own a kernel needs for a step, in entries. */
export type Scratch = (node: Node) => number
export type Finishes = (node: Node) => Finishing

export interface Arrays {
  readonly drafts: Draft[]
  /** The array of a node that is a leaf or that `add` has seen. */
  locate(node: Node): Located
  /** The same entries, one after another in row-major order. */
  dense(array: Located): Located
  /** A copy with memory of its own. */
  copy(array: Located, label: string): Located
  add(node: Node): void
  readonly leaves: ReadonlyMap<Node, Value>
}

export function layArrays(
  states: ReadonlySet<Node>,
  groups: Groups,
  { scratch, finishes }: { readonly scratch: Scratch; readonly finishes: Finishes },
  labels: ReadonlyMap<Node, string>,
): Arrays {
  const drafts: Draft[] = []
  const located = new Map<Node, Located>()
  const leaves = new Map<Node, Value>()
  const denseCopies = new Map<Value, Located[]>()
  const members = new Map<Node, Node[]>()
  for (const [node, roots] of groups) {
    for (const root of roots) {
      const known = members.get(root)
      if (known) known.push(node)
      else members.set(root, [node])
    }
  }

  const labelOf = (node: Node): string => {
    const own = node.name === undefined ? labels.get(node) : undefined
    return own ?? describeNode(node)
  }

  const fresh = (shape: Shape, label: string): Located => ({
    value: newValue('temporary', sizeOf(shape), label),
    view: denseView(shape),
  })

  const leaf = (node: Node): Located => {
    const constant = isOp(node.op, 'constant')
    const role = constant ? 'constant' : states.has(node) ? 'state' : 'feed'
    const label = constant ? describeNode(node) : (node.params as FedParams).name
    const data = constant ? (node.params as ConstantParams).data : undefined
    const value = newValue(role, sizeOf(node.shape), label, data)
    leaves.set(node, value)
    return { value, view: denseView(node.shape) }
  }

  const locate = (node: Node): Located => {
    const known = located.get(node)
    if (known) return known
    const made = leaf(node)
    located.set(node, made)
    return made
  }

  const copyInto = (from: Located, writes: Located, label: string): void => {
    const shape = writes.view.shape
    const reads = [{ value: from.value, view: broadcastView(from.view, shape) }]
    enter(drafts, { kind: 'elementwise', label, reads, writes, shape, code: [] })
  }

  const copy = (array: Located, label: string): Located => {
    const made = fresh(array.view.shape, label)
    copyInto(array, made, label)
    return made
  }

  const dense = (array: Located): Located => {
    if (isDense(array.view)) return array
    const copies = denseCopies.get(array.value) ?? []
    const seen = JSON.stringify(array.view)
    const known = copies.find((made) => made.value.label === seen)
    if (known) return known
    const made = copy(array, seen)
    denseCopies.set(array.value, [...copies, made])
    return made
  }

  const add = (node: Node): void => {
    const label = labelOf(node)
    switch (familyOf(node.op)) {
      case 'leaf':
        return
      case 'view': {
        const { value, view } = locate(node.args[0]!)
        const rule = entryFor(viewRules, node.op)!
        const seen = rule(view, node)
        if (seen) located.set(node, { value, view: seen })
        else {
          const packed = dense({ value, view })
          located.set(node, { value: packed.value, view: rule(packed.view, node)! })
        }
        return
      }
      case 'assembly': {
        const writes = fresh(node.shape, label)
        const parts = entryFor(assemblies, node.op)!(node, node.args.map(locate))
        for (const { from, into } of parts) {
          const target = { value: writes.value, view: into }
          if (typeof from !== 'number') copyInto(from, target, label)
          else {
            const shape = into.shape
            const fill = {
              kind: 'elementwise',
              label,
              reads: [],
              shape,
              code: [],
              fill: from,
            } as const
            enter(drafts, { ...fill, writes: target })
          }
        }
        located.set(node, writes)
        return
      }
      case 'elementwise':
      case 'reduction': {
        if (!groups.get(node)!.includes(node)) return
        const writes = fresh(node.shape, label)
        enter(drafts, groupOf(node, members.get(node)!, locate, writes, label))
        located.set(node, writes)
        return
      }
      case 'kernel': {
        const reads = node.args.map((arg) => dense(locate(arg)))
        const writes = fresh(node.shape, label)
        const { op, params } = node
        const asked = { scratch: scratch(node), finishes: finishes(node) }
        enter(drafts, { kind: 'kernel', label, op, params, reads, writes, ...asked })
        located.set(node, writes)
      }
    }
  }
  return { drafts, locate, dense, copy, add, leaves }
}
