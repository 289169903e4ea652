// Products, stars and rearrangements of whole arrays in a claim, at symbolic sizes.

import {
  constantValue,
  minus,
  negate,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../../arithmetic/polynomial.ts'
import { anywhere, rot180, sumOver } from '../../index-terms/fields.ts'
import { convolve, correlate, withBlocks } from '../../index-terms/stars.ts'
import type { Field } from '../../index-terms/terms.ts'
import type { Mode } from '../../language/syntax.ts'
import { planProduct } from '../../lower/product-plans.ts'
import { isRow } from '../../lower/rows.ts'
import { type StarPlan, starPlans, unpaired } from '../../lower/star-plans.ts'
import type { Index, Terms } from '../functions/functions.ts'
import { isOne } from '../plain.ts'
import { productOfTerms } from '../products.ts'
import type { Sizes } from '../sizes/sizes.ts'
import { InapplicableError, UnsupportedError } from '../unsupported.ts'
import { demandEqual, equalShapes, recordedLengths } from './shapes.ts'

/** A number, or an array; `dual`: a transposed vector, or an array as a row. */
export type Value =
  | { readonly kind: 'number'; readonly terms: Terms }
  | { readonly kind: 'array'; readonly field: Field; readonly dual: boolean }

export type ArrayValue = Extract<Value, { kind: 'array' }>

export const number = (terms: Terms): Value => ({ kind: 'number', terms })

/** An array without axes is a number. */
export const valueOfField = (field: Field, dual = false): Value =>
  field.shape.length === 0 ? number(field.at([])) : { kind: 'array', field, dual }

export const shapeOfValue = (value: Value): Index =>
  value.kind === 'number' ? [] : value.field.shape

/** W a, A B, aᵀ b, Wᵀ δ, δ aᵀ. @throws ShapesError where they do not fit */
export const multiplyArrays = (left: ArrayValue, right: ArrayValue, sizes: Sizes): Value => {
  const [a, b] = [left.field, right.field]
  const recorded = [a, b].map(({ shape }) => recordedLengths(shape, sizes))
  const plan = planProduct(recorded[0]!, left.dual, recorded[1]!, right.dual)
  if (plan.kind === 'outer') {
    const rank = a.shape.length
    const shape = [...a.shape, ...b.shape]
    const at = (index: Index) => productOfTerms(a.at(index.slice(0, rank)), b.at(index.slice(rank)))
    return valueOfField({ shape, at })
  }
  const { common } = plan
  const inner = b.shape.slice(0, common)
  const fromRow = plan.kind === 'from-row'
  const rows = a.shape.length - common
  const own = fromRow ? a.shape.slice(0, common) : a.shape.slice(rows)
  demandEqual('A product', own, inner, sizes)
  const kept = fromRow ? a.shape.slice(common) : a.shape.slice(0, rows)
  const field: Field = {
    shape: [...kept, ...b.shape.slice(common)],
    at: (index) => {
      const [before, after] = [index.slice(0, kept.length), index.slice(kept.length)]
      return sumOver(inner, (k) =>
        productOfTerms(
          a.at(fromRow ? [...k, ...before] : [...before, ...k]),
          b.at([...k, ...after]),
        ),
      )
    },
  }
  return valueOfField(field, isRow(left.dual, plan))
}

const slidingAxes = (image: Field, kernel: Field): number =>
  image.shape.length === 1 && kernel.shape.length === 1 ? 1 : 2

/** The ways in which channels and filters can go together for all sizes. */
const fittingPlans = (image: Field, kernel: Field, star: Star, sizes: Sizes): StarPlan[] => {
  const lengths = [image, kernel].map(({ shape }) => recordedLengths(shape, sizes))
  const plans = starPlans(lengths[0]!, lengths[1]!, star).filter(
    (plan) =>
      unpaired(plan).every((axis) => isOne(kernel.shape[axis]!)) &&
      [...plan.image].every((letter, axis) => {
        const other = plan.kernel.indexOf(letter)
        return other < 0 || equalShapes([image.shape[axis]!], [kernel.shape[other]!])
      }),
  )
  if (plans.length === 0) throw new UnsupportedError('a star of channels that agree as recorded')
  return plans
}

export interface Star {
  readonly mode: Mode
  readonly operation: 'correlation' | 'convolution'
  /** The image runs backwards through the network. */
  readonly backwards: boolean
  readonly choose: (count: number) => number
  /** Takes what the star itself demands as given: p ≥ 0. */
  readonly demand: (p: Polynomial) => void
}

const demandOdd = (n: Polynomial, { demand }: Star, sizes: Sizes): void => {
  if (sizes.recorded(n) % 2 === 0)
    throw new InapplicableError('The mode same needs a kernel of odd lengths')
  const rest = sizes.remainder(minus(n, 1), polynomial(2))
  if (rest && constantValue(rest) === undefined) demand(negate(rest))
}

/** Image left, kernel right. @throws ShapesError where they do not fit */
export const starOf = (image: Field, kernel: Field, star: Star, sizes: Sizes): Field => {
  const { mode, operation, choose } = star
  const plans = fittingPlans(image, kernel, star, sizes)
  const plan = plans[choose(plans.length)]!
  const sliding = slidingAxes(image, kernel)
  const lengthOf = (letter: string): Polynomial => {
    const axis = plan.image.indexOf(letter)
    return axis < 0 ? kernel.shape[plan.kernel.indexOf(letter)]! : image.shape[axis]!
  }
  if (mode === 'same') for (const n of kernel.shape.slice(-sliding)) demandOdd(n, star, sizes)
  const part = (field: Field, leading: Index): Field => ({
    shape: field.shape.slice(-sliding),
    at: (index) => field.at([...leading, ...index]),
  })
  const slide = operation === 'convolution' ? convolve : correlate
  const summed = [...new Set(plan.image + plan.kernel)].filter((l) => !plan.result.includes(l))
  const zeros = (word: string) => [...word].map(() => polynomial(0))
  const outputs = slide(part(image, zeros(plan.image)), part(kernel, zeros(plan.kernel)), mode)
  return {
    shape: [...[...plan.result].map(lengthOf), ...outputs.shape],
    at: (index) => {
      const given = new Map([...plan.result].map((letter, axis) => [letter, index[axis]!]))
      const at = index.slice(plan.result.length)
      return sumOver(summed.map(lengthOf), (inner) => {
        const all = new Map([...given, ...summed.map((l, k) => [l, inner[k]!] as const)])
        const leading = (word: string) => [...word].map((letter) => all.get(letter)!)
        const [x, w] = [part(image, leading(plan.image)), part(kernel, leading(plan.kernel))]
        return slide(x, w, mode).at(at)
      })
    },
  }
}

/** The axes that slide, turned by 180°. */
export const turned = (field: Field): Field => rot180(field, [...field.shape.keys()].slice(-2))

/** A matrix is transposed, a vector a row; of maps each is transposed. */
export const transposed = (value: ArrayValue): Value => {
  const { shape } = value.field
  if (shape.length === 1) return asRow(value)
  const turn = (index: Index): Index => [...index.slice(0, -2), index.at(-1)!, index.at(-2)!]
  return { ...value, field: { shape: turn(shape), at: (index) => value.field.at(turn(index)) } }
}

/** What the transpose is beside another array: anything but a matrix is a row. */
export const asRow = (value: ArrayValue): Value =>
  value.field.shape.length === 2 ? transposed(value) : { ...value, dual: !value.dual }

/** Every entry a block of the last two axes; 0 where the image that was pooled is not covered. */
export const blownUp = (
  field: Field,
  block: readonly [Polynomial, Polynomial],
  image?: Index,
): Field => {
  if (field.shape.length < 2) throw new UnsupportedError('up of an array without rows and columns')
  const leading = field.shape.slice(0, -2)
  const lengths = field.shape.slice(-2).map((n, axis) => times(n, block[axis]!))
  return {
    shape: [...leading, ...(image?.slice(-2) ?? lengths)],
    at: (index) =>
      withBlocks(index.slice(-2), [...block], (blocks) =>
        anywhere(field, [...index.slice(0, -2), ...blocks]),
      ),
  }
}

/** Zeros around the last two axes. */
export const bordered = (
  field: Field,
  border: readonly (readonly [before: Polynomial, after: Polynomial])[],
): Field => {
  const first = field.shape.length - border.length
  const side = (axis: number) => border[axis - first] ?? [polynomial(0), polynomial(0)]
  return {
    shape: field.shape.map((n, axis) => plus(n, ...side(axis))),
    at: (index) =>
      anywhere(
        field,
        index.map((e, axis) => minus(e, side(axis)[0])),
      ),
  }
}
