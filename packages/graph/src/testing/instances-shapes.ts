// Random applications of the ops that move entries, reduce axes or multiply matrices.
import fc from 'fast-check'
import { concat } from '../ops/movement/concat.ts'
import { flattenOp } from '../ops/movement/flatten.ts'
import { flip } from '../ops/movement/flip.ts'
import { padOp } from '../ops/movement/pad.ts'
import { reshapeOp } from '../ops/movement/reshape.ts'
import { rot180 } from '../ops/movement/rot180.ts'
import { sliceOp, sliceScatterOp } from '../ops/movement/slice.ts'
import { transposeOp } from '../ops/movement/transpose.ts'
import { type TriangleOptions, tril, triu } from '../ops/movement/triangle.ts'
import { upsampleOp } from '../ops/movement/upsample.ts'
import { matmul } from '../ops/product/matmul.ts'
import { max, maxGatherOp, maxInputOp } from '../ops/reduction/max.ts'
import { mean } from '../ops/reduction/mean.ts'
import { broadcastToOp, sum } from '../ops/reduction/sum.ts'
import type { Node } from '../record/node.ts'
import { apply } from '../record/operand.ts'
import type { Shape } from '../shape.ts'
import { batched, type Instance, type Instances, length, shape, someAxes } from './instance.ts'

type Reduction = (x: Node, options: { axes: number[]; keepDims: boolean }) => Node

const reduction = (build: (x: Shape, axes: number[], keepDims: boolean) => Instance): Instances =>
  shape(1, 3).chain((x) =>
    fc.tuple(someAxes(x.length), fc.boolean()).map(([axes, keep]) => build(x, axes, keep)),
  )

const reduced = (record: Reduction): Instances =>
  reduction((x, axes, keepDims) => ({
    shapes: [x],
    record: ([node]) => record(node!, { axes, keepDims }),
  }))

/** A box of an array: one start, end and step for each axis. */
const box = (x: Shape) =>
  fc
    .tuple(
      ...x.map((n) =>
        fc
          .tuple(fc.nat(n - 1), length(3))
          .chain(([start, step]) =>
            fc.integer({ min: start + 1, max: n }).map((end) => ({ start, end, step })),
          ),
      ),
    )
    .map((sides) => ({
      start: sides.map(({ start }) => start),
      end: sides.map(({ end }) => end),
      step: sides.map(({ step }) => step),
    }))

const boxShape = (params: { start: number[]; end: number[]; step: number[] }): Shape =>
  params.start.map((start, axis) => Math.ceil((params.end[axis]! - start) / params.step[axis]!))

const widths = (rank: number) => fc.array(fc.nat(2), { minLength: rank, maxLength: rank })

const triangle = (cut: (x: Node, options: TriangleOptions) => Node): Instances =>
  fc.tuple(shape(2, 4), fc.integer({ min: -3, max: 3 })).map(([x, diagonal]) => ({
    shapes: [x],
    record: ([node]) => cut(node!, { diagonal }),
  }))

export const shapeInstances = {
  broadcastTo: fc.tuple(shape(0, 2), shape(0, 3)).map(([front, x]) => ({
    shapes: [x],
    record: ([node]) =>
      apply(broadcastToOp, [node!], { shape: [...front, ...x.map((n) => (n === 1 ? 3 : n))] }),
  })),
  reshape: shape(0, 3).map((x) => ({
    shapes: [x],
    record: ([node]) => apply(reshapeOp, [node!], { shape: [x.reduce((a, b) => a * b, 1), 1] }),
  })),
  flatten: batched(shape(3, 3)).map((x) => ({
    shapes: [x],
    record: ([node]) => apply(flattenOp, [node!]),
  })),
  concat: shape(1, 3).chain((x) =>
    fc
      .tuple(fc.nat(x.length - 1), fc.array(length(), { minLength: 2, maxLength: 11 }))
      .map(([axis, lengths]) => ({
        shapes: lengths.map((n) => x.with(axis, n)),
        record: (args) => concat(args, { axis }),
      })),
  ),
  slice: shape(1, 3).chain((x) =>
    box(x.map((n) => n + 1)).map((params) => ({
      shapes: [x.map((n) => n + 1)],
      record: ([node]) => apply(sliceOp, [node!], params),
    })),
  ),
  sliceScatter: shape(1, 3).chain((x) =>
    box(x.map((n) => n + 1)).map((params) => ({
      shapes: [boxShape(params)],
      record: ([node]) => apply(sliceScatterOp, [node!], { ...params, shape: x.map((n) => n + 1) }),
    })),
  ),
  pad: shape(0, 3).chain((x) =>
    fc
      .tuple(widths(x.length), widths(x.length), fc.constantFrom(0, -1.5))
      .map(([before, after, value]) => ({
        shapes: [x],
        record: ([node]) => apply(padOp, [node!], { before, after, value }),
      })),
  ),
  transpose: shape(0, 4).chain((x) =>
    fc
      .shuffledSubarray([...x.keys()], { minLength: x.length })
      .map((axes) => ({ shapes: [x], record: ([node]) => apply(transposeOp, [node!], { axes }) })),
  ),
  flip: shape(1, 3).chain((x) =>
    someAxes(x.length).map((axes) => ({
      shapes: [x],
      record: ([node]) => flip(node!, { axes }),
    })),
  ),
  rot180: shape(2, 4).map((x) => ({ shapes: [x], record: ([node]) => rot180(node!) })),
  tril: triangle(tril),
  triu: triangle(triu),
  upsample: fc.tuple(shape(2, 4), length(2), length(3)).map(([x, h, w]) => ({
    shapes: [x],
    record: ([node]) => apply(upsampleOp, [node!], { size: [h, w] }),
  })),
  sum: reduced(sum),
  mean: reduced(mean),
  max: reduced(max),
  maxInput: reduction((x, axes, keepDims) => ({
    shapes: [x, x.flatMap((n, axis) => (axes.includes(axis) ? (keepDims ? [1] : []) : [n]))],
    record: ([node, g]) =>
      apply(maxInputOp, [node!, g!], { axes, keepDims, ties: node!.graph.ties }),
  })),
  maxGather: reduction((x, axes, keepDims) => ({
    shapes: [x, x],
    record: ([node, h]) =>
      apply(maxGatherOp, [node!, h!], { axes, keepDims, ties: node!.graph.ties }),
  })),
  matmul: fc
    .tuple(length(), length(), length(), shape(0, 1), fc.constantFrom('both', 'a', 'b', 'one'))
    .map(([i, k, j, stack, stacked]) => ({
      shapes: [
        [...(stacked === 'b' ? [] : stacked === 'one' ? stack.map(() => 1) : stack), i, k],
        [...(stacked === 'a' ? [] : stack), k, j],
      ],
      record: ([a, b]) => matmul(a!, b!),
    })),
} satisfies Record<string, Instances>
