// A chain a = b = c claims each of its links.
import { freeIndices } from '../language/free.ts'
import type { Resolved, ResolvedClaim } from '../language/resolved.ts'
import { childNodes } from '../language/walk.ts'

/** Letters that index an array, and stand not only in conditions: what bounds them. */
const indexing = (node: Resolved): readonly string[] => {
  if (node.kind === 'iverson') return []
  const own =
    node.kind === 'entry' ? node.indices.flatMap((index) => (index ? freeIndices(index) : [])) : []
  return [...own, ...childNodes<Resolved>(node).flatMap(indexing)]
}

/**
 * Of b = c, or of a = c where only a says how far a letter runs: the j of
 * ∂y_{ij}/∂x_{mn} = … = w_{im} δ_{nj}.
 */
const pairOf = (operands: readonly Resolved[], k: number): Resolved[] => {
  const right = operands[k + 1]!
  const isBoundBy = (left: Resolved) => {
    const bounded = new Set([left, right].flatMap(indexing))
    return [left, right].flatMap((side) => freeIndices(side)).every((each) => bounded.has(each))
  }
  const [first, last] = [operands[0]!, operands[k]!]
  return [isBoundBy(last) || !isBoundBy(first) ? last : first, right]
}

export const linksOf = (claim: ResolvedClaim): readonly ResolvedClaim[] =>
  claim.relations.map((relation, k) => {
    const operands = relation === '=' ? pairOf(claim.operands, k) : claim.operands.slice(k, k + 2)
    const used = new Set(operands.flatMap((operand) => freeIndices(operand)))
    const free = claim.free.filter((name) => used.has(name))
    return { ...claim, operands, relations: [relation], free }
  })
