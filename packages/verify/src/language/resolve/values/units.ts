// Fewer indices than axes, where some of the axes have length 1.
import { rational } from '../../rational.ts'
import type { Resolved } from '../../resolved.ts'
import type { Span } from '../../syntax.ts'
import type { Context } from '../context.ts'

/** x_i and y_j of [3, 1] and [1, 4]: as many indices as there are axes longer than 1. */
export const withoutUnits = (
  indices: readonly (Resolved | null)[],
  shape: readonly number[],
  span: Span,
  { met, choices }: Context,
): readonly (Resolved | null)[] => {
  const given = indices.filter((index) => index !== null)
  const long = shape.filter((length) => length !== 1)
  if (indices.length !== shape.length || given.length !== long.length) return indices
  if (given.length === 0 || given.length === indices.length) return indices
  met.add('units')
  if (choices.units === 'kept') return indices
  const first: Resolved = { kind: 'numeral', value: rational(1n), span }
  let next = 0
  return shape.map((length) => (length === 1 ? first : given[next++]!))
}
