// What a cell is called in its own row: δ^O at z^O and ∂C/∂b^O at b^O, though both are one array.
import { type LabelTexts, label, type Node } from '@backprove/graph'
import type { Cell } from '../../mirror/cells.ts'

const WEIGHTED_INPUT = /^z(?=[\^_]|$)/

export function labelIn({ node, of, kind }: Cell, most = Infinity): LabelTexts {
  if (!of) return labelWithin(node!, most)
  const { latex, text } = labelWithin(of, most - '∂C/∂'.length)
  if (WEIGHTED_INPUT.test(text)) {
    return { latex: latex.replace('z', '\\delta '), text: text.replace('z', 'δ') }
  }
  const cost = node ? letterOfCost(node) : 'C'
  const [over, under] = [`\\partial ${cost}`, `\\partial ${latex}`]
  return {
    latex: kind === 'chip' ? `${over}/${under}` : `\\frac{${over}}{${under}}`,
    text: `∂${cost}/∂${text}`,
  }
}

/** J of ∂J/∂w; a cost whose name is a word is C, as short as a cell is. */
const letterOfCost = (adjoint: Node): string => /^∂(\p{L})\//u.exec(label(adjoint).text)?.[1] ?? 'C'

/** How many letters of a name have room beside the picture of a cell. */
export const roomIn = ({ kind }: Cell): number => (kind === 'chip' ? 13 : 9)

/** The end of a long name, which tells more than its beginning: …0.weight of features.0.weight. */
function labelWithin(node: Node, most: number): LabelTexts {
  const { latex, text } = label(node)
  if (widthOf(text) <= most || LETTERED.test(text)) return { latex, text }
  const end = /[./:](?=[^./:])/g
  let from = endWithin(text, most - 1)
  for (const { index } of text.matchAll(end)) {
    if (index < from) continue
    from = index + 1
    break
  }
  const short = `…${text.slice(Math.min(from, endWithin(text, 4)))}`
  return { latex: `\\text{${short.replaceAll(/[\\{}$&#^_~%]/g, '·')}}`, text: short }
}

/** w^{12}, W_{hx}: a letter with what stands above and below it is set in little room. */
const LETTERED = /^∂?\p{L}\p{M}*['′]*[\^_]/u

const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Extended_Pictographic}]/u
const graphemes = new Intl.Segmenter()

/** How many letters of Latin a text is as wide as. */
export const widthOf = (text: string): number =>
  [...graphemes.segment(text)].reduce((sum, { segment }) => sum + (WIDE.test(segment) ? 2 : 1), 0)

/** Where the end of a text begins that is so wide, no sign cut in two. */
function endWithin(text: string, most: number): number {
  let width = 0
  for (const { segment, index } of [...graphemes.segment(text)].reverse()) {
    width += WIDE.test(segment) ? 2 : 1
    if (width > most) return index + segment.length
  }
  return 0
}
