// A name that the formula defines, where it is used: its value, at the indices that are given.

import { freeIndices } from '../free.ts'
import { keyOf } from '../names/definition-of.ts'
import { nameText } from '../names/layer-tags.ts'
import { factorsOf } from '../names/names.ts'
import { withOwnLetters } from '../names/own-letters.ts'
import type { Resolved } from '../resolved.ts'
import { ClaimError, type Definition, type Name } from '../syntax.ts'
import { type Context, inScope, isBare, letterOf, withSubstitutions } from './context.ts'
import { resolveExpression } from './expression.ts'
import { lifted } from './values/lifted.ts'
import { powerOf } from './values/powers.ts'

/** The value of a name that the formula defines. */
export const defined = (name: Name, context: Context): Resolved | undefined => {
  const { definitions } = context
  if (definitions.size === 0) return undefined
  const { span } = name
  const { key, entry, isTransposed } = keyOf(name)
  const whole = key === entry ? undefined : definitions.get(key)
  if (whole) {
    const { subscript: _, ...plain } = name
    return valueAt(plain, whole, isTransposed, context)
  }
  const definition = definitions.get(entry)
  // p_{ij} is the array p, though an index is called p too.
  const isIndex = definition?.parameters.length === 0 && !isBare(name) && inScope(name, context)
  if (definition && !isIndex) return valueAt(name, definition, isTransposed, context)
  // Δ² where Δ is defined.
  const [exponent, ...others] = name.superscript?.parts ?? []
  const plain = exponent && others.length === 0 ? definitions.get(letterOf(name)) : undefined
  if (!exponent || !plain || inScope(name, context)) return undefined
  const base = valueAt(name, plain, false, context)
  return powerOf(base, resolveExpression(exponent, context), span)
}

/** Each definition once on the way down, so that i' = i' + 1 cannot go on for ever. */
const valueAt = (
  name: Name,
  { name: key, parameters, value }: Definition,
  isTransposed: boolean,
  context: Context,
): Resolved => {
  const { span } = name
  const definitions = new Map(context.definitions)
  definitions.delete(key)
  const inside = { ...context, definitions }
  const asIndex = { ...context, position: 'index' as const }
  const written = name.subscript?.parts ?? []
  const given = written.length === 1 && parameters.length !== 1 ? factorsOf(written) : written
  const indices = given.map((each) => resolveExpression(each, asIndex))
  const taken = [...context.bound, ...context.ownIndices, ...indices.flatMap(freeIndices)]
  const own = context.bounded(withOwnLetters(value, new Set(taken)))
  if (parameters.length === 0) {
    const whole = resolveExpression(own, inside)
    const turned: Resolved = isTransposed ? { kind: 'transposed', operand: whole, span } : whole
    return indices.length === 0 ? turned : { kind: 'entry', array: turned, indices, span }
  }
  const whole = indices.length === 0 ? lifted(own, parameters) : undefined
  if (whole) {
    const array = resolveExpression(whole, inside)
    return isTransposed ? { kind: 'transposed', operand: array, span } : array
  }
  if (indices.length !== parameters.length)
    throw new ClaimError(
      `‘${nameText(name)}’ is defined by its entries, with ${parameters.length} indices`,
      span,
    )
  const at = isTransposed ? [...indices].reverse() : indices
  return resolveExpression(
    own,
    withSubstitutions(inside, new Map(parameters.map((letter, k) => [letter, at[k]!]))),
  )
}
