// Shapes that a document says: x ∈ ℝ^n, W ∈ ℝ^{m×n}.
import { declared } from '../../document/network/leaves.ts'
import type { LeafLine } from '../../document/network/lines.ts'
import { expressionText } from '../../language/print/print.ts'
import type { Claim } from '../../language/syntax.ts'
import { type Length, orUndefined, type Shape } from './lengths.ts'

/** One length for each letter. */
export interface LengthsByLetter {
  readonly called: (letter: string) => Length
  readonly has: (letter: string) => boolean
}

export const lengthsByLetter = (): LengthsByLetter => {
  const known = new Map<string, Length>()
  const called = (letter: string): Length => {
    const found = known.get(letter) ?? { letter }
    known.set(letter, found)
    return found
  }
  return { called, has: (letter) => known.has(letter) }
}

const leavesIn = (formula: string): readonly LeafLine[] => {
  const text = formula.trim().replace(/\\mathbb\s*(?:R|\{R\})/g, 'ℝ')
  const unknown = (): number => 1
  const span = { start: 0, end: text.length }
  return orUndefined(() => declared(text, span, () => undefined, unknown)) ?? []
}

/** X ∈ ℝ^{m×n} as it was read: the author's \R is ℝ. */
export const declarationText = ({ operands: [left, space] }: Claim): readonly string[] => {
  if (!left || space?.kind !== 'name' || space.base !== 'R') return []
  const text = expressionText(space, 'text').replace(/^R/, 'ℝ').replaceAll(' · ', '×')
  return [`${expressionText(left, 'text')} ∈ ${text}`]
}

/** By the name of the array, as equations have it: W^{(1)} of W^{[1]}. */
export const declaredIn = (
  formulas: readonly string[],
  lengthCalled: (letter: string) => Length,
): ReadonlyMap<string, Shape> =>
  new Map(
    formulas
      .flatMap(leavesIn)
      .map(({ name, shape }) => [
        name.replace(/\[(.*)\]/, '($1)'),
        shape.map(({ length, letter }) => (letter ? lengthCalled(letter) : { size: length })),
      ]),
  )
