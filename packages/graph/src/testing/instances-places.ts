// Random applications of what walks along one axis, and of what reads entries by their places.
import fc from 'fast-check'
import { gather, gatherInputOp } from '../ops/movement/gather.ts'
import { argmax } from '../ops/reduction/argmax.ts'
import { cumsum } from '../ops/reduction/cumsum.ts'
import { logSumExp } from '../ops/reduction/log-sum-exp.ts'
import { norm } from '../ops/reduction/norm.ts'
import type { ReduceOptions } from '../ops/reduction/reduction.ts'
import type { Node } from '../record/node.ts'
import { apply } from '../record/operand.ts'
import { type Instances, shape, someAxes } from './instance.ts'

const along = (record: (x: Node, axis: number) => Node): Instances =>
  shape(1, 3).chain((x) =>
    fc.nat(x.length - 1).map((axis) => ({ shapes: [x], record: ([node]) => record(node!, axis) })),
  )

const reducing = (reduce: (x: Node, options: ReduceOptions) => Node): Instances =>
  shape(1, 3).chain((x) =>
    fc.tuple(someAxes(x.length), fc.boolean()).map(([axes, keepDims]) => ({
      shapes: [x],
      record: ([node]: readonly Node[]) => reduce(node!, { axes, keepDims }),
    })),
  )

/** An array whose chosen axis has two entries, so that zeros and ones are places along it. */
const twoAlong = fc
  .tuple(shape(1, 3), shape(0, 2), fc.nat(2))
  .map(([x, places, k]) => ({ axis: k % x.length, x: x.with(k % x.length, 2), places }))

export const placeInstances = {
  logSumExp: reducing(logSumExp),
  norm: reducing(norm),
  cumsum: fc.boolean().chain((reverse) => along((x, axis) => cumsum(x, { axis, reverse }))),
  argmax: along((x, axis) => argmax(x, { axis })),
  gather: twoAlong.map(({ axis, x, places }) => ({
    shapes: [x, places],
    condition: 1,
    record: ([node, n]) => gather(node!, n!, { axis }),
  })),
  gatherInput: twoAlong.map(({ axis, x, places }) => ({
    shapes: [x.toSpliced(axis, 1, ...places), places],
    condition: 1,
    record: ([g, n]) => apply(gatherInputOp, [g!, n!], { axis, size: 2 }),
  })),
} satisfies Record<string, Instances>
