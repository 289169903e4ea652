// σ'(z) = σ(z) (1 − σ(z)): a formula about functions of one array is about each of its entries.
import type { Scope } from '../../resolved.ts'
import type { Claim, Name } from '../../syntax.ts'
import { mapped } from '../../walk.ts'
import { isBare } from '../context.ts'
import { headsIn, isFunction, isPlain, namesIn } from './parts.ts'

/** What the sides are functions of, in entries; undefined where they are more than that. */
export const pointwise = (claim: Claim, { names }: Scope): Claim | undefined => {
  if (claim.program || claim.where.length > 0 || claim.when || !claim.operands.every(isPlain))
    return undefined
  if (!claim.operands.some(isFunction)) return undefined
  const arrays = names.filter(({ rank }) => rank > 0)
  const heads = new Set(claim.operands.flatMap(headsIn))
  const written = claim.operands.flatMap(namesIn).filter((name) => !heads.has(name))
  const [first, ...others] = written
  const own = first && arrays.find(({ base, tag }) => base === first.base && tag === '')
  if (
    !own ||
    own.rank > 4 ||
    !isBare(first) ||
    others.some((each) => !isBare(each) || each.base !== first.base)
  )
    return undefined
  const parts = [...'ijkl']
    .slice(0, own.rank)
    .map((letter): Name => ({ kind: 'name', base: `${letter}″`, primes: 0, span: first.span }))
  const operands = claim.operands.map((side) =>
    mapped(side, (node) => {
      const name = node as Name
      if (name.kind !== 'name' || heads.has(name) || name.base !== first.base) return undefined
      return { ...name, subscript: { parts, span: name.span } }
    }),
  )
  return { ...claim, operands }
}
