// Sums over layers and time steps: Σ_t ∂L/∂h_t of arrays h_1, h_2, h_3 is written out, for an array
// for each step has no axis to sum over.

import { withNames } from '../../names-in.ts'
import { rational } from '../../rational.ts'
import type { Scope } from '../../resolved.ts'
import type { Binder, Claim, Expression, Name, Span } from '../../syntax.ts'
import { childNodes, mapped } from '../../walk.ts'
import { isOnlyTagged } from '../below/tags-alone.ts'
import { deltaBase } from '../deltas/delta.ts'
import { tagText } from '../layer-tags.ts'
import { withoutTranspose } from '../names.ts'

type Sum = Extract<Expression, { kind: 'reduction' }>

export const mostSteps = 50

export const isLetter = (node: object, letter: string): boolean => {
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
export const stepped = (body: Expression, letter: string, scope: Scope): Name[] =>
  withNames(body).filter((name) => {
    const place = placeOf(name)
    // k of δ^{1k} is a map of layer 1, and no second digit of a layer's number.
    const step = place?.kind === 'product' ? place.factors[0]! : place
    return step !== undefined && tagsOf(scope, name.base) !== undefined && mentions(step, letter)
  })

/** t of a claim about h_t. */
export const isStepIn = ({ operands }: Claim, letter: string, scope: Scope): boolean =>
  operands.some((each) => stepped(each, letter, scope).length > 0)

const numeral = (value: number, span: Span): Expression => {
  const text = `${value}`
  return { kind: 'numeral', value: rational(BigInt(value)), text, span }
}

/** The body at a step. */
export const at = (body: Expression, letter: string, value: number): Expression =>
  mapped(body, (node) => (isLetter(node, letter) ? numeral(value, (node as Name).span) : undefined))

const whole = (node: Expression): number | undefined =>
  node.kind === 'numeral' && node.value.denominator === 1n
    ? Number(node.value.numerator)
    : undefined

/** A limit that numbers and lengths alone say, 4 − 1, T − 1; of an L that is no length, `last`. */
const amountOf = (node: Expression, scope: Scope, last?: number): number | undefined => {
  const parts = (of: readonly Expression[], by: (a: number, b: number) => number, unit: number) =>
    of
      .map((each) => amountOf(each, scope, last))
      .reduce((a, b) => (a === undefined || b === undefined ? undefined : by(a, b)), unit)
  if (node.kind === 'addition') return parts(node.terms, (a, b) => a + b, 0)
  if (node.kind === 'product') return parts(node.factors, (a, b) => a * b, 1)
  if (node.kind === 'negation') return parts([node.operand], (_, b) => -b, 0)
  if (node.kind !== 'name' || node.superscript || node.subscript) return whole(node)
  const size = scope.sizes?.find(({ name }) => name === node.base)
  const array = scope.names.find(({ name }) => name === size?.array)
  return array?.shape[size!.axis] ?? (/^[LT]$/.test(node.base) ? last : undefined)
}

/** How sums over steps are read. */
export interface Stepping {
  readonly scope: Scope
  /** h_0 counts, where every other h_t is computed. */
  readonly isOfAll: boolean
  /** t of h_t, which is there: no sum up to t goes too far. */
  readonly isStep: (letter: string) => boolean
}

interface Step {
  readonly value: number
  /** Every array that is named exists. */
  readonly isKnown: boolean
}

/** What a limit says as a number. */
type Amount = (limit: Expression) => number | undefined

const amountFor = (names: readonly Name[], scope: Scope): Amount => {
  const tags = names.flatMap(({ base }) => [...tagsOf(scope, base)!].map(Number))
  const last = tags.length > 0 ? Math.max(0, ...tags.filter(Number.isInteger)) : undefined
  return (limit) => amountOf(limit, scope, last)
}

/** The steps between the limits, as far as numbers say them. */
const stepsOf = (
  names: readonly Name[],
  binder: Binder,
  amount: Amount,
  { scope, isOfAll }: Stepping,
): Step[] => {
  const letter = binder.name
  const [lower, upper] = [binder.lower, binder.upper].map((limit) => limit && amount(limit))
  if (lower !== undefined && upper !== undefined && upper - lower < mostSteps)
    return Array.from({ length: Math.max(0, upper - lower + 1) }, (_, k) => ({
      value: lower + k,
      isKnown: true,
    }))
  const numbers = scope.names.flatMap(({ tag }) => (/^\d{1,4}$/.test(tag) ? [Number(tag)] : []))
  const last = Math.min(Math.max(0, ...numbers), mostSteps)
  const isKnown = (value: number) =>
    names.every((name) => {
      const place = placeOf(at(name, letter, value) as Name)!
      return tagsOf(scope, name.base)!.has(tagText([place], new Map()))
    })
  const isStep = (value: number) =>
    isOfAll || binder.lower || !names.some((name) => isInitial(name, letter, value, scope))
  const isOpen = (binder.lower && lower === undefined) || (binder.upper && upper === undefined)
  return Array.from({ length: last + 2 }, (_, value) => ({
    value,
    isKnown: isKnown(value),
  })).filter(
    ({ value, isKnown }) =>
      value >= (lower ?? 0) &&
      value <= (upper ?? last + 1) &&
      isStep(value) &&
      (isKnown || isOpen === true),
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

/** t, t − 1 of s ≤ t and t, t + 1 of t ≤ s, where h_t is there. */
const isReached = (limit: Expression, sign: 1 | -1, { scope, isStep }: Stepping): boolean => {
  const [letter, by, ...more] = limit.kind === 'addition' ? limit.terms : [limit]
  const far = by ? amountOf(by, scope) : 0
  const isIn = letter?.kind === 'name' && isStep(letter.base) && more.length === 0
  return isIn && far !== undefined && sign * far >= 0
}

/** [s ≤ t], where only t says how far s goes; undefined of what is not there, nor asked for. */
const within = (
  body: Expression,
  { value, isKnown }: Step,
  { lower, upper, span }: Binder,
  amount: Amount,
  stepping: Stepping,
): Expression | undefined => {
  const ends = [lower, upper].flatMap((limit, at) => {
    if (!limit || amount(limit) !== undefined) return []
    const [here, sign] = [numeral(value, span), at === 0 ? 1 : -1] as const
    const operands = at === 0 ? [limit, here] : [here, limit]
    return { operands, isReached: isReached(limit, sign, stepping) }
  })
  if (ends.length === 0) return body
  if (!isKnown && ends.every((each) => each.isReached)) return undefined
  const conditions = ends.map(({ operands }) => ({
    ...{ kind: 'comparison' as const, operands, relations: ['≤' as const], span },
  }))
  return { kind: 'product', factors: [{ kind: 'iverson', conditions, span }, body], span }
}

/** How far an inner sum over steps goes. */
const isLimit = (node: object, letter: string, scope: Scope): boolean =>
  childNodes<Expression>(node).some(
    (child) =>
      (child.kind === 'reduction' &&
        child.binders.some(
          ({ name, lower, upper }) =>
            [lower, upper].some((limit) => limit && mentions(limit, letter)) &&
            stepped(child.body, name, scope).length > 0,
        )) ||
      isLimit(child, letter, scope),
  )

/** The terms of a sum over steps; undefined where it is an ordinary one. */
export const writtenOut = (sum: Sum, stepping: Stepping): Expression | undefined => {
  const { binders, body, operator, conditions, span } = sum
  const { scope } = stepping
  const namesWith = (letter: string) => stepped(body, letter, scope)
  const binder = binders.find(
    ({ name }) => namesWith(name).length > 0 || isLimit({ body }, name, scope),
  )
  if (!binder || operator !== 'sum' || conditions.length > 0) return undefined
  const names = namesWith(binder.name)
  const amount = amountFor(names, scope)
  const isSaid = [binder.lower, binder.upper].every((limit) => limit && amount(limit) !== undefined)
  if (!isSaid && names.length === 0) return undefined
  const others = binders.filter((each) => each !== binder)
  const inner = stepsOf(names, binder, amount, stepping).flatMap((step): Expression[] => {
    const term = within(body, step, binder, amount, stepping)
    const whole = term && others.length > 0 ? { ...sum, binders: others, body: term } : term
    return whole ? [at(whole, binder.name, step.value)] : []
  })
  const [first, second] = inner
  if (!first) return isSaid ? numeral(0, span) : undefined
  return second ? { kind: 'addition', terms: inner, span } : first
}
