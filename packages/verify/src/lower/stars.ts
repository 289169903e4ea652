// A star of whole arrays as a sum, where its mode is a border around the image:
// (A ∗ W)_{fij} = Σ_{cuv} pad(A)_{c, s(i−1)+d(u−1)+1, …} W_{fcuv}.

import { minus, plus, product as productOf, times, whole } from '../core/build.ts'
import type { Index } from '../core/core.ts'
import { ConcreteError, SizesError } from '../core/errors.ts'
import { isCotangent } from '../language/cotangent.ts'
import type { Resolved } from '../language/resolved.ts'
import { demandEqual, isOne } from '../network/lengths.ts'
import { turned } from './arrays.ts'
import { padded } from './blocks.ts'
import { lower } from './lower.ts'
import {
  type Going,
  type Slide,
  type StarPlan,
  slide,
  slidingAxes,
  starPlans,
  unpaired,
} from './plans/stars.ts'
import { productOfValues, summed } from './products.ts'
import { recordedShape, type Site } from './site.ts'
import { type ArrayValue, arrayValue, readValue, type Value } from './value.ts'

export const lowerStar = (node: Extract<Resolved, { kind: 'star' }>, site: Site): Value => {
  const [left, right] = [lower(node.left, site), lower(node.right, site)]
  if (left.kind === 'number' || right.kind === 'number') return productOfValues([left, right], site)
  const read = node.ordinal === undefined ? undefined : site.reading?.[node.ordinal]
  const mode = node.mode ?? read?.mode
  if (!mode) throw new ConcreteError('A star without a mode needs a reading')
  const [image, kernel] = read?.kernel === 'left' ? [right, left] : [left, right]
  const isConvolution = node.operation === 'convolution' || read?.star === 'convolution'
  const backwards = isCotangent(read?.kernel === 'left' ? node.right : node.left)
  const shapes = [image, kernel].map(({ shape }) => recordedShape(shape, site))
  const plans = starPlans(shapes[0]!, shapes[1]!, { ...node, mode, backwards })
  const plan = plans[site.choose(plans.length, node)]!
  demandPaired(image, kernel, plan, site)
  const going: Going = { mode, ...(node.steps && { steps: node.steps }) }
  return starOf(image, isConvolution ? turned(kernel) : kernel, going, plan, site)
}

/** @throws SizesError where axes go together only as they were recorded */
const demandPaired = (image: ArrayValue, kernel: ArrayValue, plan: StarPlan, site: Site): void => {
  for (const [axis, letter] of [...plan.image].entries()) {
    const other = plan.kernel.indexOf(letter)
    const pair = [image.shape[axis]!, kernel.shape[other]!] as const
    if (other >= 0) demandEqual('A star', [pair[0]], [pair[1]], site.lengths)
  }
  const alone = unpaired(plan).map((axis) => kernel.shape[axis]!)
  if (!alone.every(isOne)) throw new SizesError('A star of channels that are one as recorded')
}

/** Cross-correlation: image left, kernel right. */
const starOf = (
  image: ArrayValue,
  kernel: ArrayValue,
  going: Going,
  plan: StarPlan,
  { lengths: sizes }: Site,
): Value => {
  const sliding = slidingAxes(image.shape, kernel.shape)
  const reach = kernel.shape.slice(-sliding)
  const slides = image.shape
    .slice(-sliding)
    .map((length, axis) => slide(length, reach[axis]!, going, axis, sizes))
  const lengthOf = (letter: string) => {
    const axis = plan.image.indexOf(letter)
    return axis < 0 ? kernel.shape[plan.kernel.indexOf(letter)]! : image.shape[axis]!
  }
  const inner = [...new Set(plan.image + plan.kernel)].filter((l) => !plan.result.includes(l))
  // Axes of the kernel that nothing goes together with have length 1.
  const shape = [...[...plan.result].map(lengthOf), ...slides.map(({ output }) => output)]
  const lengths = [...inner.map(lengthOf), ...reach]
  const first = image.shape.length - sliding
  const framed = padded(
    image,
    image.shape.map((_, axis) => slides[axis - first]?.before ?? whole(0)),
    image.shape.map((length, axis) => slides[axis - first]?.padded ?? length),
  ) as ArrayValue
  const at = (index: readonly Index[]) => {
    const given = new Map([...plan.result].map((letter, axis) => [letter, index[axis]!]))
    const out = index.slice(plan.result.length)
    return summed(lengths, `${inner.join('')}uv`, (bound) => {
      const all = new Map([...given, ...inner.map((l, k) => [l, bound[k]!] as const)])
      const leading = (word: string) => [...word].map((letter) => all.get(letter)!)
      const within = bound.slice(inner.length)
      const cell = slides.map((each, axis) => cellOf(each, out[axis]!, within[axis]!))
      return productOf([
        readValue(framed, [...leading(plan.image), ...cell]),
        readValue(kernel, [...leading(plan.kernel), ...within]),
      ])
    })
  }
  return arrayValue(shape, at)
}

/** s(i−1) + d(u−1) + 1 */
const cellOf = ({ stride, dilation }: Slide, i: Index, u: Index): Index =>
  plus(
    times(whole(stride), minus(i, whole(1))),
    times(whole(dilation), minus(u, whole(1))),
    whole(1),
  )
