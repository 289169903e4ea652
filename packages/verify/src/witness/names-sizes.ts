// Whether a claim names places by numeral (w_{33}, Σ_{i=1}^{4}, [i ≤ 4]): at other sizes it would
// say something else.
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'

/** A numeral above 1, alone or as a term: u − i + 3. Not the 2 of ⌈i/2⌉ or of 2i − 1: a stride. */
const isLarge = (node: Resolved | null | undefined): boolean => {
  if (node?.kind === 'numeral') return node.value.numerator > node.value.denominator
  if (node?.kind === 'negation') return isLarge(node.operand)
  return node?.kind === 'addition' && node.terms.some(isLarge)
}

interface Bounded {
  readonly lower?: Resolved
  readonly upper?: Resolved
}

export const namesSizes = ({ operands }: Pick<ResolvedClaim, 'operands'>): boolean => {
  const visit = (node: Resolved | object): boolean => {
    const {
      kind,
      indices,
      binders,
      operands: compared,
    } = node as {
      kind?: string
      indices?: readonly (Resolved | null)[]
      binders?: readonly Bounded[]
      operands?: readonly Resolved[]
    }
    if (kind === 'entry' && indices?.some(isLarge)) return true
    if (binders?.some(({ lower, upper }) => isLarge(lower) || isLarge(upper))) return true
    if (kind === 'comparison' && compared?.some(isLarge)) return true
    return childNodes<Resolved>(node).some(visit)
  }
  return operands.some(visit)
}
