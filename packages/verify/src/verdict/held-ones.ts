// Axes of length 1 that a claim speaks of, x_{ni} of one example, and that no proof varies: it is
// for this length.
import type { Resolved, ResolvedClaim, ScopeName } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'
import type { Network } from '../network/network.ts'
import { heldOne } from '../network/sizes.ts'

type ArrayNode = Extract<Resolved, { kind: 'array' }>

/** The arrays whose axes an entry has indices for, in their order: of ∂z/∂w those of z, then of w. */
const arraysIn = (node: Resolved): readonly ArrayNode[] => {
  if (node.kind === 'array') return [node]
  if (node.kind === 'derivative') return [node.of, ...node.by].flatMap(arraysIn)
  return []
}

/** Their names, as `axisName` says them. */
export const heldOnes = (claim: ResolvedClaim, network: Network): readonly string[] => {
  const { names, sizes } = network.scope
  if (!names.some(({ shape }) => shape.includes(1))) return []
  const found = new Set<string>()
  const add = (array: ScopeName | undefined, axis: number): void => {
    const node = array && network.nodes.get(array.name)
    if (!node || array.shape[axis] !== 1) return
    const shown = node.graph.namesOf(node).find(({ bare }) => bare === array.name)?.axes
    const name = heldOne(network, node, shown?.[axis] ?? axis)
    if (name) found.add(name)
  }
  const named = (name: string) => names.find((each) => each.name === name)
  const visit = (each: Resolved): void => {
    if (each.kind === 'size') {
      const size = sizes?.find(({ name }) => name === each.name)
      if (size) add(named(size.array), size.axis)
    }
    if (each.kind === 'entry') {
      let at = 0
      for (const { name, skip } of arraysIn(each.array)) {
        const array = named(name)
        for (let axis = skip; axis < (array?.rank ?? 0); axis++, at++)
          if (at in each.indices) add(array, axis)
      }
    }
    for (const child of childNodes<Resolved>(each)) visit(child)
  }
  for (const operand of claim.operands) visit(operand)
  return [...found]
}
