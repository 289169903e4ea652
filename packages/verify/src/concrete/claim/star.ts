// The sliding product itself: cross-correlation with channels, over any domain.
import type { Budget } from '../../arithmetic/budget.ts'
import type { Domain, Tensor } from '../domains/domain.ts'
import { sizeOf } from './arrays.ts'
import {
  type Going,
  type Slide,
  type StarPlan,
  shapeOfStar,
  slide,
  slidingAxes,
} from './star-plans.ts'

type Shape = readonly number[]

/** One image and one kernel of the last two axes: Σ_uv x_{i+u−p, j+v−q} k_{uv}, added to `into`. */
const slideOver = <T>(
  domain: Domain<T>,
  budget: Budget,
  image: { data: readonly T[]; from: number; rows: number; columns: number },
  kernel: { data: readonly T[]; from: number; rows: number; columns: number },
  [vertical, horizontal]: readonly [Slide, Slide],
  into: T[],
  at: number,
): void => {
  for (let i = 0; i < vertical.output; i++)
    for (let j = 0; j < horizontal.output; j++) {
      budget.tick(kernel.rows)
      let total: T = into[at + i * horizontal.output + j] as T
      for (let u = 0; u < kernel.rows; u++) {
        const row = i * vertical.stride + u * vertical.dilation - vertical.before
        if (row < 0 || row >= image.rows) continue
        for (let v = 0; v < kernel.columns; v++) {
          const column = j * horizontal.stride + v * horizontal.dilation - horizontal.before
          if (column < 0 || column >= image.columns) continue
          const x = image.data[image.from + row * image.columns + column]!
          const k = kernel.data[kernel.from + u * kernel.columns + v]!
          total = domain.add(total, domain.multiply(x, k))
        }
      }
      into[at + i * horizontal.output + j] = total
    }
}

/** Cross-correlation of `image` with `kernel`; turn the kernel by 180° for a convolution. */
export const star = <T>(
  domain: Domain<T>,
  budget: Budget,
  image: Tensor<T>,
  kernel: Tensor<T>,
  going: Going,
  plan: StarPlan,
): Tensor<T> => {
  const flat = slidingAxes(image.shape, kernel.shape) === 1
  const lengths = (shape: Shape) =>
    flat ? ([1, shape[0]!] as const) : [shape.at(-2)!, shape.at(-1)!]
  const [[height, width], [rows, columns]] = [lengths(image.shape), lengths(kernel.shape)] as [
    [number, number],
    [number, number],
  ]
  const slides = [
    slide(height, rows, going, 0),
    slide(width, columns, going, flat ? 0 : 1),
  ] as const
  const shape = shapeOfStar(image.shape, kernel.shape, going, plan)
  const result = new Array<T>(sizeOf(shape)).fill(domain.zero)
  const letters = [...new Set(plan.image + plan.kernel)]
  const lengthOf = (letter: string): number => {
    const axis = plan.image.indexOf(letter)
    return axis < 0 ? kernel.shape[plan.kernel.indexOf(letter)]! : image.shape[axis]!
  }
  const position = (word: string, values: ReadonlyMap<string, number>): number =>
    [...word].reduce((at, letter) => at * lengthOf(letter) + values.get(letter)!, 0)
  const block = slides[0].output * slides[1].output
  const visit = (level: number, values: Map<string, number>): void => {
    const letter = letters[level]
    if (letter === undefined) {
      slideOver(
        domain,
        budget,
        {
          data: image.data,
          from: position(plan.image, values) * height * width,
          rows: height,
          columns: width,
        },
        { data: kernel.data, from: position(plan.kernel, values) * rows * columns, rows, columns },
        slides,
        result,
        position(plan.result, values) * block,
      )
      return
    }
    for (let k = 0; k < lengthOf(letter); k++) visit(level + 1, values.set(letter, k))
  }
  visit(0, new Map())
  return { shape, data: result }
}
