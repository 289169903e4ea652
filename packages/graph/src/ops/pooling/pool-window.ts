// What the poolings share: options, sizes, the index that a window's cell reads, and refusals.
// Padding is nothing: it never wins, and a window of nothing but padding is refused.

import { optionError, readOptions } from '../../options.ts'
import type { ParamKind, Printed, Symbols } from '../../record/op.ts'
import type { Shape } from '../../shape.ts'
import { applied, spoken } from '../print-parts.ts'
import {
  type PaddingOption,
  type Pair,
  type PairOption,
  paddingOption,
  pairOption,
  resolvePads,
  type WindowParams,
  windowIndex,
  windowSizes,
  windowSymbols,
} from '../window.ts'

/** Options of the poolings: numbers for both axes, or a pair of [rows, columns]. */
export interface PoolOptions {
  /** Of the window: a number, or [h, w]. */
  readonly size: PairOption
  /** Default: the size, so that windows neither overlap nor leave gaps. */
  readonly stride?: PairOption
  readonly padding?: PaddingOption
  readonly dilation?: PairOption
  /** Keep a last window that is only partly filled. Default false. */
  readonly ceil?: boolean
}
/** Params of a pooling, every default filled in. */
export interface PoolParams extends WindowParams {
  readonly size: Pair
  readonly ceil: boolean
}

export const poolParamKinds = {
  size: 'pair',
  stride: 'pair',
  padding: 'padding',
  dilation: 'pair',
  ceil: 'boolean',
} as const satisfies Record<string, ParamKind>

const OPTIONS = ['size', 'stride', 'padding', 'dilation', 'ceil'] as const

const SYNONYMS = {
  ...{ kernel: 'size', kernelSize: 'size', kernel_size: 'size', poolSize: 'size' },
  ...{ pool_size: 'size', window: 'size', strides: 'stride', ceil_mode: 'ceil', ceilMode: 'ceil' },
}

export function poolParams(op: string, given: PoolOptions): PoolParams {
  const options = readOptions(op, given, OPTIONS, SYNONYMS)
  const { size, stride = size, padding = 0, dilation = 1, ceil = false } = options
  if (typeof ceil !== 'boolean') throw optionError(op, 'ceil', ceil, 'true or false')
  return {
    size: pairOption(op, 'size', size, 1),
    stride: pairOption(op, 'stride', stride, 1),
    padding: paddingOption(op, padding),
    dilation: pairOption(op, 'dilation', dilation, 1),
    ceil,
  }
}

/** Whether some cell of a window may lie outside the image. */
export const mayLeaveImage = ({ padding, ceil }: PoolParams): boolean =>
  ceil || typeof padding === 'string' || padding.flat().some((width) => width > 0)

/** Row and column that cell (u, v) of window (i, j) reads. */
export const cellRow = (params: PoolParams, u = 'u'): string => windowIndex(params, 0, 'i', u)
export const cellColumn = (params: PoolParams, v = 'v'): string => windowIndex(params, 1, 'j', v)

/** That cell of `array`, as the line writes it. */
export const cellOf = (array: string, params: PoolParams, u = 'u', v = 'v'): string =>
  `${array}_{…,${cellRow(params, u)},${cellColumn(params, v)}}`

export const poolSymbols = (params: PoolParams): Symbols => ({
  m: params.size[0],
  n: params.size[1],
  ...windowSymbols(params),
})

/**
 * The number of windows, I and J. Rounded up, the last window must still begin in the image or in
 * the padding before it (as in PyTorch): it is not all padding.
 */
export const outputSymbols = (params: PoolParams): Symbols => {
  const [rows = '', columns = ''] = windowSizes('⌈⌉').split(',')
  const begun = (length: string, mark: string) => `⌊(${length}+p${mark}-1)/s${mark}⌋+1`
  return {
    ...poolSymbols(params),
    ...(params.ceil
      ? { I: `min(${rows},${begun('H', '')})`, J: `min(${columns},${begun('W', '′')})` }
      : {}),
  }
}
export const outputAxes = ({ ceil }: PoolParams): string => (ceil ? '…,I,J' : `…,${windowSizes()}`)

/** The number of windows along each axis: the rule above, in numbers. */
export function pooledSize(params: PoolParams, image: Pair): Pair {
  const pads = resolvePads(params, image, params.size)
  const along = (axis: 0 | 1): number => {
    const [before, after] = pads[axis]
    const reach = params.dilation[axis] * (params.size[axis] - 1) + 1
    const steps = (image[axis] + before + after - reach) / params.stride[axis]
    if (!params.ceil) return Math.floor(steps) + 1
    const begun = Math.floor((image[axis] + before - 1) / params.stride[axis])
    return Math.min(Math.ceil(steps), begun) + 1
  }
  return [along(0), along(1)]
}

/** `emptyWindow` may have to look at every window that begins in the padding. */
const MOST_IN_PADDING = 65_536

const SIDES = [
  { name: 'rows', at: -2 },
  { name: 'columns', at: -1 },
] as const

export const imageOf = (x: Shape): Pair => [x.at(-2)!, x.at(-1)!]

/** Refuses windows that do not fit, and those that would see nothing but padding. */
export function checkWindows(x: Shape, params: PoolParams): string | undefined {
  if ([params.size, params.stride, params.dilation].flat().some((n) => n < 1)) {
    return 'size, stride and dilation start from 1'
  }
  const image = imageOf(x)
  const count = pooledSize(params, image)
  const pads = resolvePads(params, image, params.size)
  for (const axis of [0, 1] as const) {
    const { name } = SIDES[axis]
    const reach = params.dilation[axis] * (params.size[axis] - 1) + 1
    const [before, after] = pads[axis]
    const length = image[axis]
    if (count[axis] < 1) {
      return (
        `a window of ${reach} ${name} does not fit into ${length}` +
        (before + after > 0 ? ` padded by ${before} and ${after}` : '')
      )
    }
    if (params.dilation[axis] > length && before > MOST_IN_PADDING * params.stride[axis]) {
      return `more than ${MOST_IN_PADDING} windows along the ${name} begin in the padding`
    }
    const empty = emptyWindow(params, axis, length, before, count[axis])
    if (empty !== undefined) {
      return (
        `window ${empty} of ${count[axis]} along the ${name} would see nothing but padding ` +
        `(${length} ${name} padded by ${before} and ${after})`
      )
    }
  }
  return undefined
}

/** The first window without a cell in the image, counted from 1. */
function emptyWindow(
  { size, stride, dilation }: PoolParams,
  axis: 0 | 1,
  length: number,
  before: number,
  count: number,
): number | undefined {
  const gap = dilation[axis]
  const hasCell = (window: number): boolean => {
    const start = (window - 1) * stride[axis] - before
    const first = Math.max(0, Math.ceil(-start / gap))
    return first < size[axis] && start + gap * first < length
  }
  if (!hasCell(1)) return 1
  if (!hasCell(count)) return count
  // Only a window that begins before the image and strides over it can still miss it.
  if (gap <= length) return undefined
  const beforeImage = Math.min(count, Math.ceil(before / stride[axis]))
  for (let window = 2; window <= beforeImage; window++) if (!hasCell(window)) return window
  return undefined
}

/** An adjoint's operand `pooled` must be what the windows make of an image x. */
export function checkPooled(
  name: string,
  x: Shape,
  pooled: Shape,
  params: PoolParams,
): string | undefined {
  const amiss = checkWindows(x, params)
  if (amiss) return amiss
  const made = [...x.slice(0, -2), ...pooledSize(params, imageOf(x))]
  return made.join() === pooled.join()
    ? undefined
    : `${name} is [${pooled.join(', ')}], but x makes [${made.join(', ')}]`
}

/** Where several cells of a window win: the first takes all, or they share equally. */
export type Ties = 'first' | 'split'

/** Params of a pooling in which entries compete. */
export interface TiedPoolParams extends PoolParams {
  readonly ties: Ties
}

export const tiedPoolParamKinds = { ...poolParamKinds, ties: 'string' } as const

export const checkTies = ({ ties }: { readonly ties: Ties }): string | undefined =>
  ties === 'first' || ties === 'split' ? undefined : `ties is ${JSON.stringify(ties)}`

/**
 * The mask of the cells (u, v) that win their window, and what it is divided by: the first winner
 * alone, or every cell that equals the winner, shared by their number.
 */
export function winnerMask(
  reduction: 'max' | 'lomed' | 'himed',
  params: TiedPoolParams,
): { readonly guard: string; readonly share: string } {
  const window = (a: string, b: string) =>
    `${reduction}_{${a}≤m,${b}≤n} ${cellOf('x', params, a, b)}`
  if (params.ties === 'first') {
    return { guard: `u,v = arg${window('a', 'b')}`, share: '' }
  }
  const inside = mayLeaveImage(params)
    ? `1 ≤ ${cellRow(params, 'a')} ≤ H, 1 ≤ ${cellColumn(params, 'b')} ≤ W, `
    : ''
  const winners = `Σ_{a≤m,b≤n} [${inside}${cellOf('x', params, 'a', 'b')} = ${window('c', 'k')}]`
  return { guard: `${cellOf('x', params)} = ${window('a', 'b')}`, share: ` / ${winners}` }
}

/** `\operatorname{maxpool}_{2\times 2}`, with the stride where it is not the size. */
export function poolName(name: string, { size, stride }: PoolParams): string {
  const [h, w] = stride
  const step = h === size[0] && w === size[1] ? '' : `/${h === w ? h : `(${h}\\times ${w})`}`
  return `\\operatorname{${name}}_{${size[0]}\\times ${size[1]}${step}}`
}

/** Whether the windows tile the image: side by side, without overlap, padding or rest. */
export const areBlocks = (params: PoolParams, image: Pair): boolean =>
  ([0, 1] as const).every(
    (axis) =>
      params.stride[axis] === params.size[axis] &&
      params.dilation[axis] === 1 &&
      image[axis] % params.size[axis] === 0,
  ) &&
  resolvePads(params, image, params.size)
    .flat()
    .every((width) => width === 0)

/** maxpool⊤(δ), what is sent back through windows that overlap. */
export const transposedPool = (name: string, g: Printed): Printed =>
  spoken(applied(`${name}^{\\top}`, g))

/** up(δ): the pooled image blown up to the size of the image it was made from. */
export const blownUp = (g: Printed): Printed => applied('\\operatorname{up}', g)

/** The derivative of a pooling at x in a direction h. */
export const directional = (pool: string, x: Printed, h: Printed): Printed => ({
  text: `\\mathrm{D}${pool}\\left(${x.text}\\right)\\left[${h.text}\\right]`,
  binds: 'atom',
  spoken: true,
})
