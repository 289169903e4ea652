// δ ⊙ ∂φ(Z)/∂Z: of a matrix the slope of each entry, which beside ⊙ alone has the shape of Z.
// As a side, ∂a/∂z is the Jacobian, whatever stands on the other one.

import { recordedShape } from '../../lengths.ts'
import { elementwiseWords } from '../../lexicon.ts'
import type { Resolved, Scope } from '../../resolved.ts'
import { spellingOf } from '../../walk.ts'
import { type Context, usualChoices } from '../context.ts'

export const slopeOf = (node: Resolved, scope: Scope): Resolved => {
  if (node.kind !== 'derivative' || node.by.length !== 1) return node
  const { of } = node
  const isWord = of.kind === 'call' && elementwiseWords.has(of.word) && of.operands.length === 1
  const operand = of.kind === 'activation' ? of.operand : isWord ? of.operands[0]! : undefined
  if (!operand || spellingOf(operand) !== spellingOf(node.by[0])) return node
  const isMatrix = recordedShape(operand, scope)?.length === 2
  if (!isMatrix || (of.kind !== 'activation' && of.kind !== 'call')) return node
  return { ...of, order: of.order + 1 }
}

/** ∂a/∂z that stands alone, in a sum or beside numbers: a matrix, as ∂σ(z)/∂z is. */
export const asJacobian = (scope: Scope) => {
  const whole = (side: Resolved): Resolved => {
    if (side.kind === 'derivative')
      return side.of.kind === 'cost' ? side : { ...side, isWhole: true }
    if (side.kind === 'negation') return { ...side, operand: whole(side.operand) }
    if (side.kind === 'quotient') return { ...side, numerator: whole(side.numerator) }
    if (side.kind === 'addition') return { ...side, terms: side.terms.map(whole) }
    if (side.kind !== 'product') return side
    const arrays = side.factors.filter((each) => recordedShape(each, scope)?.length !== 0)
    return arrays.length > 1 ? side : { ...side, factors: side.factors.map(whole) }
  }
  return whole
}

/** A gradient and a Jacobian by a vector, of columns and rows, as the layout has it. */
export const laidOut = (of: Resolved, made: Resolved, context: Context): Resolved => {
  const rank = of.kind === 'cost' ? 0 : recordedShape(of, context.scope)?.length
  const choice = rank === 0 ? 'gradients' : rank === 1 ? 'jacobians' : undefined
  if (!choice) return made
  context.met.add(choice)
  const isUsual = context.choices[choice] === usualChoices[choice]
  return isUsual ? made : { kind: 'transposed', operand: made, span: made.span }
}
