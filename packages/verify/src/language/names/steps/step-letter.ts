// Another letter for a layer or a step: δ^{(n_l)} of the last layer, and s^{(k)}, s^{(k-1)} of a
// graph with s^t, s^{t-1}.

import { namesIn } from '../../names-in.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Name } from '../../syntax.ts'
import { mapped } from '../../walk.ts'
import { subscriptsOf } from '../below/subscripts.ts'
import { compact } from '../layer-tags.ts'
import { currentStep } from './words-below.ts'

const letter = /^(\p{Ll})(?:-1)?$/u

/** k of s^{(k)} and s^{(k−1)}, where that stands in parentheses. */
const stepOf = ({ superscript }: Name): string | undefined => {
  const [only, ...others] = superscript?.parts ?? []
  if (!superscript?.parenthesised || !only || others.length > 0) return undefined
  return letter.exec(compact(only))?.[1]
}

/** The claim with the step called as the graph calls it; itself where nothing says so. */
export const withStepLetter = (claim: Claim, scope: Scope): Claim => {
  const step = currentStep(scope)
  if (step === undefined) return claim
  const stepped = new Set(
    scope.names.filter(({ tag }) => tag === `${step}-1`).map(({ base }) => base),
  )
  const names = namesIn(claim)
  const letters = new Set(
    names.flatMap((name) => (stepped.has(name.base) ? (stepOf(name) ?? []) : [])),
  )
  const [other] = letters
  const isOwn = scope.names.some(({ tag }) => tag === other || tag === `${other}-1`)
  if (!other || letters.size > 1 || isOwn || subscriptsOf(claim).has(other)) return claim
  return mapped(claim, (node) => {
    const name = node as Name
    if (name.kind !== 'name' || stepOf(name) !== other) return undefined
    const parts = mapped(name.superscript!.parts, (part) =>
      (part as Name).kind === 'name' ? { ...part, base: step } : undefined,
    )
    return { ...name, superscript: { ...name.superscript!, parts } }
  })
}

/** n_l above a name is L, the last layer. */
const isLast = (node: object): boolean => {
  const { kind, base, subscript, superscript } = node as Partial<Name>
  const [letter, ...others] = subscript?.parts ?? []
  if (kind !== 'name' || !/^[nN]$/.test(base!) || superscript || others.length > 0) return false
  return letter?.kind === 'name' && /^[lL]$/.test(letter.base)
}

const isOfLast = ({ superscript }: Name): boolean =>
  superscript !== undefined && namesIn(superscript).some(isLast)

/** δ^{(n_l)} as δ^{(L)}. */
export const withLastLayer = (claim: Claim): Claim => {
  if (!namesIn(claim).some(isOfLast)) return claim
  return mapped(claim, (node) => {
    const name = node as Name
    if (name.kind !== 'name' || !name.superscript || !isOfLast(name)) return undefined
    const superscript = mapped(name.superscript, (part) => {
      if (!isLast(part)) return undefined
      const { subscript: _, ...plain } = part as Name
      return { ...plain, base: 'L' }
    })
    return { ...name, superscript }
  })
}
