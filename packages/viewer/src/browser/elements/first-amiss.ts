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
  const said = h('p', {}, words.languageCode === 'en' ? message : inChinese(message))
  if (!place) return [said]
  const math = formula(label(place).latex)
  math.setAttribute('aria-hidden', 'true')
  const hidden = h('span', { class: 'hidden' }, label(place).text)
  const button = h('button', { type: 'button', onclick: () => go(place) }, math, hidden)
  return [h('p', {}, `${words.firstNotFinite} `, button), said]
}

/** The sentences of `diagnose`, which are made of names, numbers and these words. */
const WORDS: readonly (readonly [RegExp, string])[] = [
  [/^(.*?), entry \[([\d, ]+)\] is /, '$1 的元素 ($2) 是 '],
  [/^("[^"]*"|\S+)( \[[\d, ]*\])? is /, '$1$2 是 '],
  [/: a constant$/, '：常数'],
  [/: what was fed$/, '：输入的值'],
  [/ \((\d+) not finite\)/g, '（其中 $1 个不是有限数）'],
  [/; by /, '；由 '],
  [/; /g, '；'],
  [/\. It reaches no result: something masks it/, '。它被遮盖，没有传到任何结果'],
  [
    /\. Behind (.*?): a branch that a where does not choose still has a slope, and 0 · ∞ is NaN/,
    '。在 $1 之后：where 未选中的分支仍有斜率，而 0 · ∞ 是 NaN',
  ],
  [/；?choose a safe operand first, /, '；请先选取安全的运算对象：'],
]

const inChinese = (message: string): string =>
  WORDS.reduce((text, [english, chinese]) => text.replace(english, chinese), message)
