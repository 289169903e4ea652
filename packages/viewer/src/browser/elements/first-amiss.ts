// The note above a mirror whose numbers are not all finite: where the first arises, and how.
import { label, type Node, topologicalOrder } from '@backprove/graph'
import type { Row } from '../../mirror/rows.ts'
import type { Diagnosed } from '../live.ts'
import type { Words } from '../words/index.ts'
import { formula } from './formula.ts'
import { nodesOf } from './graph-model.ts'
import { type Child, h } from './h.ts'

/** The array of the mirror that a node is, or the first that is computed from it. */
export function placeOf(node: Node, rows: readonly Row[]): Node | undefined {
  const shown = rows.flatMap(nodesOf)
  if (shown.includes(node)) return node
  const below = new Set<Node>([node])
  for (const each of topologicalOrder(shown)) {
    if (!each.args.some((arg) => below.has(arg))) continue
    if (shown.includes(each)) return each
    below.add(each)
  }
  return undefined
}

export function amissNote(
  { message }: Diagnosed,
  place: Node | undefined,
  words: Words,
  go: (node: Node) => void,
): Exclude<Child, false | null | undefined | number>[] {
  const said = h('p', {}, message)
  if (!place) return [said]
  const math = formula(label(place).latex)
  math.setAttribute('aria-hidden', 'true')
  const hidden = h('span', { class: 'hidden' }, label(place).text)
  const button = h('button', { type: 'button', onclick: () => go(place) }, math, hidden)
  return [h('p', {}, `${words.firstNotFinite} `, button), said]
}
