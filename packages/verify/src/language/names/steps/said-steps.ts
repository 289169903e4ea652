// ∂L/∂h_t = h_t − y, t = 2: which step is meant is a condition, for t names no value that a formula
// could define.

import { under } from '../../read/conditions.ts'
import type { Scope } from '../../resolved.ts'
import type { Claim, Expression } from '../../syntax.ts'
import { definitionIn, uses } from '../definition.ts'
import { isLetter, letterOf } from '../definition-of.ts'
import { isStepIn } from './steps.ts'

interface Said {
  readonly letter: string
  readonly bracket: Expression
}

const isPlace = (value: Expression): boolean =>
  isLetter(value) || (value.kind === 'numeral' && value.value.denominator === 1n)

/** `t = 2` and `t = T`, where some claim is of arrays at t. */
const saidBy = (
  left: Expression | undefined,
  value: Expression | undefined,
  claims: readonly Claim[],
  scope: Scope,
): Said | undefined => {
  if (!left || !value || !isLetter(left) || !isPlace(value)) return undefined
  const letter = letterOf(left)
  if (!claims.some((claim) => isStepIn(claim, letter, scope))) return undefined
  const { span } = left
  const equation = { kind: 'comparison', operands: [left, value], relations: ['='], span } as const
  return { letter, bracket: { kind: 'iverson', conditions: [equation], span } }
}

/** The claims that are left, each under what is said of its steps. */
export const atSaidSteps = (claims: readonly Claim[], scope: Scope): readonly Claim[] => {
  const of = ({ operands, relations }: Claim) =>
    operands.length === 2 && relations.join() === '='
      ? saidBy(operands[0], operands[1], claims, scope)
      : undefined
  const all = claims.map((claim) => ({
    claim,
    alone: of(claim),
    after: claim.where.map((each) => saidBy(each.left, each.value, claims, scope)),
  }))
  const said = all.flatMap(({ alone, after }) => [alone, ...after].flatMap((each) => each ?? []))
  if (said.length === 0) return claims
  return all.flatMap(({ claim, alone, after }) => {
    if (alone) return []
    // g_t = … says what g is at every step.
    const definition = definitionIn(claim, scope)
    const isSaid = definition && claims.some((other) => other !== claim && uses(other, definition))
    const brackets = said.flatMap(({ letter, bracket }) =>
      !isSaid && isStepIn(claim, letter, scope) ? [bracket] : [],
    )
    const where = claim.where.filter((_, at) => !after[at])
    if (brackets.length === 0) return [{ ...claim, where }]
    const when = [...(claim.when ?? []), ...brackets]
    return [{ ...under(claim, brackets, claim.span), where, when }]
  })
}
