// The transposed convolution: what a convolution's gradient does with its image, as a layer of its
// own. It is the op conv2dInput, whose derivatives are the other two of the family.
import { ShapeError } from '../errors.ts'
import { add } from '../ops/arithmetic/add.ts'
import { reshape } from '../ops/movement/reshape.ts'
import {
  type ConvOptions,
  type ConvParams,
  conv2dInputOp,
  normaliseConvOptions,
} from '../ops/product/conv2d.ts'
import { type Pair, type PairOption, pairOption, resolvePads } from '../ops/window.ts'
import { optionError, readOptions } from '../options.ts'
import { describeNode, type Node } from '../record/node.ts'
import { apply, requireNode } from '../record/operand.ts'
import { formatShape } from '../shape.ts'
import { composed } from './composed.ts'

/** Options of `convTranspose2d`; those of the window are the convolution's whose gradient it is. */
export interface ConvTransposeOptions extends ConvOptions {
  /**
   * Rows and columns more, below and on the right: with stride s, s sizes of an image have one size
   * of output, and this says which is meant. From 0, below the stride. Default 0.
   */
  readonly outputPadding?: PairOption
}

const NAME = 'convTranspose2d'
const OPTIONS = ['bias', 'stride', 'padding', 'outputPadding', 'dilation', 'groups'] as const

/**
 * The transposed convolution: each x_{kij} stamps the kernel w_k, times itself, s cells from the
 * last; y_{f, s(i−1)+d(u−1)+1−p, s(j−1)+d(v−1)+1−p} sums x_{kij} w_{kfuv}, plus b_f.
 *
 * x [C,H,W] or [N,C,H,W]; w [C, F/groups, m, n]; bias [F]; the result [F,H′,W′] or [N,F,H′,W′] with
 * H′ = s(H−1) + d(m−1) + 1 − p − q + outputPadding, where p and q are the padding above and below.
 * Padding takes away: 'valid' nothing, 'same' what leaves H′ = sH.
 * @throws ShapeError where channels, groups and bias do not fit, or the padding leaves nothing
 */
export function convTranspose2d(x: Node, w: Node, options: ConvTransposeOptions = {}): Node {
  requireNode(NAME, x)
  requireNode(NAME, w)
  const { outputPadding = 0, ...windows } = readOptions(NAME, options, OPTIONS)
  const params = normaliseConvOptions(NAME, windows)
  const more = pairOption(NAME, 'outputPadding', outputPadding, 0)
  const { bias } = windows
  checkOperands(x, w, bias, params)
  const size = sizeMade(x, w, params, more)
  return composed(NAME, x, () => {
    const stamped = apply(conv2dInputOp, [x, w], { ...params, size })
    return bias === undefined ? stamped : add(stamped, reshape(bias, [...bias.shape, 1, 1]))
  })
}

function checkOperands(x: Node, w: Node, bias: Node | undefined, { groups }: ConvParams): void {
  if (x.shape.length !== 3 && x.shape.length !== 4) {
    refuse(x, w, 'x must have axes [C, H, W] or [N, C, H, W]')
  }
  if (w.shape.length !== 4) refuse(x, w, 'w must have axes [C, F/groups, m, n]')
  const channels = x.shape.at(-3)!
  const [expected = 0, perGroup = 0] = w.shape
  if (channels !== expected) refuse(x, w, `x has ${channels} channels, but w expects ${expected}`)
  if (channels % groups !== 0) {
    refuse(x, w, `${channels} channels do not split into ${groups} groups`)
  }
  if (bias === undefined) return
  requireNode(`${NAME}: bias`, bias)
  const filters = perGroup * groups
  if (bias.shape.length === 1 && bias.shape[0] === filters) return
  refuse(x, w, `the bias is ${described(bias)}, but the result has ${filters} channels`)
}

function sizeMade(x: Node, w: Node, params: ConvParams, more: Pair): Pair {
  const { stride, dilation, padding } = params
  const along = (axis: 0 | 1): number => {
    const [length, cells] = [x.shape.at(axis - 2)!, w.shape[2 + axis]!]
    if (more[axis] >= stride[axis] || (padding === 'same' && more[axis] > 0)) {
      const may = padding === 'same' ? "0 under padding 'same'" : `below the stride, ${stride}`
      throw optionError(NAME, 'outputPadding', more, may)
    }
    if (padding === 'same') return stride[axis] * length
    // Only 'same' asks for the image's size.
    const [before, after] = resolvePads(params, [1, 1], [w.shape[2]!, w.shape[3]!])[axis]
    const whole = stride[axis] * (length - 1) + dilation[axis] * (cells - 1) + 1
    return whole - before - after + more[axis]
  }
  const size: Pair = [along(0), along(1)]
  if (size.some((cells) => cells < 1)) {
    refuse(x, w, `the padding takes all there is: the result would be ${size.join('×')}`)
  }
  return size
}

function refuse(x: Node, w: Node, why: string): never {
  throw new ShapeError(`${NAME} of ${described(x)} and ${described(w)}: ${why}`)
}

const described = (node: Node): string => `${describeNode(node)} ${formatShape(node.shape)}`
