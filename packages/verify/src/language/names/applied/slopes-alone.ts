// δ = (a − y) ⊙ σ' and a' = a (1 − a): slopes of an activation whose argument nobody writes.
import { functionLetter } from '../../lexicon.ts'
import { namesIn } from '../../names-in.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { mapped } from '../../walk.ts'
import { deltaBase } from '../deltas/delta.ts'
import { nameOf } from '../layer-tags.ts'

/** The z of δ and of ∂C/∂z on the left; otherwise the one array that enters an activation. */
const argumentIn = (left: Expression, scope: Scope, at: Name): Name | undefined => {
  const { names } = scope
  const base = deltaBase(scope)
  if (left.kind === 'name' && left.base === 'δ' && base !== undefined) return { ...left, base }
  const [by, ...others] = left.kind === 'derivative' ? left.by : []
  const activated = names.filter((each) => each.activated)
  const isOf = (name: Name): boolean => activated.some((each) => each.base === name.base)
  if (by?.kind === 'name' && others.length === 0 && isOf(by)) return by
  const [only, ...more] = activated
  const isOfWholes = only && more.length === 0 && left.kind === 'derivative'
  return isOfWholes ? nameOf(only, at.span) : undefined
}

const isTaken = (base: string, { names }: Scope): boolean =>
  names.some((each) => each.base === base)

/** The z of a' in a formula about a and z alone. */
const ownArgument = (name: Name, claim: Claim, scope: Scope): Name | undefined => {
  const [own, ...others] = scope.names.filter(({ base }) => base === name.base)
  const [z, ...more] = own?.activates ?? []
  const of = scope.names.find((each) => each.name === z)
  if (!own || !of || others.length > 0 || more.length > 0 || name.primes > 1) return undefined
  if (isTaken(`${name.base}'`, scope) || claim.where.length > 0) return undefined
  const isAbout = ({ base }: Name) => base === own.base || base === of.base || !isTaken(base, scope)
  if (!namesIn(claim.operands).every(isAbout)) return undefined
  return { ...nameOf(of, name.span), ...(name.subscript && { subscript: name.subscript }) }
}

export const withSlopesAlone = (claim: Claim, scope: Scope): Claim => {
  const [left] = claim.operands
  if (!left || claim.program || !namesIn(claim.operands).some(({ primes }) => primes > 0))
    return claim
  const letter = [...'fgφ'].find((each) => !isTaken(each, scope))
  const isOfArrays = namesIn(claim.operands).some(
    ({ base }) => base === 'δ' || isTaken(base, scope),
  )
  const applied = (head: Name, of: Name | undefined): Expression | undefined =>
    of && { kind: 'application', head, operands: [of], bar: false, span: head.span }
  const change = (node: object): object | undefined => {
    const each = node as Expression
    if (each.kind === 'application') {
      const operands = mapped(each.operands, change)
      return operands === each.operands ? each : { ...each, operands }
    }
    if (each.kind !== 'name' || each.primes === 0 || each.superscript) return undefined
    if (functionLetter.test(each.base) && !isTaken(each.base, scope))
      return isOfArrays && !each.subscript && each !== left
        ? applied(each, argumentIn(left, scope, each))
        : undefined
    if (letter === undefined) return undefined
    return applied({ ...each, base: letter }, ownArgument(each, claim, scope))
  }
  return { ...claim, operands: mapped(claim.operands, change) }
}
