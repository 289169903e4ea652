// Axes that a claim runs through by hand, w_11 x_11 + w_12 x_12 + …: it speaks of their length.

import type { Node } from '@backprove/graph'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import type { Network } from '../network/network.ts'
import type { IsFixed } from '../network/symbolic/shapes.ts'

interface Axis {
  readonly node: Node
  readonly axis: number
  readonly name: string
  readonly seen: Set<number>
}

/** Axes of leaves all of whose indices, and more than one, occur as numbers. */
export const writtenOut = (
  claim: ResolvedClaim,
  { nodes }: Network,
): { readonly axes: readonly string[]; readonly isWrittenOut: IsFixed } => {
  const found = new Map<string, Axis>()
  const note = (array: Extract<Resolved, { kind: 'array' }>, visible: number, index: number) => {
    const node = nodes.get(array.name)
    if (!node?.op.traits?.leaf) return
    const own = node.graph.namesOf(node).find((each) => each.bare === array.name)
    const axis = (own?.axes ?? [...node.shape.keys()])[visible + array.skip]
    if (axis === undefined) return
    const name = `${array.name}.${own?.letters[visible] ?? axis + 1}`
    const key = `${node.id}.${axis}`
    const known = found.get(key) ?? { node, axis, name, seen: new Set<number>() }
    known.seen.add(index)
    found.set(key, known)
  }
  const visit = (node: Resolved): void => {
    if (node.kind === 'entry' && node.array.kind === 'array') {
      for (const [axis, index] of node.indices.entries()) {
        if (index?.kind === 'numeral') note(node.array, axis, Number(index.value.numerator))
      }
    }
    childNodes<Resolved>(node).forEach(visit)
  }
  claim.operands.forEach(visit)
  const complete = [...found.values()].filter(({ node, axis, seen }) => {
    const length = node.shape[axis]!
    return length > 1 && Array.from({ length }, (_, k) => k + 1).every((k) => seen.has(k))
  })
  return {
    axes: complete.map(({ name }) => name),
    isWrittenOut: (leaf, axis) => complete.some((each) => each.node === leaf && each.axis === axis),
  }
}
