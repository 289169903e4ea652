// How the convolution family looks in the layer form. `∗_valid` is what CNNs compute, the
// narrow cross-correlation with stride 1, summed over channels; whatever differs from that is said
// under it: ∗_{s=2,p=1}. `∗⊤` and `∗^w` with the same options are its two adjoints, written out as
// correlations wherever that is exactly true.

import type { Printed } from '../../record/op.ts'
import type { Shape } from '../../shape.ts'
import { applied, spoken, within } from '../print-parts.ts'
import { outputSize, type Pads, type Pair, resolvePads, type WindowParams } from '../window.ts'

interface StarOptions extends WindowParams {
  readonly groups: number
}

/** `\ast_{\mathrm{valid}}`, or `\ast_{s=2,p=1,d=2,g=3}` with what is not the default. */
function star({ stride, padding, dilation, groups }: StarOptions): string {
  const pads = typeof padding === 'string' ? undefined : padding
  const mode = typeof padding === 'string' ? padding : isAll(pads!.flat(), 0) ? 'valid' : ''
  const parts = [
    mode === '' ? '' : `\\mathrm{${mode}}`,
    isAll(stride, 1) ? '' : `s=${pairText(stride)}`,
    !pads || isAll(pads.flat(), 0) ? '' : `p=${padsText(pads)}`,
    isAll(dilation, 1) ? '' : `d=${pairText(dilation)}`,
    groups === 1 ? '' : `g=${groups}`,
  ].filter(Boolean)
  return `\\ast_{${parts.join(',')}}`
}

/**
 * The adjoint by the image. With stride 1 it is the correlation with the kernel turned by 180°,
 * padded by d(m − 1) − p: 'full' where the forward one was narrow. Else the transposed `\ast^\top`.
 */
export function printInputAdjoint(
  y: Printed,
  w: Printed,
  params: StarOptions,
  image: Pair,
  kernel: Pair,
): Printed {
  const pads = resolvePads(params, image, kernel)
  const reach = reachOf(params, kernel)
  const turned = pads.map((side, axis) => side.map((width) => reach[axis]! - width))
  const isCorrelation =
    isAll(params.stride, 1) && params.groups === 1 && turned.flat().every((width) => width >= 0)
  if (!isCorrelation) return spoken(starred(raisedStar(params, '\\top'), y, w))
  const isFull = isAll(pads.flat(), 0) && reach.some((width) => width > 0)
  const isSame =
    reach.some((width) => width > 0) &&
    turned.every((side, axis) => side.every((width) => 2 * width === reach[axis]))
  const padding = isFull ? 'full' : isSame ? 'same' : (turned as unknown as Pads)
  const back = { ...params, padding } as StarOptions
  return convolved(back, image, kernel, y, applied('\\operatorname{rot180}', w))
}

/**
 * The adjoint by the kernel: the image correlated with y. Stride and dilation change places, since
 * y's cells lie s apart and the kernel's d. Where the forward windows leave cells of the image
 * over, that would make a larger kernel: then `\ast^{w}`.
 */
export function printFilterAdjoint(
  x: Printed,
  y: Printed,
  params: StarOptions,
  { x: image, y: output }: { readonly x: Shape; readonly y: Shape },
  kernel: Pair,
): Printed {
  const rows = lastTwo(image)
  const pads = resolvePads(params, rows, kernel)
  const swapped = { ...params, stride: params.dilation, dilation: params.stride, padding: pads }
  const made = outputSize(swapped, rows, lastTwo(output))
  const isExact = params.groups === 1 && made.every((size, axis) => size === kernel[axis])
  return isExact
    ? convolved(swapped, rows, lastTwo(output), x, y)
    : spoken(starred(raisedStar(params, 'w'), x, y))
}

/**
 * Of a batch of single maps the samples would be taken for maps, and where there are as many
 * samples as maps and filters, for filters: it is told in indices.
 */
export const ofBatch = (printed: Printed, image: Shape, slid: Shape = []): Printed => {
  const [samples, maps, filters] = [image.at(-4), image.at(-3), slid.at(-3)]
  const isLike = samples === maps && filters === maps
  return samples && (maps === 1 || filters === 1 || isLike) ? spoken(printed) : printed
}

/**
 * ∗ is read before ⊙ and from the left: operands that are either stand in brackets. Groups, and a
 * border that differs at two sides, are told in indices; `same` is a border of half the reach.
 */
export function convolved(params: StarOptions, image: Pair, kernel: Pair, a: Printed, b: Printed) {
  const pads = resolvePads(params, image, kernel)
  const isHalf = pads.every(([width], axis) => 2 * width === reachOf(params, kernel)[axis])
  const padding = params.padding === 'same' && !isHalf ? pads : params.padding
  const all = starred(star({ ...params, padding }), a, b)
  return params.groups > 1 || pads.some(([from, to]) => from !== to) ? spoken(all) : all
}

const starred = (sign: string, a: Printed, b: Printed): Printed => ({
  text: `${within(a, 'product')} ${sign} ${within(b, 'product')}`,
  binds: 'star',
})

const reachOf = ({ dilation }: StarOptions, kernel: Pair): number[] =>
  kernel.map((size, axis) => dilation[axis]! * (size - 1))

export const lastTwo = (shape: Shape): Pair => [shape.at(-2)!, shape.at(-1)!]

const raisedStar = (params: StarOptions, raised: string): string =>
  star(params).replace('\\ast', `\\ast^{${raised}}`)

const isAll = (values: readonly number[], value: number): boolean =>
  values.every((entry) => entry === value)

const pairText = ([a, b]: readonly number[]): string => (a === b ? `${a}` : `(${a},${b})`)

/** `1`, `(1,2)` for rows and columns, `((0,1),(0,1))` where the sides differ. */
function padsText(pads: Pads): string {
  const isEven = pads.every(([before, after]) => before === after)
  if (isEven) return pairText(pads.map(([before]) => before))
  return `(${pads.map(([before, after]) => `(${before},${after})`).join(',')})`
}
