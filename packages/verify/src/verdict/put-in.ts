// A claim with what it defines in the place of the names: for what is asked of the claim alone.

import { keyOf } from '../language/names/definition-of.ts'
import { withNames } from '../language/names-in.ts'
import { expressionText } from '../language/print/print.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { mapped, nodesBelow } from '../language/walk.ts'

/**
 * Undefined where it defines nothing, or where a name is used in another way than it is defined:
 * at other indices, transposed, or below a Σ that would bind a letter of its value.
 */
export const withDefinitionsPutIn = (claim: Claim): Claim | undefined => {
  const { where, ...rest } = claim
  if (where.length === 0) return undefined
  const values = new Map(where.map(({ left, value }) => [expressionText(left, 'text'), value]))
  const put = (node: object): object | undefined => {
    const each = node as Expression
    const value = each.kind === 'name' ? values.get(expressionText(each, 'text')) : undefined
    return value && mapped(value, put)
  }
  const letters = new Set(where.flatMap(({ value }) => withNames(value).map(({ base }) => base)))
  const binds = nodesBelow<Expression>(rest).some(
    (each) => each.kind === 'reduction' && each.binders.some(({ name }) => letters.has(name)),
  )
  const names = new Set(where.map(({ name }) => name))
  // a^{l−1} below a^0 = x, and a product D (x − y) that a parser takes for a value of D.
  const bases = new Set(where.map(({ left }) => (left as Name).base))
  const isHead = nodesBelow<Expression>(rest).some(
    (each) => each.kind === 'application' && bases.has(each.head.base),
  )
  // i′ = i′ + 1.
  const isRound = where.some(({ value }) =>
    withNames(value).some((each) => names.has(keyOf(each).key)),
  )
  if (binds || isRound || isHead) return undefined
  const found = mapped(rest, put)
  const isLeft = nodesBelow<Expression>(found).some(
    (each) => each.kind === 'name' && bases.has(each.base),
  )
  return isLeft ? undefined : { ...found, where: [] }
}
