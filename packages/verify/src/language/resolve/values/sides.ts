// What a side of a claim is beside the others: what an activation makes, a slope that is a matrix.
import type { Resolved } from '../../resolved.ts'
import type { Claim } from '../../syntax.ts'
import type { Context } from '../context.ts'
import { asJacobian } from './slopes.ts'
import { spreadRows } from './spread.ts'

/** o of o = f(x W): f is what o is made by. */
const withMade = (sides: readonly Resolved[]) => {
  const arrayOf = (node: Resolved): string | undefined => {
    if (node.kind === 'array') return node.name
    if (node.kind === 'transposed') return arrayOf(node.operand)
    return node.kind === 'entry' ? arrayOf(node.array) : undefined
  }
  const [made] = sides.flatMap((side) => arrayOf(side) ?? [])
  return (side: Resolved): Resolved =>
    side.kind === 'activation' && made !== undefined ? { ...side, made } : side
}

/** S − D = B of S = B + D too: B is beside each row, where that convention is tried. */
export const besideEachOther = (
  sides: readonly Resolved[],
  { program }: Claim,
  context: Context,
): readonly Resolved[] => {
  const beside = program ? sides : spreadRows(sides, context)
  return beside.map(withMade(beside)).map(asJacobian(context.scope))
}
