// What has a name, at an index: z_{i,j}, ∂C/∂w_{u,v}, ∂y_{k}/∂z_{i}.

import type { Node } from '@backprove/graph'
import type { Named } from '../core/core.ts'
import type { Style } from './style.ts'

interface Spelling {
  readonly style: Style
  readonly cost: Node
}

/** The axes that formulas show: those with letters, else all but leading ones of length 1. */
const shownAxes = (node: Node): readonly number[] => {
  const [own] = node.graph.namesOf(node)
  if (own?.axes) return own.axes
  const first = node.shape.findIndex((length) => length !== 1)
  return [...node.shape.keys()].slice(first < 0 ? node.shape.length : first)
}

const nameOf = (node: Node): string =>
  node.graph.namesOf(node)[0]?.bare ?? node.name ?? node.op.name

const costName = ({ cost }: Spelling): string => cost.name ?? 'C'

const entry = (node: Node, at: readonly string[], spelling: Spelling): string => {
  if (node === spelling.cost) return costName(spelling)
  const shown = shownAxes(node).map((axis) => at[axis]!)
  return shown.length > 0 ? spelling.style.subscript(nameOf(node), shown) : nameOf(node)
}

export const spellNamed = (source: Named, at: readonly string[], spelling: Spelling): string => {
  const { style } = spelling
  switch (source.kind) {
    case 'node':
      return entry(source.node, at, spelling)
    case 'variable':
      return source.name
    case 'adjoint':
      return style.partial(costName(spelling), entry(source.node, at, spelling))
    case 'jacobian': {
      const rank = source.of.node.shape.length
      const above = entry(source.of.node, at.slice(0, rank), spelling)
      const below = entry(source.by, at.slice(rank), spelling)
      return source.of.kind === 'node'
        ? style.partial(above, below)
        : style.second(costName(spelling), above, below)
    }
  }
}
