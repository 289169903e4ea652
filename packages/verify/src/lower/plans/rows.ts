// Rows are no columns: which products are rows, and what a row may stand beside.

import { ShapesError } from '../../core/errors.ts'
import type { ProductPlan } from './products.ts'

/** Whether the product is a row again. */
export const isRow = (leftDual: boolean, plan: ProductPlan): boolean =>
  leftDual && plan.kind === 'contract'

/**
 * δ aᵀ where a is an image: beside a column its transpose can only be a row. `before` are the
 * arrays left of it.
 */
export const isRowBeside = (
  before: readonly { readonly rank: number; readonly dual: boolean }[],
  rank: number,
): boolean => rank === 2 && before.length === 1 && before[0]!.rank === 1 && !before[0]!.dual

interface Lying {
  readonly shape: readonly number[]
  readonly dual: boolean
}

/** Which way a vector lies: as its transposes say, or as the 1 of a matrix [n, 1] or [1, n] does. */
const wayOf = ({ shape, dual }: Lying): 'row' | 'column' | undefined => {
  const [first, second] = shape
  if (shape.length === 1) return first! > 1 ? (dual ? 'row' : 'column') : undefined
  if (shape.length !== 2 || (first === 1) === (second === 1)) return undefined
  return first === 1 ? 'row' : 'column'
}

/**
 * A row and a column, of vectors or of matrices, are no pair for sums, ⊙ and sides; but a vector
 * that nobody transposed goes with a matrix [1, n] too.
 * @throws ShapesError
 */
export const demandOneWay = (what: string, arrays: readonly Lying[]): void => {
  const [rows, columns] = (['row', 'column'] as const).map((way) =>
    arrays.filter((each) => wayOf(each) === way),
  ) as [Lying[], Lying[]]
  for (const row of rows)
    for (const column of columns)
      if (row.shape.length === 1 || column.shape.length === 2)
        throw new ShapesError(what, [1, ...row.shape].slice(-2), column.shape)
}
