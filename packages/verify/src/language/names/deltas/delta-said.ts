// δ = ∂J/∂θ and δ_1 = ∂J/∂θ beside an array z: the formula says what its δ is the error of.
import { isBare } from '../../resolve/context.ts'
import type { Scope } from '../../resolved.ts'
import type { Expression, Name } from '../../syntax.ts'
import { deltaBase } from './delta.ts'

const isCost = (of: Expression, { names, costName }: Scope): boolean => {
  if (of.kind !== 'name' || !isBare(of)) return false
  const isOfGraph = names.some(({ base }) => base === of.base)
  return of.base === costName || (!isOfGraph && /^[CJLEl]$/.test(of.base))
}

/** Not δ = ∂J/∂z, which is so anyway, nor the δ_1 of a layer, nor an entry. */
export const saysWhose = (left: Name, value: Expression, scope: Scope): boolean => {
  if (value.kind !== 'derivative' || !isCost(value.of, scope)) return false
  const [by, ...others] = value.by
  const [number, ...more] = left.subscript?.parts ?? []
  const isNumbered = number?.kind === 'numeral' && more.length === 0
  if (left.base !== 'δ' || left.superscript || left.primes > 0) return false
  if (others.length > 0 || by?.kind !== 'name' || !(isNumbered || isBare(left))) return false
  const own = scope.names.filter(({ base }) => base === deltaBase(scope))
  const isOther = !own.some(({ base }) => base === by.base) || (isNumbered && !by.subscript)
  return isOther && own.every(({ tag }) => tag === '')
}
