// σ'(z) = σ(z) (1 − σ(z)): a formula about functions of one array is about each of its entries.
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression, Name } from '../../syntax.ts'
import { holding, mapped } from '../../walk.ts'
import { onlyName, partsOf } from './parts.ts'

/** ∂σ(z)/∂z may be a matrix; dσ(z)/dz is a derivative of numbers. */
const isPartial = holding((node) => {
  const each = node as Expression
  return each.kind === 'derivative' && !each.total
})

/** The same in entries; undefined where it is about more than that. */
export const ofEntries = (claim: Claim, scope: Scope): Claim | undefined => {
  const parts = claim.when ? undefined : partsOf(claim, scope)
  const name = parts && onlyName(parts)
  const own = name && scope.names.find(({ base, tag }) => base === name.base && tag === '')
  if (!own || own.rank === 0 || own.rank > 4 || claim.operands.some(isPartial)) return undefined
  const letters = [...'ijkl']
    .slice(0, own.rank)
    .map((letter): Name => ({ kind: 'name', base: `${letter}″`, primes: 0, span: name.span }))
  const operands = mapped(claim.operands, (node) => {
    const each = node as Name
    if (each.kind !== 'name' || parts.heads.has(each)) return undefined
    return each.base === name.base
      ? { ...each, subscript: { parts: letters, span: each.span } }
      : undefined
  })
  return { ...claim, operands }
}
