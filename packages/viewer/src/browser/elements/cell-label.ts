// What a cell is called in its own row: δ^O at z^O and ∂C/∂b^O at b^O, though both are one array.
import { type LabelTexts, label } from '@backprove/graph'
import type { Cell } from '../../mirror/cells.ts'

const WEIGHTED_INPUT = /^z(?=[\^_]|$)/

export function labelIn({ node, of, kind }: Cell): LabelTexts {
  if (!of) return label(node!)
  const { latex, text } = label(of)
  if (WEIGHTED_INPUT.test(text)) {
    return { latex: latex.replace('z', '\\delta '), text: text.replace('z', 'δ') }
  }
  const [over, under] = ['\\partial C', `\\partial ${latex}`]
  return {
    latex: kind === 'chip' ? `${over}/${under}` : `\\frac{${over}}{${under}}`,
    text: `∂C/∂${text}`,
  }
}
