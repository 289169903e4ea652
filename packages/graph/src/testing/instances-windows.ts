// Random applications of the convolutions, of the poolings and of the dense layers.
import fc from 'fast-check'
import { avgPool2d, avgPool2dInputOp, sumPool2d } from '../ops/pooling/avg-pool2d.ts'
import { l2Pool2d } from '../ops/pooling/l2-pool2d.ts'
import { maxPool2d, maxPool2dGatherOp, maxPool2dInputOp } from '../ops/pooling/max-pool2d.ts'
import {
  medianPool2d,
  medianPool2dGatherOp,
  medianPool2dInputOp,
} from '../ops/pooling/median-pool2d.ts'
import {
  checkWindows,
  type PoolParams,
  pooledSize,
  poolParams,
} from '../ops/pooling/pool-window.ts'
import { type ConvParams, conv2dFilterOp, conv2dInputOp, conv2dOp } from '../ops/product/conv2d.ts'
import { convolve2dOp } from '../ops/product/convolve2d.ts'
import { denseInputOp, denseOp, denseWeightOp } from '../ops/product/dense.ts'
import { outputSize, type PaddingOption, type Pair, paddingOption } from '../ops/window.ts'
import type { Node } from '../record/node.ts'
import type { Op } from '../record/op.ts'
import { apply } from '../record/operand.ts'
import type { Shape } from '../shape.ts'
import { batched, type Instance, type Instances, length } from './instance.ts'

const pair = (most: number): fc.Arbitrary<Pair> => fc.tuple(length(most), length(most))

const padding: fc.Arbitrary<PaddingOption> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<PaddingOption>(0) },
  fc.constantFrom<PaddingOption>('same', 'full', 1),
  fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1), fc.nat(1)).map(
    ([top, bottom, left, right]): PaddingOption => [
      [top, bottom],
      [left, right],
    ],
  ),
)

interface Convolution {
  readonly x: Shape
  readonly w: Shape
  readonly y: Shape
  readonly params: ConvParams
}

const convolutions: fc.Arbitrary<Convolution> = fc
  .record({
    batch: fc.option(fc.constant(2), { nil: undefined }),
    perGroup: length(2),
    filters: length(2),
    groups: fc.constantFrom(1, 1, 2),
    image: pair(4),
    kernel: pair(2),
    stride: pair(2),
    dilation: fc.oneof(fc.constant<Pair>([1, 1]), pair(2)),
    padding,
  })
  .map(({ batch, perGroup, filters, groups, image, kernel, ...options }) => {
    const params = { ...options, padding: paddingOption('conv2d', options.padding), groups }
    const front = batch === undefined ? [] : [batch]
    const size = outputSize(params, image, kernel)
    return {
      x: [...front, perGroup * groups, ...image],
      w: [filters * groups, perGroup, ...kernel],
      y: [...front, filters * groups, ...size],
      params,
    }
  })
  .filter(({ y }) => y.every((n) => n >= 1))

const convolution = (op: Op): Instances =>
  fc.tuple(convolutions, fc.boolean()).map(([{ x, w, params }, hasBias]) => ({
    shapes: hasBias ? [x, w, [w[0]!]] : [x, w],
    record: (args) => apply(op, args, params),
  }))

const lastTwo = (shape: Shape): Pair => [shape.at(-2)!, shape.at(-1)!]

interface Pooling {
  readonly x: Shape
  readonly y: Shape
  readonly params: PoolParams
  readonly countPadding: boolean
}

const poolings: fc.Arbitrary<Pooling> = fc
  .record({
    image: batched(fc.tuple(fc.constantFrom(1, 1, 2), length(4), length(4))),
    size: pair(3),
    stride: fc.option(pair(3), { nil: undefined }),
    dilation: fc.oneof({ weight: 3, arbitrary: fc.constant<Pair>([1, 1]) }, pair(2)),
    padding,
    ceil: fc.boolean(),
    countPadding: fc.boolean(),
  })
  .map(({ image: x, countPadding, stride, ...options }) => {
    const params = poolParams('pool', stride ? { ...options, stride } : options)
    return { x, params, countPadding, y: [...x.slice(0, -2), ...pooledSize(params, lastTwo(x))] }
  })
  .filter(({ x, params }) => checkWindows(x, params) === undefined)

const pooling = (record: (x: Node, params: PoolParams, countPadding: boolean) => Node) =>
  poolings.map(
    ({ x, params, countPadding }): Instance => ({
      shapes: [x],
      record: ([node]) => record(node!, params, countPadding),
    }),
  )
const meanOf = (x: Node, params: PoolParams, countPadding: boolean): Node =>
  avgPool2d(x, { ...params, countPadding })

/** The mask's two directions: over the pooled image, and over the image. */
const masked = (op: Op, over: 'x' | 'y'): Instances =>
  poolings.map((pool) => ({
    shapes: [pool.x, pool[over]],
    record: ([x, g]) => apply(op, [x!, g!], { ...pool.params, ties: x!.graph.ties }),
  }))

const denseShapes = fc
  .tuple(
    fc.option(length(2), { nil: undefined }),
    fc.oneof(fc.tuple(length(4)), fc.tuple(length(2), length(2), length(2))),
    length(3),
  )
  .map(([batch, sample, units]) => {
    const front = batch === undefined ? [] : [batch]
    return { x: [...front, ...sample], w: [units, ...sample], y: [...front, units] }
  })

export const windowInstances = {
  conv2d: convolution(conv2dOp),
  convolve2d: convolution(convolve2dOp),
  conv2dInput: convolutions.map(({ x, w, y, params }) => ({
    shapes: [y, w],
    record: (args) => apply(conv2dInputOp, args, { ...params, size: lastTwo(x) }),
  })),
  conv2dFilter: convolutions.map(({ x, w, y, params }) => ({
    shapes: [x, y],
    record: (args) => apply(conv2dFilterOp, args, { ...params, size: lastTwo(w) }),
  })),
  maxPool2d: pooling(maxPool2d),
  maxPool2dInput: masked(maxPool2dInputOp, 'y'),
  maxPool2dGather: masked(maxPool2dGatherOp, 'x'),
  medianPool2d: pooling(medianPool2d),
  medianPool2dInput: masked(medianPool2dInputOp, 'y'),
  medianPool2dGather: masked(medianPool2dGatherOp, 'x'),
  avgPool2d: fc.oneof(pooling(meanOf), pooling(sumPool2d)),
  avgPool2dInput: fc
    .tuple(poolings, fc.constantFrom('window', 'image', 'one'))
    .map(([{ x, y, params }, divisor]) => ({
      shapes: [y],
      record: (args) => apply(avgPool2dInputOp, args, { ...params, divisor, image: lastTwo(x) }),
    })),
  l2Pool2d: pooling(l2Pool2d),
  dense: fc.tuple(denseShapes, fc.boolean()).map(([{ x, w }, hasBias]) => ({
    shapes: hasBias ? [x, w, [w[0]!]] : [x, w],
    record: (args) => apply(denseOp, args),
  })),
  denseInput: denseShapes.map(({ w, y }) => ({
    shapes: [y, w],
    record: (args) => apply(denseInputOp, args),
  })),
  denseWeight: denseShapes.map(({ x, w, y }) => ({
    shapes: [x, y],
    record: (args) => apply(denseWeightOp, args, { sampleRank: w.length - 1 }),
  })),
} satisfies Record<string, Instances>
