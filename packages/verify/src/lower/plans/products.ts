// What juxtaposition makes of two shapes: which axes are summed over.

import { ShapesError } from '../../core/errors.ts'

type Shape = readonly number[]

const equal = (a: Shape, b: Shape): boolean => a.join() === b.join()

/** Axes of length 1 do not tell two shapes apart. */
export const sameShape = (a: Shape, b: Shape): boolean => squeezed(a) === squeezed(b)

/** One number, whatever axes it has; so is what has none. */
export const isSingle = (shape: Shape): boolean => shape.every((length) => length === 1)

const squeezed = (shape: Shape): string => shape.filter((length) => length !== 1).join()

/** What juxtaposition makes of two shapes; `dual`: a transposed vector, or an array as a row. */
export type ProductPlan =
  | { readonly kind: 'contract'; readonly common: number }
  | { readonly kind: 'from-row'; readonly common: number }
  | { readonly kind: 'outer' }
  | { readonly kind: 'scaled'; readonly by: 'left' | 'right' }

/**
 * W a with W [units, ...sample] and a [...sample]; A B of matrices; aᵀ b; Wᵀ δ where W has more
 * than two axes; δ aᵀ, and u Y of a column u and a matrix Y of one row.
 */
export const planProduct = (
  left: Shape,
  leftDual: boolean,
  right: Shape,
  rightDual: boolean,
): ProductPlan => {
  const no = new ShapesError('A product', left, right)
  if (rightDual) {
    if (leftDual) throw no
    return { kind: 'outer' }
  }
  if (leftDual) {
    // A row times a matrix is a row: aᵀ B.
    if (right.length > left.length && equal(right.slice(0, left.length), left))
      return { kind: 'contract', common: left.length }
    if (right.length > left.length || !equal(left.slice(0, right.length), right)) throw no
    return { kind: 'from-row', common: right.length }
  }
  if (left.length > right.length && equal(left.slice(left.length - right.length), right))
    return { kind: 'contract', common: right.length }
  // ∂C/∂A ∂A/∂Z of matrices: over all entries of A.
  const isChain = left.length >= 2 && right.length >= left.length + 2
  if (isChain && equal(right.slice(0, left.length), left))
    return { kind: 'contract', common: left.length }
  if (left.length >= 2 && right.length >= 2 && left.at(-1) === right[0])
    return { kind: 'contract', common: 1 }
  // (ŷ − y) W of one output; but a matrix goes before no number that is a column.
  if (isSingle(left)) return { kind: 'scaled', by: 'left' }
  if (left.length === 1 && right.length === 2 && right[0] === 1) return { kind: 'outer' }
  if (isSingle(right) && (left.length === 1 || right.length > 2))
    return { kind: 'scaled', by: 'right' }
  throw no
}
