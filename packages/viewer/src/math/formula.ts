// A formula in LaTeX as MathML.
import { readable } from '../tex.ts'
import { type Mark, mark } from './marks.ts'
import { marksOf } from './nodes.ts'
import { treeOf } from './tree.ts'

/** KaTeX takes time that grows with the text, and nobody reads a formula of pages. */
export const LONGEST = 12_000

/** Nothing where it cannot be set. */
export function mathOf(tex: string, isDisplay: boolean): Mark | undefined {
  if (tex.length > LONGEST) return undefined
  try {
    const set = marksOf(treeOf(readable(tex), isDisplay), { style: isDisplay ? 'display' : 'text' })
    return mark('math', [mark('mrow', set)], isDisplay ? { display: 'block' } : {})
  } catch {
    return undefined
  }
}
