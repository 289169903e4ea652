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

/**
 * A vector and its transpose are no pair for sums, ⊙ and sides: a column and a row.
 * @throws ShapesError
 */
export const demandOneWay = (
  what: string,
  arrays: readonly { readonly shape: readonly number[]; readonly dual: boolean }[],
): void => {
  const vectors = arrays.filter(({ shape }) => shape.length === 1 && shape[0]! > 1)
  const [row, column] = [vectors.find(({ dual }) => dual), vectors.find(({ dual }) => !dual)]
  if (!row || !column) return
  const shapes = vectors.map(({ shape, dual }) => (dual ? [1, ...shape] : shape))
  throw new ShapesError(what, shapes[0]!, shapes.find((each) => each.length !== shapes[0]!.length)!)
}
