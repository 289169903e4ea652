// The claims of a formula, each with what the others define.

import { expressionText } from '../print/print.ts'
import type { Scope } from '../resolved.ts'
import { type Claim, ClaimError, type Definition, type Expression, type Name } from '../syntax.ts'
import { mapped, spellingOf } from '../walk.ts'
import { withWordsDefined } from './applied/words-applied.ts'
import {
  definitionAtEnd,
  definitionIn,
  headed,
  isJacobian,
  isOfArrays,
  judgedToo,
  tailed,
  uses,
} from './definition.ts'
import { isLetter, letterOf, ofArray, withWords } from './definition-of.ts'

/** i', an index: people define it beside the one they use. */
const isPrimed = (left: Expression): boolean => isLetter(left) && left.primes > 0

/** @throws ClaimError where one name is said to be two things */
const demandOnce = (definitions: readonly Definition[]): void => {
  const known = new Map<string, Definition>()
  for (const each of definitions) {
    const before = known.get(each.name)
    if (before && spellingOf(before.value) !== spellingOf(each.value))
      throw new ClaimError(`‘${each.name}’ is defined twice, as two things`, each.span)
    known.set(each.name, each)
  }
}

/**
 * J = diag(p) − p pᵀ alone: no cost, and nobody says whose Jacobian.
 * @throws ClaimError
 */
const demandKnownArray = (
  { operands, span }: Claim,
  definitions: readonly Definition[],
  scope: Scope,
): void => {
  const [left, value, more] = operands
  if (!left || !value || more || !isLetter(left)) return
  const isArrayHere = isJacobian(left, value, scope) || isOfArrays(left, value, scope)
  if (!isArrayHere || definitions.some(({ name }) => name === letterOf(left))) return
  throw new ClaimError(
    `The graph has no array ‘${letterOf(left)}’. ` +
      'Of a derivative write what it is of, and by what: ∂y/∂x = …',
    span,
  )
}

const textOf = (node: Expression): string => expressionText(node, 'text')

/** Σ'(z^l) = diag(σ'(z^l)) of a Σ' that is no function here: where it is so written, it is that. */
const isApplied = ({ operands: [left, value, more], relations }: Claim, scope: Scope): boolean =>
  left?.kind === 'application' &&
  value !== undefined &&
  !more &&
  relations[0] === '=' &&
  left.head.primes > 0 &&
  /^\p{Lu}$/u.test(left.head.base) &&
  !scope.names.some(({ base }) => base === left.head.base)

const withAppliedPutIn = (claims: readonly Claim[], scope: Scope): readonly Claim[] => {
  const said = claims.filter((claim) => isApplied(claim, scope))
  const values = new Map(said.map(({ operands: [left, value] }) => [textOf(left!), value!]))
  if (said.length === 0 || said.length === claims.length) return claims
  return claims
    .filter((claim) => !said.includes(claim))
    .map((claim) =>
      mapped(claim, (node) => {
        const each = node as Expression
        return each.kind === 'application' ? values.get(textOf(each)) : undefined
      }),
    )
}

/** G_{Y_{ij}} beside G_Y = …: the entry of what is so defined, (G_Y)_{ij}. */
const withEntriesOf = (claims: readonly Claim[]): readonly Claim[] => {
  const said = new Set(claims.map(({ operands: [left] }) => left && textOf(left)))
  return mapped(claims, (node) => {
    const name = node as Name
    const [tag, ...others] = (name.kind === 'name' && name.subscript?.parts) || []
    if (tag?.kind !== 'name' || !tag.subscript || others.length > 0) return undefined
    const { subscript, ...plain } = tag
    const array: Name = { ...name, subscript: { ...name.subscript!, parts: [plain] } }
    if (!said.has(textOf(array))) return undefined
    return { kind: 'entry', array, indices: subscript.parts, span: name.span }
  })
}

/**
 * The claims that are left, each with the definitions of the others.
 * @throws ClaimError at a definition that nothing uses, for it would say nothing
 */
export const withDefinitions = (written: readonly Claim[], scope: Scope): readonly Claim[] => {
  const said = withWordsDefined(withAppliedPutIn(withEntriesOf(written), scope), scope)
    .map((claim) => ({ ...claim, where: claim.where.map((each) => ofArray(each, scope)) }))
    .flatMap((claim) => judgedToo(claim, scope))
  const heads = said.flatMap((claim, at) => headed(claim, at, said, scope))
  const claims = heads.flatMap((claim, at) => tailed(claim, at, heads, scope))
  const first = claims.map((claim) => definitionIn(claim, scope))
  const isSaid = (name: string | undefined) => first.some((each) => each?.name === name)
  const found = claims.map((claim, at) => {
    const last = definitionAtEnd(claim, scope)
    const definition = first[at] ?? (isSaid(last?.name) ? undefined : last)
    return definition && claims.some((other) => other !== claim && uses(other, definition))
      ? definition
      : undefined
  })
  const definitions = found.filter((each) => each !== undefined)
  for (const claim of claims) demandKnownArray(claim, definitions, scope)
  const kept = claims.filter((_, at) => !found[at])
  const whole =
    definitions.length === 0 || kept.length === 0
      ? claims
      : kept.map((claim) => ({ ...claim, where: [...claim.where, ...definitions] }))
  const complete = whole.map(withWords)
  for (const { where } of complete) demandOnce(where)
  const idle = complete
    .flatMap(({ where }) => where)
    .find((each) => !isPrimed(each.left) && !complete.some((claim) => uses(claim, each)))
  if (idle)
    throw new ClaimError(`‘${idle.name}’ is defined, and nothing here speaks of it`, idle.span)
  return complete
}
