// δ_t = (1 − h_t²) ⊙ ∂L/∂h_t of arrays h_1, h_2: what a formula defines of each step stands where
// it is used, so that Σ_t δ_t is a sum over steps too.

import { withNames } from '../../names-in.ts'
import { withValuesFor } from '../../read/split-application.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Definition, Expression, Name } from '../../syntax.ts'
import { mapped, writingOut } from '../../walk.ts'
import { isLetter as isBare, letterOf } from '../definition-of.ts'
import { withoutTranspose } from '../names.ts'
import { withOwnLetters } from '../own-letters.ts'
import { isLetter, stepped } from './steps.ts'

/** t of g_t and g^{(t)}. */
const stepOf = ({ left, parameters }: Definition): string | undefined => {
  const [letter, ...others] = parameters
  if (letter !== undefined) return others.length === 0 ? letter : undefined
  const { superscript, subscript } = left as Name
  const [only, ...more] = superscript?.parts ?? []
  return !subscript && more.length === 0 && isBare(only) ? letterOf(only) : undefined
}

/** Of one letter, which says the step of an array. */
const isOfSteps = (definition: Definition, scope: Scope): boolean => {
  const letter = stepOf(definition)
  const base = letterOf(definition.left as Name)
  const { value } = definition
  return (
    letter !== undefined &&
    stepped(value, letter, scope).length > 0 &&
    !withNames(value).some((each) => letterOf(each) === base)
  )
}

/** What stands below the name, or above it, where the definition has its letter there. */
const stepIn = (name: Name, { left, parameters }: Definition): Expression | undefined => {
  const turned = name.superscript && withoutTranspose(name, name.superscript.parts)
  const { superscript, subscript } = turned ?? name
  if (letterOf(name) !== letterOf(left as Name)) return undefined
  const isBelow = parameters.length > 0
  if (isBelow ? superscript : subscript) return undefined
  const [step, ...others] = (isBelow ? subscript : superscript)?.parts ?? []
  return others.length === 0 ? step : undefined
}

/** What is defined of the step that the name says. */
const definedAt = (name: Name, definition: Definition): Expression | undefined => {
  const written = stepIn(name, definition)
  if (!written) return undefined
  const step = inlined(written, definition)
  const own = withOwnLetters(definition.value, new Set(withNames(step).map(letterOf)))
  const letter = stepOf(definition)!
  const value = mapped(own, (node) => (isLetter(node, letter) ? step : undefined))
  const isTurned = name.superscript && withoutTranspose(name, name.superscript.parts)
  return isTurned ? { kind: 'transposed', operand: value, span: name.span } : value
}

const inlined = <Tree>(tree: Tree, definition: Definition): Tree =>
  withValuesFor(tree, (name) => definedAt(name, definition))

/** The claim without definitions of steps: each stands where it is used. */
export const withStepsDefined = (claim: Claim, scope: Scope): Claim => {
  const definition = claim.where.find((each) => isOfSteps(each, scope))
  if (!definition) return claim
  const others = { ...claim, where: claim.where.filter((each) => each !== definition) }
  return withStepsDefined(writingOut(claim.span)(inlined(others, definition)), scope)
}
