// Products of a claim: of numbers, of whole arrays, and of both.

import { polynomial } from '../arithmetic/polynomial.ts'
import { length, at as letterAt, product as productOf, whole } from '../core/build.ts'
import { type Index, letterOf, type Scalar } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { Resolved } from '../language/resolved.ts'
import { demandEqual, type Shape } from '../network/lengths.ts'
import { lower } from './lower.ts'
import { type ProductPlan, planProduct } from './plans/products.ts'
import { isRow, isRowBeside } from './plans/rows.ts'
import { recordedShape, type Site } from './site.ts'
import { type ArrayValue, arrayValue, numberValue, readValue, type Value } from './value.ts'

/** Σ of products over axes of some lengths, with letters of their own. */
export const summed = (
  lengths: Shape,
  names: string,
  body: (index: readonly Index[]) => Scalar,
): Scalar => {
  if (lengths.length === 0) return body([])
  const letters = lengths.map((_, k) => letterOf(names[k] ?? names[0]!))
  const over = letters.map((letter, k) => ({ letter, from: whole(1), to: length(lengths[k]!) }))
  return { kind: 'reduce', by: 'sum', over, when: [], body: body(letters.map(letterAt)) }
}

type Sizes = Pick<Site, 'lengths'>

/** W a, A B, aᵀ b, Wᵀ δ, δ aᵀ. @throws ShapesError where they do not fit */
const multiplied = (left: ArrayValue, right: ArrayValue, site: Sizes): Value => {
  const [a, b] = [recordedShape(left.shape, site), recordedShape(right.shape, site)]
  const plan = chained(left, right, a, b) ?? planProduct(a, left.dual, b, right.dual)
  const rank = left.shape.length
  if (plan.kind === 'outer') {
    // A column [m, 1] beside a row, which may be [1, n].
    const [column, row] = [alone(left, a, 1, site), alone(right, b, 0, site)]
    const inner = column.shape.length
    return arrayValue([...column.shape, ...row.shape], (index) =>
      productOf([column.at(index.slice(0, inner)), row.at(index.slice(inner))]),
    )
  }
  if (plan.kind === 'scaled') {
    const [one, other] = plan.by === 'left' ? [left, right] : [right, left]
    const ones = one.shape.map(() => polynomial(1))
    demandEqual('A product', one.shape, ones, site.lengths)
    return scaled(one.at(ones.map(() => whole(1))), other)
  }
  const { common } = plan
  const fromRow = plan.kind === 'from-row'
  const inner = right.shape.slice(0, common)
  const own = fromRow ? left.shape.slice(0, common) : left.shape.slice(rank - common)
  demandEqual('A product', own, inner, site.lengths)
  const kept = fromRow ? left.shape.slice(common) : left.shape.slice(0, rank - common)
  const shape = [...kept, ...right.shape.slice(common)]
  const at = (index: readonly Index[]): Scalar => {
    const [before, after] = [index.slice(0, kept.length), index.slice(kept.length)]
    return summed(inner, 'klmn', (k) =>
      productOf([
        readValue(left, fromRow ? [...k, ...before] : [...before, ...k]),
        readValue(right, [...k, ...after]),
      ]),
    )
  }
  return arrayValue(shape, at, { dual: isRow(left.dual, plan) })
}

/** A matrix without an axis that is one as recorded. */
const alone = (
  value: ArrayValue,
  recorded: readonly number[],
  axis: 0 | 1,
  { lengths }: Sizes,
): Pick<ArrayValue, 'shape' | 'at'> => {
  if (value.dual || recorded.length !== 2 || recorded[axis] !== 1) return value
  demandEqual('A product', [value.shape[axis]!], [polynomial(1)], lengths)
  return {
    shape: [value.shape[1 - axis]!],
    at: ([k]) => value.at(axis === 0 ? [whole(1), k!] : [k!, whole(1)]),
  }
}

/** ∂C/∂A · ∂A/∂B of a matrix A: over all of its entries. */
const chained = (
  left: ArrayValue,
  { derived }: ArrayValue,
  a: readonly number[],
  b: readonly number[],
): ProductPlan | undefined =>
  derived === a.length && derived > 1 && !left.dual && a.join() === b.slice(0, derived).join()
    ? { kind: 'contract', common: derived }
    : undefined

export const scaled = (factor: Scalar, value: Value): Value =>
  value.kind === 'number'
    ? numberValue(productOf([factor, value.scalar]))
    : arrayValue(value.shape, (index) => productOf([factor, value.at(index)]), {
        dual: value.dual,
      })

/** A matrix is transposed, a vector a row; of maps each is transposed. */
export const transposed = (value: ArrayValue): Value => {
  const { shape } = value
  if (shape.length === 1) return asRow(value)
  const turn = <Part>(parts: readonly Part[]): readonly Part[] => [
    ...parts.slice(0, -2),
    parts.at(-1)!,
    parts.at(-2)!,
  ]
  const { isRead } = value
  return arrayValue(turn(shape), (index) => value.at(turn(index)), isRead && { isRead })
}

/** What the transpose is beside another array: anything but a matrix is a row. */
const asRow = (value: ArrayValue): Value =>
  value.shape.length === 2 ? transposed(value) : { ...value, dual: !value.dual }

export const productOfValues = (values: readonly Value[], site: Sizes): Value => {
  const factor = productOf(values.flatMap((each) => (each.kind === 'number' ? [each.scalar] : [])))
  const [first, ...others] = values.filter((each) => each.kind === 'array')
  if (!first) return numberValue(factor)
  const all = others.reduce<Value>(
    (left, right) =>
      left.kind === 'number' ? scaled(left.scalar, right) : multiplied(left, right, site),
    first,
  )
  return values.some(({ kind }) => kind === 'number') ? scaled(factor, all) : all
}

export const lowerProduct = (factors: readonly Resolved[], site: Site): Value => {
  const alone = factors.map((factor) => lowerFactor(factor, site))
  if (alone.filter(({ kind }) => kind === 'array').length < 2) return productOfValues(alone, site)
  return productOfValues(
    factors.map((factor, k) => rowAt(factor, alone.slice(0, k), site) ?? alone[k]!),
    site,
  )
}

/** vec(A) and vec(A)ᵀ may be A itself beside another array. */
const lowerFactor = (factor: Resolved, site: Site): Value => {
  const inner = factor.kind === 'transposed' ? factor.operand : factor
  const isVec = inner.kind === 'call' && inner.word === 'vec'
  return lower(factor, isVec ? { ...site, isFactor: true } : site)
}

/** (W)ᵀ beside another array. */
const rowAt = (factor: Resolved, before: readonly Value[], site: Site): Value | undefined => {
  const value = factor.kind === 'transposed' ? lowerFactor(factor.operand, site) : undefined
  if (value?.kind !== 'array') return undefined
  const arrays = before.flatMap((each) =>
    each.kind === 'array' ? [{ rank: each.shape.length, dual: each.dual }] : [],
  )
  if (!isRowBeside(arrays, value.shape.length)) return asRow(value)
  const [rows, columns] = recordedShape(value.shape, site)
  if (rows === 1 && columns! > 1)
    throw new ConcreteError('The transpose of one row beside a vector: a column or a row')
  return { ...value, dual: true }
}
