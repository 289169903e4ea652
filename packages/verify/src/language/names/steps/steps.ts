// Sums over layers and time steps: Σ_t ∂L/∂h_t of arrays h_1, h_2, h_3 is written out, for an array
// for each step has no axis to sum over.

import { withNames } from '../../names-in.ts'
import { rational } from '../../rational.ts'
import type { Scope } from '../../resolved.ts'
import type { Expression, Name } from '../../syntax.ts'
import { childNodes, mapped } from '../../walk.ts'
import { isOnlyTagged } from '../below/tags-alone.ts'
import { deltaBase } from '../deltas/delta.ts'
import { tagText } from '../layer-tags.ts'
import { withoutTranspose } from '../names.ts'

type Sum = Extract<Expression, { kind: 'reduction' }>

const mostSteps = 50

const isLetter = (node: object, letter: string): boolean => {
  const { kind, base, superscript, subscript } = node as Partial<Name>
  return kind === 'name' && base === letter && !superscript && !subscript
}

const mentions = (node: object, letter: string): boolean =>
  isLetter(node, letter) || childNodes<Expression>(node).some((child) => mentions(child, letter))

/** The tags that arrays with this letter have, where none of them goes without one. */
const tagsOf = ({ names }: Scope, base: string): ReadonlySet<string> | undefined => {
  const isError = base === 'δ' && !names.some((each) => each.base === base)
  const meant = isError ? (deltaBase({ names }) ?? base) : base
  const own = names.filter((each) => each.base === meant)
  return isOnlyTagged({ names }, meant) ? new Set(own.map(({ tag }) => tag)) : undefined
}

/** Where the tag of a name stands: above it, t of h^{(t)T}, or first below. */
const placeOf = (name: Name): Expression | undefined => {
  const { superscript, subscript } = name
  const turned = superscript && withoutTranspose(name, superscript.parts)
  return (turned ?? name).superscript?.parts[0] ?? subscript?.parts[0]
}

/** Names whose tag the letter says. */
const stepped = (body: Expression, letter: string, scope: Scope): Name[] =>
  withNames(body).filter((name) => {
    const place = placeOf(name)
    // k of δ^{1k} is a map of layer 1, and no second digit of a layer's number.
    const step = place?.kind === 'product' ? place.factors[0]! : place
    return step !== undefined && tagsOf(scope, name.base) !== undefined && mentions(step, letter)
  })

const at = (body: Expression, letter: string, value: number): Expression =>
  mapped(body, (node) =>
    isLetter(node, letter)
      ? {
          kind: 'numeral',
          value: rational(BigInt(value)),
          text: `${value}`,
          span: (node as Name).span,
        }
      : undefined,
  )

const numberOf = (node: Expression | undefined): number | undefined =>
  node?.kind === 'numeral' && node.value.denominator === 1n
    ? Number(node.value.numerator)
    : undefined

/** The steps at which every array that is named exists, between the limits that are numbers. */
const stepsOf = (
  { binders, body }: Sum,
  letter: string,
  scope: Scope,
  isOfAll: boolean,
): number[] => {
  const binder = binders.find(({ name }) => name === letter)!
  const [lower, upper] = [numberOf(binder.lower), numberOf(binder.upper)]
  const names = stepped(body, letter, scope)
  const numbers = scope.names.flatMap(({ tag }) => (/^\d{1,4}$/.test(tag) ? [Number(tag)] : []))
  const last = Math.min(Math.max(0, ...numbers), mostSteps)
  const all = Array.from({ length: last + 1 }, (_, k) => k)
  const isKnown = (value: number) =>
    names.every((name) => {
      const place = placeOf(at(name, letter, value) as Name)!
      return tagsOf(scope, name.base)!.has(tagText([place], new Map()))
    })
  if (lower !== undefined && upper !== undefined && upper - lower < mostSteps)
    return Array.from({ length: Math.max(0, upper - lower + 1) }, (_, k) => lower + k)
  const isStep = (value: number) =>
    isOfAll || lower !== undefined || !names.some((name) => isInitial(name, letter, value, scope))
  return all.filter(
    (value) => value >= (lower ?? 0) && value <= (upper ?? last) && isStep(value) && isKnown(value),
  )
}

/** h_0, which is given where every other h_t is computed, is of no step. */
const isInitial = (name: Name, letter: string, value: number, { names }: Scope): boolean => {
  if (!isLetter(placeOf(name)!, letter)) return false
  const own = names.filter(({ base }) => base === name.base)
  const isGiven = ({ role }: (typeof own)[number]) => role === 'leaf'
  return own.some((each) => isGiven(each) && each.tag === `${value}`) && !own.every(isGiven)
}

const hasSum = (node: object): boolean =>
  childNodes<Expression>(node).some((child) => child.kind === 'reduction' || hasSum(child))

/** Whether a sum may meet an array that is given at its first step and computed at the others: h_0 of h_1, h_2. */
export const hasInitial = (claim: object, { names }: Scope): boolean =>
  hasSum(claim) &&
  names.some(
    ({ base, tag, role }) =>
      /^\d{1,4}$/.test(tag) &&
      role === 'leaf' &&
      names.some((each) => each.base === base && each.role !== 'leaf'),
  )

/** The terms of a sum over steps; undefined where it is an ordinary one. */
export const writtenOut = (sum: Sum, scope: Scope, isOfAll: boolean): Expression | undefined => {
  const { binders, body, operator, conditions, span } = sum
  const binder = binders.find(({ name }) => stepped(body, name, scope).length > 0)
  if (!binder || operator !== 'sum' || conditions.length > 0) return undefined
  const terms = stepsOf(sum, binder.name, scope, isOfAll).map((value) =>
    at(body, binder.name, value),
  )
  const others = binders.filter((each) => each !== binder)
  const inner = terms.map(
    (term): Expression => (others.length > 0 ? { ...sum, binders: others, body: term } : term),
  )
  const [first, second] = inner
  if (!first) return undefined
  return second ? { kind: 'addition', terms: inner, span } : first
}
