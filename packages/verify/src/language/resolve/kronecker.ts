// δ_{ij} and δ^i_j as Kronecker's: 1 where i = j.

import { layerLetters } from '../names/below/fused.ts'
import { deltaBase } from '../names/deltas/delta.ts'
import { type Match, visibleRanks } from '../names/names.ts'
import type { Resolved } from '../resolved.ts'
import type { Expression, Name, Span } from '../syntax.ts'
import { asIndex, type Context, isBare } from './context.ts'
import { resolveExpression } from './expression.ts'

/** δ_{ij} where ∂C/∂z is not an array with two indices: 1 where i = j. */
export const kroneckerOf = (
  { superscript, subscript, primes, span }: Name,
  match: Match | undefined,
  context: Context,
): Resolved | undefined => {
  if (primes > 0 || !subscript) return undefined
  // δ^i_j; with a layer above it is an error.
  const isLeading = match !== undefined && match.leading.length > 0
  const isAbove = superscript && (!match || match.power || isLeading)
  const above = isAbove ? superscript.parts : []
  if (superscript && (above.length !== 1 || !isIndexLetter(above[0]!, context))) return undefined
  const pair = pairOf([...above, ...subscript.parts])
  const isEntry = match && (!isAbove || isLeading) && visibleRanks(match.array).includes(2)
  if (pair && isEntry) context.met.add('deltas')
  if (!pair || (isEntry && context.choices.deltas === 'errors')) return undefined
  return deltaOf(pair, span, context)
}

/** A letter that stands for no layer. */
const isIndexLetter = (node: Expression, { scope }: Context): boolean => {
  if (node.kind !== 'name' || !isBare(node) || !/^\p{Ll}$/u.test(node.base)) return false
  const base = deltaBase(scope)
  const isLayered = scope.names.some((each) => each.base === base && /^\d+$/.test(each.tag))
  return !(isLayered && (layerLetters as readonly string[]).includes(node.base))
}

/** ij and i,j: two indices, which are compared. */
export const pairOf = (
  parts: readonly Expression[] | undefined,
): readonly Expression[] | undefined => {
  const [only] = parts ?? []
  const pair = parts?.length === 1 && only?.kind === 'product' ? only.factors : parts
  return pair?.length === 2 ? pair : undefined
}

export const deltaOf = (pair: readonly Expression[], span: Span, context: Context): Resolved => {
  const operands = pair.map((each) => resolveExpression(each, asIndex(context)))
  const condition = { kind: 'comparison' as const, operands, relations: ['='] as const, span }
  return { kind: 'iverson', conditions: [condition], span }
}
