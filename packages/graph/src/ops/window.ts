// Windows that slide over the last two axes: stride, dilation and padding as users write them, the
// index they read, and the size of what they make. Shared by the convolutions and the poolings.

import { optionError } from '../options.ts'
import type { Symbols } from '../record/op.ts'

/** Rows and columns, in this order. */
export type Pair = readonly [number, number]
/** [[top, bottom], [left, right]] */
export type Pads = readonly [Pair, Pair]
/** Words stay words, so that a reader of the graph has them for every size. */
export type Padding = Pads | 'same' | 'full'

/** A pair as users give it: one number serves both axes. */
export type PairOption = number | readonly number[]
/**
 * Padding as users give it: a number for all sides, a pair of [rows, columns], both sides of
 * each, or a word.
 */
export type PaddingOption =
  | number
  | readonly number[]
  | readonly (readonly number[])[]
  | 'valid'
  | 'same'
  | 'full'

/** How a window slides: what convolution and pooling have in common. */
export interface WindowParams {
  readonly stride: Pair
  readonly padding: Padding
  readonly dilation: Pair
}

export function pairOption(
  op: string,
  option: string,
  value: PairOption | undefined,
  least: number,
): Pair {
  const pair = typeof value === 'number' ? [value, value] : value
  const fits =
    Array.isArray(pair) &&
    pair.length === 2 &&
    pair.every((n) => Number.isSafeInteger(n) && n >= least)
  if (!fits) {
    throw optionError(op, option, value, `a whole number from ${least}, or a pair of them [h, w]`)
  }
  return [pair[0]!, pair[1]!]
}

export function paddingOption(op: string, value: PaddingOption): Padding {
  if (value === 'same' || value === 'full') return value
  if (value === 'valid') return NO_PADDING
  const sides = typeof value === 'number' ? [value, value] : value
  const pads: (readonly number[])[] = Array.isArray(sides)
    ? sides.map((side: number | readonly number[]) =>
        typeof side === 'number' ? [side, side] : side,
      )
    : []
  const fits =
    pads.length === 2 &&
    pads.every((side) => side?.length === 2 && side.every((n) => Number.isSafeInteger(n) && n >= 0))
  if (!fits) {
    const may =
      "a whole number from 0, [h, w], [[top, bottom], [left, right]], 'valid', 'same' or 'full'"
    throw optionError(op, 'padding', value, may)
  }
  const [[top, bottom], [left, right]] = pads as unknown as Pads
  return [
    [top, bottom],
    [left, right],
  ]
}

/** No cells on any side. */
export const NO_PADDING: Pads = [
  [0, 0],
  [0, 0],
]

/**
 * The row or column that window cell `cell` of output `output` reads, 1-based:
 * s(output − 1) + d(cell − 1) + 1 − p, with the ones and noughts left out.
 */
export function windowIndex(
  { stride, padding, dilation }: WindowParams,
  axis: 0 | 1,
  output: string,
  cell: string,
): string {
  const mark = axis === 0 ? '' : '′'
  const step = stride[axis]
  const gap = dilation[axis]
  const padded = typeof padding === 'string' || padding[axis][0] > 0
  const tail = padded ? `-p${mark}` : ''
  if (step === 1 && gap === 1) return `${output}+${cell}-1${tail}`
  const from = step === 1 ? output : `s${mark}(${output}-1)${gap === 1 ? '' : '+1'}`
  const within = gap === 1 ? `+${cell}` : `+d${mark}(${cell}-1)`
  return from + within + tail
}

/** s, d, the padding before (p) and after (q), for both axes, in the letters of the sizes. */
export function windowSymbols({ stride, padding, dilation }: WindowParams): Symbols {
  const sides = [
    { mark: '', length: 'H', kernel: 'm' },
    { mark: '′', length: 'W', kernel: 'n' },
  ]
  const symbols: Record<string, number | string> = {}
  sides.forEach(({ mark, length, kernel }, axis) => {
    const step = stride[axis]!
    const reach = `d${mark}(${kernel}-1)`
    symbols[`s${mark}`] = step
    symbols[`d${mark}`] = dilation[axis]!
    if (typeof padding !== 'string') {
      symbols[`p${mark}`] = padding[axis]![0]
      symbols[`q${mark}`] = padding[axis]![1]
    } else if (padding === 'full') {
      symbols[`p${mark}`] = reach
      symbols[`q${mark}`] = reach
    } else {
      // Equal width: ⌈length / stride⌉ outputs, the spare cell behind.
      const total =
        step === 1 ? reach : `max((⌈${length}/s${mark}⌉-1)s${mark}+${reach}+1-${length},0)`
      symbols[`p${mark}`] = `⌊(${total})/2⌋`
      symbols[`q${mark}`] = `⌈(${total})/2⌉`
    }
  })
  return symbols
}

/** ⌊(H + p + q − d(m − 1) − 1)/s⌋ + 1, the notes' ⌊(n + 2p − f)/s⌋ + 1, and the same for W, n. */
export const windowSizes = (round: '⌊⌋' | '⌈⌉' = '⌊⌋'): string =>
  [
    ['H', 'm', ''],
    ['W', 'n', '′'],
  ]
    .map(([length, kernel, mark]) => {
      const steps = `(${length}+p${mark}+q${mark}-d${mark}(${kernel}-1)-1)/s${mark}`
      return `${round[0]}${steps}${round[1]}+1`
    })
    .join(',')

/** Padding before and after as numbers, for both axes, given the sizes of image and kernel. */
export function resolvePads(
  { stride, padding, dilation }: WindowParams,
  image: Pair,
  kernel: Pair,
): Pads {
  if (typeof padding !== 'string') return padding
  const sides = ([0, 1] as const).map((axis): Pair => {
    const reach = dilation[axis] * (kernel[axis] - 1)
    if (padding === 'full') return [reach, reach]
    const outputs = Math.ceil(image[axis] / stride[axis])
    const total = Math.max((outputs - 1) * stride[axis] + reach + 1 - image[axis], 0)
    return [Math.floor(total / 2), Math.ceil(total / 2)]
  })
  return [sides[0]!, sides[1]!]
}

/** How many windows fit along each axis: the size rule above, in numbers. */
export function outputSize(params: WindowParams, image: Pair, kernel: Pair): Pair {
  const pads = resolvePads(params, image, kernel)
  const along = (axis: 0 | 1): number => {
    const padded = image[axis] + pads[axis][0] + pads[axis][1]
    const reach = params.dilation[axis] * (kernel[axis] - 1) + 1
    return Math.floor((padded - reach) / params.stride[axis]) + 1
  }
  return [along(0), along(1)]
}
