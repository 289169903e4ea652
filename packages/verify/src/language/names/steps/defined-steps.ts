// δ_t = (1 − h_t²) ⊙ ∂L/∂h_t of arrays h_1, h_2: what a formula defines of each step stands where it
// is used, so that Σ_t δ_t is a sum over steps too.

import { withNames } from '../../names-in.ts'
import { splitApplication } from '../../read/split-application.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Definition, Expression, Name } from '../../syntax.ts'
import { mapped } from '../../walk.ts'
import { keyOf, letterOf } from '../definition-of.ts'
import { withOwnLetters } from '../own-letters.ts'
import { isLetter, stepped } from './steps.ts'

/** Of one letter, which says the step of an array. */
const isOfSteps = ({ name, parameters, value }: Definition, scope: Scope): boolean => {
  const [letter, ...others] = parameters
  return (
    letter !== undefined &&
    others.length === 0 &&
    stepped(value, letter, scope).length > 0 &&
    !withNames(value).some((each) => letterOf(each) === name)
  )
}

/** What it says of one step. */
const valueAt = (
  { parameters, value }: Definition,
  step: Expression,
  { span, superscript }: Name,
): Expression => {
  const own = withOwnLetters(value, new Set(withNames(step).map(letterOf)))
  const at = mapped(own, (node) => (isLetter(node, parameters[0]!) ? step : undefined))
  return superscript ? { kind: 'transposed', operand: at, span } : at
}

/** What is defined of the step that stands below the name. */
const definedAt = (name: Name, definition: Definition): Expression | undefined => {
  const [step, ...others] = name.subscript?.parts ?? []
  if (!step || others.length > 0 || keyOf(name).entry !== definition.name) return undefined
  return valueAt(definition, inlined(step, definition), name)
}

const inlined = <Tree>(tree: Tree, definition: Definition): Tree =>
  mapped(tree, (node) => {
    const expression = node as Expression
    if (expression.kind === 'name') return definedAt(expression, definition)
    // D_t (h_t − y) is no function of h_t − y.
    const split = splitApplication(expression)
    const value = split && definedAt(split.head, definition)
    if (!value) return undefined
    const factors = [value, inlined(split.rest, definition)]
    return { kind: 'product', factors, span: expression.span }
  })

/** The claim without definitions of steps: each stands where it is used. */
export const withStepsDefined = (claim: Claim, scope: Scope): Claim => {
  const definition = claim.where.find((each) => isOfSteps(each, scope))
  if (!definition) return claim
  const others = { ...claim, where: claim.where.filter((each) => each !== definition) }
  return withStepsDefined(inlined(others, definition), scope)
}
