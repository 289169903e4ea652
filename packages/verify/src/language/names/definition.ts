// Definitions as formulas have them: Δ = (a − t) ⊙ σ'(z), Δᵀ = …, Δ_{ij} := …, i' = ⌈i/2⌉. Which
// claims are definitions depends on the names of the graph.

import type { Scope } from '../resolved.ts'
import type { Claim, Definition, Expression, Name } from '../syntax.ts'
import { childNodes } from '../walk.ts'
import { isArray } from './below/array-valued.ts'
import { subscriptsOf } from './below/subscripts.ts'
import {
  definitionOf,
  isLetter,
  keyOf,
  letterOf,
  numberBelow,
  ofArray,
  withoutTranspose,
} from './definition-of.ts'
import { deltaBase } from './deltas/delta.ts'
import { saysWhose } from './deltas/delta-said.ts'
import { hasSeveralErrors } from './deltas/errors.ts'
import { isGivenLayer } from './steps/given-layer.ts'

const known: ReadonlySet<string> = new Set(['δ', 'C', 'J', 'L', 'E', 'e', 'σ', '∂', '𝟙', 'I'])

/** A claim that says what a name is which the graph has not. */
export const definitionIn = (claim: Claim, scope: Scope): Definition | undefined => {
  const [left, value, more] = claim.operands
  if (!left || !value || more || claim.relations[0] !== '=' || claim.continues) return undefined
  if (left.kind !== 'name') return undefined
  const isOne =
    isNew(left, scope) ||
    isGivenLayer(left, scope) ||
    (left.base === 'δ' &&
      (claim.defines ||
        saysWhose(left, value, scope) ||
        (!hasError(left, scope) && (isSaid(left, claim) || !hasSeveralErrors(scope))))) ||
    (isLetter(left) &&
      (isOtherCost(left, value, scope) ||
        isJacobian(left, value, scope) ||
        isOfArrays(left, value, scope)))
  const definition = isOne ? definitionOf(left, value, claim.span) : undefined
  return definition && ofArray(definition, scope)
}

/** ∂L/∂Z = G_Z, where something else speaks of G_Z: what it is says the left side. */
export const definitionAtEnd = (claim: Claim, scope: Scope): Definition | undefined => {
  const [value, name, more] = claim.operands
  const isOne = value?.kind === 'derivative' && !more && claim.relations[0] === '='
  if (!isOne || name?.kind !== 'name' || !isNew(name, scope)) return undefined
  return definitionOf(name, value, claim.span)
}

/** E = 2C says what E is; E = Σ (y − t)² says what the cost is, which people call E. */
const isOtherCost = (name: Name, value: Expression, scope: Scope): boolean => {
  const isCost = ({ base }: { readonly base: string }) =>
    base === scope.costName || (base === 'C' && base !== name.base)
  const isOfGraph = scope.names.some(({ base }) => base === name.base)
  return lossLetters.has(name.base) && !isOfGraph && value.kind !== 'name' && reads(value, isCost)
}

/** J = ∂o/∂z and J = diag(o) − o oᵀ beside a cost of another name: a matrix, no cost. */
export const isJacobian = (
  name: Name,
  value: Expression,
  { names, costName = 'J' }: Scope,
): boolean => {
  if (name.base !== 'J' || costName === 'J' || names.some(({ base }) => base === 'J')) return false
  const { of } = value as Partial<Extract<Expression, { kind: 'derivative' }>>
  const isOfArray =
    of?.kind === 'name' && names.some(({ base, rank }) => base === of.base && rank > 0)
  return value.kind === 'derivative' ? isOfArray : hasDiagonal(value)
}

/** E = X − W Zᵀ is an array, no cost. */
export const isOfArrays = (
  name: Name,
  value: Expression,
  { names, costName = 'C' }: Scope,
): boolean =>
  lossLetters.has(name.base) &&
  costName !== name.base &&
  !names.some(({ base }) => base === name.base) &&
  isArray(value, names)

const hasDiagonal = (node: Expression): boolean =>
  (node.kind === 'call' && node.word === 'diag') || childNodes<Expression>(node).some(hasDiagonal)

const lossLetters: ReadonlySet<string> = new Set(['J', 'L', 'E'])

const reads = (node: Expression, isIt: (name: Name) => boolean): boolean =>
  (node.kind === 'name' && isIt(node)) ||
  childNodes<Expression>(node).some((child) => reads(child, isIt))

/** δ is an error of the graph where it has the array; another δ can be defined. */
export const hasError = (name: Name, scope: Scope): boolean => {
  const base = deltaBase(scope)
  const { tag } = withoutTranspose(name.superscript?.parts ?? [])
  const isKnown = (each: string) => each === tag || /^\p{L}/u.test(tag)
  return scope.names.some((each) => (each.base === base && isKnown(each.tag)) || each.base === 'δ')
}

/** δ = ∂E/∂x, and δ_2 = … of a graph that has no layers. */
const isSaid = (left: Name, { operands }: Claim): boolean =>
  operands[1]?.kind === 'derivative' || numberBelow(left) !== ''

const isNew = (name: Name, { names, sizes }: Scope): boolean => {
  // J_{ij} is a matrix, J the cost.
  const isKnown = known.has(name.base) && (name.base === 'δ' || isLetter(name))
  const isSize = sizes?.some((size) => size.name === name.base)
  // Y^* beside Y.
  if (withoutTranspose(name.superscript?.parts ?? []).tag === '*') return true
  return !isKnown && !isSize && !names.some(({ base }) => base === name.base)
}

/** Whether a letter stands somewhere for what is defined: not where a sum runs over it. */
const mentions = (node: object, definition: Definition): boolean => {
  const name = definition.left as Name
  const isTagged = definition.parameters.length === 0 && name.subscript !== undefined
  const isIt = (each: Name) =>
    letterOf(each) === letterOf(name) && (!isTagged || keyOf(each).key === keyOf(name).key)
  if ('base' in node && isIt(node as Name)) return true
  const { binders = [] } = node as { readonly binders?: readonly { readonly name: string }[] }
  if (binders.some((binder) => binder.name === letterOf(name))) return false
  return childNodes<Expression>(node).some((child) => mentions(child, definition))
}

/** Whether a claim, or what it defines itself, speaks of the name. */
export const uses = ({ operands, where }: Claim, definition: Definition): boolean =>
  [...operands, ...where.map(({ value }) => value)].some((node) => mentions(node, definition))

/** After ‘where’, what the graph has is no definition, unless it is an index: it is judged. */
export const judgedToo = (claim: Claim, scope: Scope): Claim[] => {
  const indices = subscriptsOf(claim)
  const isOfGraph = ({ left, value }: Definition) =>
    left.kind === 'name' &&
    !isNew(left, scope) &&
    !isGivenLayer(left, scope) &&
    !isJacobian(left, value, scope) &&
    !(left.base === 'δ' || (isLetter(left) && indices.has(letterOf(left))))
  const own = claim.where.filter((each) => !isOfGraph(each))
  if (own.length === claim.where.length) return [claim]
  const others = claim.where.filter(isOfGraph).map(({ left, value, span }): Claim => {
    return { ...claim, operands: [left, value], relations: ['='], where: own, span }
  })
  return [{ ...claim, where: own }, ...others]
}

/** g(G, V, s)_{ij} of a g that the graph has not: a function of several things. */
const isOfSeveral = (node: Expression, scope: Scope): boolean => {
  if (node.kind === 'entry') return isOfSeveral(node.array, scope)
  return node.kind === 'application' && node.operands.length > 1 && isNew(node.head, scope)
}

/**
 * H = ∇²L = Xᵀ S X of an H that the graph has not: what its first link says is a definition, and
 * the rest is claimed.
 */
export const headed = (
  claim: Claim,
  at: number,
  claims: readonly Claim[],
  scope: Scope,
): Claim[] => {
  const [left, value, ...more] = claim.operands
  const isChain = more.length > 0 && claim.relations.every((sign) => sign === '=')
  if (!isChain || claim.continues || !left) return [claim]
  const rest = { ...claim, operands: [value!, ...more], relations: claim.relations.slice(1) }
  if (isOfSeveral(left, scope)) return [rest]
  if (left.kind !== 'name') return [claim]
  if (!isNew(left, scope) && !saysWhose(left, value!, scope)) return [claim]
  const definition = definitionOf(left, value!, claim.span)
  const letters = subscriptsOf({ ...claim, operands: [value!], where: [] })
  if (!definition?.parameters.every((each) => letters.has(each))) return [claim]
  if (claim.where.some(({ name }) => name === definition.name)) return [claim]
  const isUsed = claims.some((other, k) => k !== at && uses(other, definition))
  if (!isUsed) return [rest]
  return [{ ...claim, operands: [left, value!], relations: ['='] }, rest]
}

/**
 * ∂L/∂V = Bᵀ ∂L/∂C = ζ_1 of a ζ_1 that the graph has not, and h_t = y_t = o_t tanh(c_t) of a y_t:
 * what stands before it says what it is.
 */
export const tailed = (
  claim: Claim,
  at: number,
  claims: readonly Claim[],
  scope: Scope,
): Claim[] => {
  const definition = definitionAfter(claim, scope)
  if (!definition || claim.where.some(({ name }) => name === definition.name)) return [claim]
  const { left, value } = definition
  const operands = claim.operands.filter((each) => each !== left)
  const rest = { ...claim, operands, relations: claim.relations.slice(1) }
  const isUsed = claims.some((other, k) => k !== at && uses(other, definition))
  const others = tailed(rest, at, claims, scope)
  return isUsed ? [...others, { ...claim, operands: [left, value], relations: ['='] }] : others
}

/** What a link of a chain defines that is not its first. */
const definitionAfter = (claim: Claim, scope: Scope): Definition | undefined => {
  const { operands, relations, span } = claim
  const at = operands.findIndex((each, k) => k > 0 && each.kind === 'name' && isNew(each, scope))
  const value = operands[at - 1]
  if (!value || operands.length < 3 || relations.some((sign) => sign !== '=')) return undefined
  const definition = definitionOf(operands[at]!, value, span)
  const letters = subscriptsOf({ ...claim, operands: [value], where: [] })
  return definition?.parameters.every((each) => letters.has(each)) ? definition : undefined
}

/** What the ends of a chain define, which is a claim besides. */
export const definitionsAlong = (claim: Claim, scope: Scope): readonly Definition[] => {
  const [left, value, more] = claim.operands
  const isHead = more && left?.kind === 'name' && isNew(left, scope) && !claim.continues
  const head = isHead ? definitionOf(left, value!, claim.span) : undefined
  const last = definitionAfter(claim, scope)
  return [...(head ? [head] : []), ...(last ? [last] : [])]
}
