// Laws by which a convolution behind 2×2 max-pooling runs forward and backward over the winners:
// where three quarters of a gradient are zero, its convolutions read the rest alone.
import {
  isOp,
  type Node,
  reshape,
  type SizedConvParams,
  sizeOf,
  slice,
  type TiedPoolParams,
} from '@backprove/graph'
import type { Law } from '../../plan/laws/law.ts'
import type { DType } from '../../plan/plan.ts'
import { convShapeOf, poolShape } from '../backend/call.ts'
import type { ConvShape } from '../conv/conv2d.ts'
import { byTilesInstead } from '../conv/family.ts'
import { lanesOf } from '../lanes.ts'
import { hasWinnerKernels, pooledSize, winnerSections } from '../winners/shape.ts'
import { isPrivate } from './chain.ts'
import {
  type AtWinnersParams,
  convolvePoolOp,
  filterAtWinnersOp,
  inputAtWinnersOp,
  sizesOf,
} from './winner-ops.ts'

/** The sizes of a convolution without bias that is pooled by 2×2 in a way that has kernels. */
function pooledConvolution(conv: Node, params: TiedPoolParams): ConvShape | undefined {
  if (!isOp(conv.op, 'conv2d') || conv.args.length !== 2 || params.ties !== 'first')
    return undefined
  const inputs = conv.args.map((arg) => arg.shape)
  const shape = convShapeOf('forward')({ params: conv.params, inputs, output: conv.shape })
  const { window, stride, dilation, padding, output } = poolShape(params, conv.shape)
  const [rows, columns] = hasWinnerKernels(shape) ? pooledSize(shape) : [0, 0]
  const byTwo =
    [...window, ...stride].every((n) => n === 2) &&
    dilation.every((n) => n === 1) &&
    padding.every((n) => n === 0) &&
    output[0] === rows &&
    output[1] === columns
  return byTwo ? shape : undefined
}

/** Where what the gradients need begins, in bytes: a cache line. */
export const keptOffset = (dtype: DType, shape: ConvShape): number => {
  const [rows, columns] = pooledSize(shape)
  const { bytes } = lanesOf(dtype)
  return Math.ceil((shape.batch * shape.filters * rows * columns * bytes) / 64) * 64
}

/** A product and a sum for each weight of a filter at each of its cells. */
const flopsAt = ([rows, columns]: readonly [number, number], shape: ConvShape): number => {
  const { batch, filters, channels, window } = shape
  return 2 * batch * filters * rows * columns * channels * window[0] * window[1]
}

function forward(conv: Node, shape: ConvShape, dtype: DType): Node {
  const lanes = lanesOf(dtype)
  const { end } = winnerSections(lanes, shape, keptOffset(dtype, shape))
  const length = Math.ceil(end / lanes.bytes)
  const params = { sizes: sizesOf(shape), flops: flopsAt(shape.output, shape), length }
  return conv.graph.record(convolvePoolOp, conv.args, params)
}

const backward = ({ shape }: Node, conv: ConvShape): AtWinnersParams => ({
  sizes: sizesOf(conv),
  flops: flopsAt(pooledSize(conv), conv),
  shape,
})

/** What is sent back through the pooling of a convolution whose winners are kept. */
function sentBack(node: Node, dtype: DType) {
  if (!isOp(node.op, 'maxPool2dInput')) return undefined
  const [conv, g] = node.args as [Node, Node]
  const shape = pooledConvolution(conv, node.params as TiedPoolParams)
  return shape && { conv, g, shape, kept: forward(conv, shape, dtype) }
}

/** Strides, dilations, groups and paddings agree; sizes follow from the shapes. */
const sameConvolution = (conv: Node, adjoint: Node): boolean => {
  const { size: _size, ...params } = adjoint.params as SizedConvParams
  return JSON.stringify(params) === JSON.stringify(conv.params)
}

/** What a recorded pooling pools, or the gradient of one that a recorded product takes part in. */
function pooledBy(recorded: Node): Node | undefined {
  const isPool = ({ op }: Node) => isOp(op, 'maxPool2d') || isOp(op, 'maxPool2dInput')
  return (isPool(recorded) ? recorded : recorded.args.find(isPool))?.args[0]
}

export const winnerLaws: readonly Law[] = [
  {
    op: 'maxPool2d',
    statement: 'maxpool(x ⋆ w) keeps its winners',
    rewrite: (node, context) => {
      const conv = node.args[0]!
      const params = node.params as TiedPoolParams
      const shape = pooledConvolution(conv, params)
      const recorded = pooledBy(context.original)
      if (!shape || !recorded || !isPrivate(recorded, context)) return undefined
      if (byTilesInstead(lanesOf(context.dtype, context.precision), shape)) return undefined
      const flat = forward(conv, shape, context.dtype)
      const pooled = slice(flat, { start: 0, end: sizeOf(node.shape) })
      return reshape(pooled, node.shape)
    },
  },
  {
    op: 'conv2dFilter',
    statement: '∂/∂w of maxpool(x ⋆ w) over its winners alone',
    rewrite: (node, { dtype, present }) => {
      const [x, y] = node.args as [Node, Node]
      const sent = sentBack(y, dtype)
      if (!sent || !present(sent.kept)) return undefined
      if (sent.conv.args[0] !== x || !sameConvolution(sent.conv, node)) return undefined
      return node.graph.record(filterAtWinnersOp, [sent.kept, sent.g], backward(node, sent.shape))
    },
  },
  {
    op: 'conv2dInput',
    statement: '∂/∂x of maxpool(x ⋆ w) over its winners alone',
    rewrite: (node, { dtype, present }) => {
      const [y, w] = node.args as [Node, Node]
      const sent = sentBack(y, dtype)
      if (!sent || !present(sent.kept) || !sameConvolution(sent.conv, node)) return undefined
      return node.graph.record(inputAtWinnersOp, [sent.kept, sent.g, w], backward(node, sent.shape))
    },
  },
]
