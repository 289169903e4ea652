// ∂Z/∂W ∂C/∂Z of matrices: with a row for each variable, as some lay Jacobians out, it is
// ∂C/∂Z ∂Z/∂W.
import { recordedShape } from '../../lengths.ts'
import type { Resolved } from '../../resolved.ts'
import type { Context } from '../context.ts'

const isMatrixByMatrix = (node: Resolved, { scope }: Context): boolean => {
  if (node.kind !== 'derivative' || node.of.kind === 'cost' || node.by.length !== 1) return false
  return [node.of, node.by[0]!].every((each) => recordedShape(each, scope)?.length === 2)
}

/** The factors in the order that the layout has them. */
export const inLayout = (factors: readonly Resolved[], context: Context): readonly Resolved[] => {
  if (factors.length !== 2 || !isMatrixByMatrix(factors[0]!, context)) return factors
  context.met.add('jacobians')
  return context.choices.jacobians === 'denominator' ? [...factors].reverse() : factors
}
