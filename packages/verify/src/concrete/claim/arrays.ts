// Whole arrays of a claim: products, stars, rotations, padding. Row-major, over any domain.
import type { Budget } from '../../arithmetic/budget.ts'
import { ConcreteError, ShapesError } from '../../core/errors.ts'
import type { Domain, Tensor } from '../domains/domain.ts'

type Shape = readonly number[]

export const sizeOf = (shape: Shape): number => shape.reduce((size, axis) => size * axis, 1)

/** Axes of length 1 do not tell two shapes apart. */
export const sameShape = (a: Shape, b: Shape): boolean => squeezed(a) === squeezed(b)
const squeezed = (shape: Shape): string => shape.filter((length) => length !== 1).join()

const equal = (a: Shape, b: Shape): boolean => a.join() === b.join()

/** Σ over the axes in common: `left` [...a, ...k] and `right` [...k, ...b] give [...a, ...b]. */
const contract = <T>(
  domain: Domain<T>,
  budget: Budget,
  left: Tensor<T>,
  right: Tensor<T>,
  common: number,
): Tensor<T> => {
  const kept = left.shape.slice(0, left.shape.length - common)
  const rest = right.shape.slice(common)
  const [rows, inner, columns] = [sizeOf(kept), sizeOf(right.shape.slice(0, common)), sizeOf(rest)]
  const data: T[] = []
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) {
      budget.tick(inner)
      let total = domain.zero
      for (let k = 0; k < inner; k++)
        total = domain.add(
          total,
          domain.multiply(left.data[i * inner + k]!, right.data[k * columns + j]!),
        )
      data.push(total)
    }
  return { shape: [...kept, ...rest], data }
}

/** The leading axes behind the others. */
const leadingLast = <T>({ shape, data }: Tensor<T>, leading: number): Tensor<T> => {
  const rows = sizeOf(shape.slice(0, leading))
  const columns = sizeOf(shape.slice(leading))
  const turned = Array.from(
    { length: data.length },
    (_, at) => data[(at % rows) * columns + Math.floor(at / rows)]!,
  )
  return { shape: [...shape.slice(leading), ...shape.slice(0, leading)], data: turned }
}

/** The last two axes exchanged. */
export const transposeLast = <T>({ shape, data }: Tensor<T>): Tensor<T> => {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!]
  const size = rows * columns
  const turned = data.map((_, at) => {
    const [block, inner] = [Math.floor(at / size) * size, at % size]
    return data[block + (inner % rows) * columns + Math.floor(inner / rows)]!
  })
  return { shape: [...shape.slice(0, -2), columns, rows], data: turned }
}

/** What juxtaposition makes of two shapes; `dual`: a transposed vector, or an array as a row. */
export type ProductPlan =
  | { readonly kind: 'contract'; readonly common: number }
  | { readonly kind: 'from-row'; readonly common: number }
  | { readonly kind: 'outer' }

/**
 * W a with W [units, ...sample] and a [...sample]; A B of matrices; aᵀ b; Wᵀ δ where W has more
 * than two axes; δ aᵀ.
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
  if (left.length >= 2 && right.length >= 2 && left.at(-1) === right[0])
    return { kind: 'contract', common: 1 }
  throw no
}

export const shapeOfProduct = (left: Shape, right: Shape, plan: ProductPlan): number[] => {
  if (plan.kind === 'outer') return [...left, ...right]
  if (plan.kind === 'from-row') return left.slice(plan.common)
  return [...left.slice(0, left.length - plan.common), ...right.slice(plan.common)]
}

export const multiplyArrays = <T>(
  domain: Domain<T>,
  budget: Budget,
  left: Tensor<T>,
  right: Tensor<T>,
  plan: ProductPlan,
): Tensor<T> => {
  if (plan.kind === 'outer') return contract(domain, budget, left, right, 0)
  if (plan.kind === 'contract') return contract(domain, budget, left, right, plan.common)
  return contract(domain, budget, leadingLast(left, plan.common), right, plan.common)
}

/** The axes that slide; turned by 180°. */
export const rot180 = <T>({ shape, data }: Tensor<T>): Tensor<T> => {
  const block = sizeOf(shape.slice(-2))
  return {
    shape,
    data: data.map((_, at) => data[at - (at % block) + block - 1 - (at % block)]!),
  }
}

/** The last two axes read through `read`, which gives a row and column of the source or nothing. */
const remap = <T>(
  { shape, data }: Tensor<T>,
  rows: number,
  columns: number,
  zero: T,
  read: (row: number, column: number) => readonly [number, number],
): Tensor<T> => {
  const [height, width] = [shape.at(-2)!, shape.at(-1)!]
  const leading = shape.slice(0, -2)
  const result: T[] = []
  for (let image = 0; image < sizeOf(leading); image++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) {
        const [row, column] = read(i, j)
        const inside = row >= 0 && row < height && column >= 0 && column < width
        result.push(inside ? data[(image * height + row) * width + column]! : zero)
      }
  return { shape: [...leading, rows, columns], data: result }
}

const needTwoAxes = (what: string, shape: Shape): void => {
  if (shape.length < 2) throw new ConcreteError(`${what} is of images, not of rank ${shape.length}`)
}

/** To so many rows and columns; those that no block covers are 0. */
export const upsample = <T>(
  a: Tensor<T>,
  [h, w]: readonly [number, number],
  [rows, columns]: readonly [number, number],
  zero: T,
): Tensor<T> => {
  needTwoAxes('up', a.shape)
  return remap(a, rows, columns, zero, (i, j) => [Math.floor(i / h), Math.floor(j / w)])
}

/** [[top, bottom], [left, right]] */
export type Border = readonly (readonly [number, number])[]

export const pad = <T>(a: Tensor<T>, border: Border, zero: T): Tensor<T> => {
  needTwoAxes('pad', a.shape)
  const [[top, bottom], [left, right]] = border as [[number, number], [number, number]]
  const [height, width] = [a.shape.at(-2)!, a.shape.at(-1)!]
  return remap(a, height + top + bottom, width + left + right, zero, (i, j) => [i - top, j - left])
}
