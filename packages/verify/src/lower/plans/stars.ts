// How a star goes over image and kernel: which leading axes go together, and how far it slides.

import {
  constantValue,
  minus,
  monomial,
  negate,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../../arithmetic/polynomial.ts'
import { choice, length, over, whole } from '../../core/build.ts'
import type { Index } from '../../core/core.ts'
import { InapplicableError, ShapesError } from '../../core/errors.ts'
import type { Mode, Steps } from '../../language/syntax.ts'
import type { Lengths } from '../../network/lengths.ts'

type Shape = readonly number[]

/**
 * Which leading axes of image and kernel are one, summed where the result has none of that letter.
 */
export interface StarPlan {
  readonly image: string
  readonly kernel: string
  readonly result: string
}

const plans: readonly StarPlan[] = [
  ['', '', ''],
  ['', 'f', 'f'],
  ['', 'fc', 'f'],
  ['', 'fc', 'c'],
  ['c', '', 'c'],
  ['c', 'f', 'fc'],
  ['c', 'c', ''],
  ['c', 'c', 'c'],
  ['c', 'fc', 'f'],
  ['f', 'fc', 'c'],
  ['fc', 'c', 'f'],
  ['nc', 'fc', 'nf'],
  ['nf', 'fc', 'nc'],
  ['nc', 'nf', 'fc'],
].map(([image, kernel, result]) => ({ image: image!, kernel: kernel!, result: result! }))

/** Axes of the kernel that nothing goes together with: of length 1, or the plan does not fit. */
export const unpaired = ({ image, kernel, result }: StarPlan): number[] =>
  [...kernel].flatMap((letter, axis) =>
    image.includes(letter) || result.includes(letter) ? [] : [axis],
  )

/** Backwards the filters are summed over, forwards the channels. */
const backwardsFirst = ({ image, result }: StarPlan): number =>
  (image.includes('f') ? -2 : 0) + (result.length < image.length ? -1 : 0)

export const slidingAxes = (image: readonly unknown[], kernel: readonly unknown[]): number =>
  image.length === 1 && kernel.length === 1 ? 1 : 2

/**
 * Every way in which the channels of an image and the filters of a kernel can go together, the
 * likeliest first; they are told apart by the shape of the other side. Where there are as many
 * filters as channels it tells nothing: full stars, and those of a cotangent, go backwards.
 */
export const starPlans = (
  image: Shape,
  kernel: Shape,
  { mode, backwards, other = 0 }: { mode: Mode; backwards: boolean; other?: number },
): StarPlan[] => {
  const sliding = slidingAxes(image, kernel)
  const [leading, filters] = [image.slice(0, -sliding), kernel.slice(0, -sliding)]
  if (image.length < sliding || kernel.length < sliding)
    throw new ShapesError('A star', image, kernel)
  const fitting = plans.filter((plan) => {
    if (plan.image.length !== leading.length || plan.kernel.length !== filters.length) return false
    if (unpaired(plan).some((axis) => filters[axis] !== 1)) return false
    return [...plan.image].every((letter, axis) => {
      const other = plan.kernel.indexOf(letter)
      return other < 0 || filters[other] === leading[axis]
    })
  })
  if (fitting.length === 0) throw new ShapesError('A star', image, kernel)
  if (mode === 'full' || backwards) fitting.sort((a, b) => backwardsFirst(a) - backwardsFirst(b))
  return [...fitting.slice(other), ...fitting.slice(0, other)]
}

/** Along one axis of the image with its border: output o reads it at s o + d u. */
export interface Slide {
  readonly output: Polynomial
  /** The image is padded by so much, and is then as long. */
  readonly before: Index
  readonly padded: Polynomial
  readonly stride: number
  readonly dilation: number
}

/** How a star goes over its image: its mode, and its steps where it has some. */
export interface Going {
  readonly mode: Mode
  readonly steps?: Steps
}

/** The border of a kernel that reaches `rest` cells beyond one: on one side, and on both. */
interface Border {
  readonly before: Index
  readonly both: Polynomial
}

const borderOf = (rest: Polynomial, mode: Mode, lengths: Lengths): Border => {
  if (mode === 'valid') return { before: whole(0), both: polynomial(0) }
  if (mode === 'full') return { before: length(rest), both: times(2, rest) }
  if (lengths.recorded(rest) % 2 !== 0)
    throw new InapplicableError('The mode same needs a kernel of odd lengths')
  const odd = lengths.remainder(rest, polynomial(2))
  if (odd && constantValue(odd) === undefined) lengths.demand(negate(odd))
  return { before: halfOf(rest), both: rest }
}

const halfOf = (p: Polynomial): Index => {
  const all = [...p.values()]
  const isEven = all.every(({ coefficient }) => coefficient % 2n === 0n)
  return isEven
    ? length(plus(...all.map((m) => monomial(m.coefficient / 2n, m.variables))))
    : choice('floor', over(length(p), whole(2)))
}

export const slide = (
  image: Polynomial,
  kernel: Polynomial,
  { mode, steps }: Going,
  axis: number,
  lengths: Lengths,
): Slide => {
  const [stride, dilation] = [steps?.stride[axis] ?? 1, steps?.dilation[axis] ?? 1]
  const rest = times(dilation, minus(kernel, 1))
  const given = steps?.padding?.[axis]
  const { before, both } =
    given === undefined
      ? borderOf(rest, mode, lengths)
      : { before: whole(given), both: polynomial(2 * given) }
  const padded = plus(image, both)
  const moves = minus(padded, rest, 1)
  const output = plus(lengths.quotient(moves, polynomial(stride)), 1)
  const count = constantValue(output)
  return {
    output: count !== undefined && count < 0n ? polynomial(0) : output,
    before,
    padded,
    stride,
    dilation,
  }
}
