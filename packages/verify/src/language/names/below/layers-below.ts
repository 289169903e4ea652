// Whether an author has the numbers of layers below: h_2 and W_1 of a graph with h2 and W1.

import { namesIn } from '../../names-in.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Name, Subscript } from '../../syntax.ts'
import { isTranspose } from './letters-alone.ts'

const isNumberAlone = (script: Subscript | undefined): boolean =>
  script?.parts.length === 1 && script.parts[0]!.kind === 'numeral'

/** There is where this author has layers; not in w^1_2. */
export const layersBelow = (claim: Claim, { names }: Scope): boolean => {
  const layered = namesIn(claim).filter(({ base }) =>
    names.some((each) => each.base === base && /^\d+$/.test(each.tag)),
  )
  const isAbove = ({ superscript, subscript }: Name) => isNumberAlone(superscript) && !subscript
  const isBelow = ({ superscript, subscript }: Name) =>
    isNumberAlone(subscript) && (superscript?.parts ?? []).every(isTranspose)
  return layered.some(isBelow) && !layered.some(isAbove)
}
