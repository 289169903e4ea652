// label: what formulas call a node, on its own: z^F, δ^F, ∂C/∂w^F, v^{(12)}.
import type { Node } from '../../record/node.ts'
import { requireNode } from '../../record/operand.ts'
import { type Style, writeLabel } from './label-text.ts'
import { labelOf, labelsOf, numberLabel } from './labels.ts'

/** What formulas call a node, in both spellings. */
export interface LabelTexts {
  readonly latex: string
  readonly text: string
}

/** The label of a node in LaTeX and in Unicode. A user's name is escaped in both. */
export function label(node: Node): LabelTexts {
  requireNode('label', node)
  const shown = labelOf(node) ?? labelsOf(node)[0] ?? numberLabel(node)
  const write = (style: Style) => writeLabel(shown, style)
  return { latex: write('latex'), text: write('unicode') }
}
