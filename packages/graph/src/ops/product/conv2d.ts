// The convolution family. One trilinear form Σ x·w·y has three partial derivatives, and each
// one's derivatives are the other two: no op here refuses to be differentiated again.
// What CNNs compute is the cross-correlation: the kernel is not flipped (see convolve2d).

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp, type Op, type Shapes } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import type { Shape } from '../../shape.ts'
import { joined, spoken } from '../print-parts.ts'
import { sum } from '../reduction/sum.ts'
import {
  outputSize,
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
import { convolved, lastTwo, ofBatch, printFilterAdjoint, printInputAdjoint } from './conv-print.ts'

/** Options of `conv2d` and `convolve2d`: numbers for both axes, or a pair of [rows, columns]. */
export interface ConvOptions {
  readonly bias?: Node | undefined
  readonly stride?: PairOption
  readonly padding?: PaddingOption
  readonly dilation?: PairOption
  readonly groups?: number
}
/** Params of a convolution, every default filled in. */
export interface ConvParams extends WindowParams {
  readonly groups: number
}
/** The adjoints cannot tell a size from their operands: several inputs share one output size. */
export interface SizedConvParams extends ConvParams {
  readonly size: Pair
}

const paramKinds = {
  stride: 'pair',
  padding: 'padding',
  dilation: 'pair',
  groups: 'integer',
} as const

/** The input channel that channel c of filter f reads: each group has K channels, G filters. */
const channel = ({ groups }: ConvParams): string => (groups === 1 ? 'c' : 'K⌊(f-1)/G⌋+c')
const row = (params: ConvParams): string => windowIndex(params, 0, 'i', 'u')
const column = (params: ConvParams): string => windowIndex(params, 1, 'j', 'v')
const read = (params: ConvParams): string =>
  `x_{…,${channel(params)},${row(params)},${column(params)}}`

const symbols = (params: ConvParams) => ({
  ...windowSymbols(params),
  g: params.groups,
  G: 'F/g',
})

function checkConvolution({ x, w }: Shapes<'x' | 'w'>, params: ConvParams): string | undefined {
  if (x.length > 4) return 'x has more axes than [N, C, H, W]'
  return (
    checkSteps(params) ??
    checkGroups(x, w, params.groups) ??
    checkFit(lastTwo(x), lastTwo(w), params)
  )
}

function checkFit(image: Pair, kernel: Pair, params: ConvParams): string | undefined {
  if (outputSize(params, image, kernel).every((count) => count >= 1)) return undefined
  const reach = kernel.map((cells, axis) => params.dilation[axis]! * (cells - 1) + 1)
  const pads = resolvePads(params, image, kernel)
  const padded = pads.flat().some((width) => width > 0) ? `, padded by ${JSON.stringify(pads)}` : ''
  const isLast = image[1] === 1 || image[1] === 3
  const hint = isLast && image[0] > 3 ? '; x is [C,H,W]: are its channels the last axis?' : ''
  return `a window of ${reach.join('×')} does not fit into ${image.join('×')}${padded}${hint}`
}

/** The public functions say this of options; a document's params are only known to be numbers. */
const checkSteps = ({ stride, dilation, groups }: ConvParams): string | undefined =>
  [...stride, ...dilation, groups].some((n) => n < 1)
    ? 'stride, dilation and groups start from 1'
    : undefined

function checkGroups(x: Shape, filters: Shape, groups: number): string | undefined {
  const [count = 0, perGroup = 0] = filters
  const channels = x.at(-3)!
  if (perGroup * groups !== channels) {
    return (
      `x has ${channels} channels, but w expects ${perGroup * groups}` +
      (groups > 1 ? ` (${groups} groups of ${perGroup})` : '') +
      (x.at(-1) === perGroup * groups ? `; x is [C,H,W]: are its channels the last axis?` : '')
    )
  }
  return count % groups === 0 ? undefined : `${count} filters do not split into ${groups} groups`
}

export const conv2dOp: Op = defineOp<'x' | 'w' | 'b', ConvParams>({
  name: 'conv2d',
  operands: { x: '…,C,H,W', w: 'F,K,m,n', b: 'F' },
  optional: ['b'],
  line: (params) => `y_{…,f,i,j} = b_f + Σ_{c,u,v} ${read(params)} w_{f,c,u,v}`,
  symbols,
  axes: `…,F,${windowSizes()}`,
  params: paramKinds,
  check: checkConvolution,
  vjp: {
    x: (g, { x, w }, params) =>
      apply(conv2dInputOp, [g, w], { ...params, size: [x.shape.at(-2)!, x.shape.at(-1)!] }),
    w: (g, { x, w }, params) =>
      apply(conv2dFilterOp, [x, g], { ...params, size: [w.shape[2]!, w.shape[3]!] }),
    b: (g) => sum(g, { axes: g.shape.length === 4 ? [0, 2, 3] : [1, 2] }),
  },
  latex: ({ x, w, b }, params, shapes) => {
    const product = convolved(params, lastTwo(shapes.x), lastTwo(shapes.w), x, w)
    const all = b ? joined('sum', '+', product, b) : product
    // One map has a bias of one entry, which is no map.
    return b && shapes.w[0] === 1 ? spoken(all) : ofBatch(all, shapes.x)
  },
})

/** ∂⟨g, conv2d(x, w)⟩/∂x: each g is sent back, times w, to the pixels it was made from. */
export const conv2dInputOp: Op = defineOp<'y' | 'w', SizedConvParams>({
  name: 'conv2dInput',
  operands: { y: '…,F,I,J', w: 'F,K,m,n' },
  line: (params) =>
    `x_{…,k,h,l} = Σ_{f,i,j,c,u,v} [k = ${channel(params)}, h = ${row(params)}, ` +
    `l = ${column(params)}] y_{…,f,i,j} w_{f,c,u,v}`,
  symbols: (params) => ({ H: params.size[0], W: params.size[1], ...symbols(params) }),
  axes: '…,g K,H,W',
  params: { ...paramKinds, size: 'pair' },
  check: ({ y, w }, params) => checkOutput(y, params.size, [w[2]!, w[3]!], params),
  vjp: {
    y: (g, { w }, { size: _, ...params }) => apply(conv2dOp, [g, w], params),
    w: (g, { y, w }, params) =>
      apply(conv2dFilterOp, [g, y], { ...params, size: [w.shape[2]!, w.shape[3]!] }),
  },
  latex: ({ y, w }, params, shapes) =>
    ofBatch(printInputAdjoint(y, w, params, params.size, lastTwo(shapes.w)), shapes.y),
  traits: { sized: true },
})

/** ∂⟨g, conv2d(x, w)⟩/∂w: the image seen through the window of every g, summed over the batch. */
export const conv2dFilterOp: Op = defineOp<'x' | 'y', SizedConvParams>({
  name: 'conv2dFilter',
  operands: { x: '…,C,H,W', y: '…,F,I,J' },
  line: (params) => `w_{f,c,u,v} = Σ_{…,i,j} y_{…,f,i,j} ${read(params)}`,
  symbols: (params) => ({
    m: params.size[0],
    n: params.size[1],
    ...symbols(params),
    K: 'C/g',
  }),
  axes: 'F,C/g,m,n',
  params: { ...paramKinds, size: 'pair' },
  check: ({ x, y }, params) => checkOutput(y, [x.at(-2)!, x.at(-1)!], params.size, params),
  vjp: {
    x: (g, { x, y }, params) =>
      apply(conv2dInputOp, [y, g], { ...params, size: [x.shape.at(-2)!, x.shape.at(-1)!] }),
    y: (g, { x }, { size: _, ...params }) => apply(conv2dOp, [x, g], params),
  },
  latex: ({ x, y }, params, shapes) =>
    ofBatch(printFilterAdjoint(x, y, params, shapes, params.size), shapes.x, shapes.y),
  traits: { sized: true },
})

/** y must have the size that the window makes of the image. */
function checkOutput(
  y: Shapes['y'],
  image: Pair,
  kernel: Pair,
  params: ConvParams,
): string | undefined {
  const amiss = checkSteps(params)
  if (amiss) return amiss
  const made = outputSize(params, image, kernel)
  const given = [y!.at(-2), y!.at(-1)]
  return given[0] === made[0] && given[1] === made[1]
    ? undefined
    : `y is ${given.join('×')}, but an image of ${image.join('×')} makes ${made.join('×')}`
}

const OPTIONS = ['bias', 'stride', 'padding', 'dilation', 'groups'] as const

function normalise(op: string, given: ConvOptions | undefined): ConvParams {
  const { stride = 1, padding = 0, dilation = 1, groups = 1 } = readOptions(op, given, OPTIONS)
  if (!Number.isSafeInteger(groups) || groups < 1) {
    throw optionError(op, 'groups', groups, 'a whole number from 1')
  }
  return {
    stride: pairOption(op, 'stride', stride, 1),
    padding: paddingOption(op, padding),
    dilation: pairOption(op, 'dilation', dilation, 1),
    groups,
  }
}

/**
 * What CNNs call convolution, and mathematics cross-correlation:
 * y_{fij} = b_f + Σ_{cuv} x_{c, s(i−1)+d(u−1)+1−p, s(j−1)+d(v−1)+1−p} w_{fcuv}.
 *
 * x [C,H,W] or [N,C,H,W]; w [F, C/groups, m, n]; bias [F]; the result [F,H′,W′] or [N,F,H′,W′] with
 * H′ = ⌊(H + 2p − d(m−1) − 1)/s⌋ + 1. Padding 'valid' (narrow), 'same' (equal width: ⌈H/s⌉, the
 * spare cell behind), 'full' (wide: m − 1 on both sides).
 * @throws ShapeError where channels, filters and groups do not fit, or the kernel is too large
 */
export function conv2d(x: Node, w: Node, options: ConvOptions = {}): Node {
  const params = normalise('conv2d', options)
  const { bias } = options
  return apply(conv2dOp, bias === undefined ? [x, w] : [x, w, bias], params)
}

// What the convolution with a flipped kernel shares.
export {
  checkConvolution,
  normalise as normaliseConvOptions,
  paramKinds as convParamKinds,
  read as readImage,
  symbols as convSymbols,
}
