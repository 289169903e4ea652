// Formulas that say how an array is made: z = W x + b, a = σ(z), C = ½ ‖a − y‖².
import { withNames } from '../../language/names-in.ts'
import { expressionText } from '../../language/print/print.ts'
import type { Claim, Expression, Name } from '../../language/syntax.ts'
import { childNodes } from '../../language/walk.ts'
import { isPlain, type Letters, nameIn } from './names.ts'

/** How an array is made. */
export interface Equation {
  readonly claim: Claim
  readonly left: Name
  readonly value: Expression
}

/** What stands for a function, whatever is said of it. */
const functions: ReadonlySet<string> = new Set(['σ', 'φ', 'δ'])

export const losses = /^[CJLEℓ]$/u

const isNamed = (node: Expression | undefined, base: string): boolean =>
  node?.kind === 'name' && node.base === base

/** dx, and no d of 1/d. */
const isDifferential = (node: Expression): boolean =>
  node.kind === 'product' &&
  node.factors.slice(0, -1).some((each, k) => isNamed(each, 'd') && !node.dots?.includes(k + 1))

/** What speaks of derivatives says nothing of how a value is made. */
export const isForward = (node: Expression): boolean =>
  node.kind !== 'derivative' &&
  !(node.kind === 'name' && /^[δ∇∂]$/u.test(node.base)) &&
  !isDifferential(node) &&
  !(node.kind === 'application' && node.head.primes > 0) &&
  // The d of d_{model} is none of a differential.
  (node.kind === 'name' ? (node.superscript?.parts ?? []) : childNodes<Expression>(node)).every(
    isForward,
  )

const hasName = (node: Expression): boolean => withNames(node).length > 0

/** Of arrays; an index is none. */
export const arraysIn = (node: Expression, letters: Letters<unknown> = new Map()): string[] => {
  if (node.kind === 'name') return [nameIn(node, letters).name]
  const own = node.kind === 'reduction' ? node.binders.map(({ name }) => [name, {}] as const) : []
  const inner = new Map([...letters, ...own])
  const parts = node.kind === 'application' ? node.operands : childNodes<Expression>(node)
  return parts.flatMap((each) => arraysIn(each, inner))
}

/** z, J of J(w, b), f of f(x) = x^3. */
const nameOn = (left: Expression): Name | undefined => {
  if (left.kind === 'name') return left
  if (left.kind !== 'application' || left.bar || left.head.primes > 0) return undefined
  const areNames = left.operands.every(({ kind }) => kind === 'name')
  return areNames && !functions.has(left.head.base) ? left.head : undefined
}

/** [1 ≤ t ≤ T], of each step or layer. */
const isOfSteps = (node: Expression): boolean =>
  node.kind === 'iverson' &&
  node.conditions.every(
    (each) =>
      each.kind === 'comparison' &&
      each.operands.every((one) => /^(?:[tTlL12]|[TL] [-−] 1)$/.test(expressionText(one, 'text'))),
  )

/** What is said for t = 1, …, T. */
const always = (node: Expression): Expression => {
  const [first, ...factors] = node.kind === 'product' ? node.factors : []
  if (node.kind !== 'product' || !first || !isOfSteps(first)) return node
  return factors.length === 1 ? factors[0]! : { ...node, factors }
}

/** J = CE(y, ŷ) = −Σ …, of which the last says how it is made. */
export const isOfLoss = ({ operands: [, second, third, ...others] }: Claim): boolean =>
  third !== undefined &&
  others.length === 0 &&
  second?.kind === 'application' &&
  second.operands.length > 1

/** i = j. */
const isOfIndices = ({ operands }: Claim): boolean =>
  operands.every((each) => each.kind === 'name' && isPlain(each) && /^[ijk]$/.test(each.base))

/** z = W x + b: how an array is made; undefined of anything else. */
export const equationIn = (claim: Claim): Equation | undefined => {
  const [first, second, third] = claim.operands.map(always)
  const value = isOfLoss(claim) ? third : second
  const left = first && nameOn(first)
  const isEquation =
    claim.relations[0] === '=' && !claim.continues && claim.when?.every(isOfSteps) !== false
  if (!isEquation || !left || !value || claim.where.length > 0) return undefined
  // n = 3 is a setting, l = L − 1, …, 1 what layers run through, and i = j is of indices.
  const isRange =
    isPlain(left) &&
    ((/^[lt]$/.test(left.base) && withNames(value).every(({ base }) => /^[LTnl]$/.test(base))) ||
      isOfIndices(claim))
  const isMade = !isRange && isForward(left) && isForward(value) && hasName(value)
  return isMade ? { claim, left, value } : undefined
}

/** The letter that a formula says something of, whether or not it is an equation that is read. */
export const madeFrom = (claim: Claim): string[] => {
  const [left] = claim.operands
  if (!left || !isForward(left) || isOfIndices(claim)) return []
  const name = left.kind === 'application' ? left.head : left.kind === 'entry' ? left.array : left
  return name.kind === 'name' ? [name.base] : []
}

export const madeIn = (claim: Claim): string[] => {
  const [, ...others] = claim.operands
  const isEqual = claim.relations[0] === '=' && others.some(hasName) && others.every(isForward)
  return isEqual ? madeFrom(claim) : []
}
