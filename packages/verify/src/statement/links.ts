// A chain a = b = c claims each of its links.
import { freeIndices } from '../language/free.ts'
import type { ResolvedClaim } from '../language/resolved.ts'

export const linksOf = (claim: ResolvedClaim): readonly ResolvedClaim[] =>
  claim.relations.map((relation, k) => {
    const operands = [claim.operands[k]!, claim.operands[k + 1]!]
    const used = new Set(operands.flatMap((operand) => freeIndices(operand)))
    const free = claim.free.filter((name) => used.has(name))
    return { ...claim, operands, relations: [relation], free }
  })
