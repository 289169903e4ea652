// Whether a formula may be read as NumPy reads it: it has a bare star where nothing slides, or ⊙
// beside arrays with one number for each map.
import { dividedFirst } from '../language/names/ends/operands.ts'
import type { Scope } from '../language/resolved.ts'
import type { Claim, Expression, Name } from '../language/syntax.ts'
import { holding, mapped } from '../language/walk.ts'
import { entrywise } from './examples.ts'

const hasStar = holding((node) => {
  const each = node as Expression
  return each.kind === 'star' && each.operation === 'bare'
})

const hasHadamard = holding((node) => (node as Expression).kind === 'hadamard')

export const isOfProgram = ({ program, operands }: Claim, { names, slides }: Scope): boolean => {
  if (program || slides !== false) return false
  const isBroadcast = names.some(({ rank, shape }) => rank > 2 && shape.includes(1))
  return operands.some((each) => hasStar(each) || (isBroadcast && hasHadamard(each)))
}

/** Who transposes, or inverts, means matrices. */
const isTurned = holding((node) => {
  const { kind, superscript } = node as Name
  const isT = (part: Expression) =>
    part.kind === 'negation' || (part.kind === 'name' && /^[Tt]$/.test(part.base))
  return (kind as string) === 'transposed' || superscript?.parts.some(isT) === true
})

/** γ F + β where that is no product of matrices: entry by entry, with what is missing repeated. */
export const asBroadcast = (claim: Claim, { slides }: Scope): Claim | undefined => {
  const { program, operands, where } = claim
  if (program || isTurned(claim) || (slides !== false && operands.some(hasStar))) return undefined
  return {
    ...claim,
    operands: mapped(operands, entrywise),
    where: where.map((each) => ({ ...each, value: mapped(each.value, entrywise) })),
    program: true,
  }
}

/** The same of g/(N s) (A − B), which is (g/(N s)) (A − B). */
export const asBroadcastFactors = (claim: Claim, scope: Scope): Claim | undefined => {
  const operands = mapped(claim.operands, (node) => dividedFirst(node as Expression))
  return operands === claim.operands ? undefined : asBroadcast({ ...claim, operands }, scope)
}
