// Cases of what walks along one axis, and of what reads entries by their places.
import * as graph from '@backprove/graph'
import type { CasesOf } from './case.ts'
import { type Case, given, type Leaf } from './case.ts'

/** Places along an axis of two entries: 0 or 1. */
const places = (leaf: Leaf, shape: graph.Shape) => graph.greater(leaf(shape), 0)

const gatherInput = (g: graph.Node, n: graph.Node, axis: number) =>
  g.graph.record(graph.ops.gatherInput, [g, n], { axis, size: 2 })

const along = (apply: (x: graph.Node, axis: number) => graph.Node): Case[] => [
  given('a vector', (leaf) => apply(leaf([13]), 0)),
  given('rows, with ties', (leaf) => apply(leaf([4, 10], 'tied'), -1)),
  given('columns', (leaf) => apply(leaf([9, 5]), 0)),
  given('in the middle', (leaf) => apply(leaf([2, 7, 3]), 1)),
  given('a transposed view', (leaf) => apply(graph.transpose(leaf([4, 5])), 0)),
]

export const placeCases: CasesOf<
  'logSumExp' | 'norm' | 'cumsum' | 'argmax' | 'gather' | 'gatherInput'
> = {
  logSumExp: [
    ...along((x, axes) => graph.logSumExp(x, { axes })),
    given('all', (leaf) => graph.logSumExp(leaf([3, 5, 71]))),
    given('two axes, kept', (leaf) =>
      graph.logSumExp(leaf([3, 4, 5]), { axes: [0, 2], keepDims: true }),
    ),
    given('large numbers', (leaf) => graph.logSumExp(graph.mul(400, leaf([3, 6])), { axes: 1 })),
    given('rows of −∞', ({ graph: g }) => {
      const none = Number.NEGATIVE_INFINITY
      return graph.logSumExp(
        g.constant([
          [none, none],
          [none, 2],
        ]),
        { axes: 1 },
      )
    }),
  ],
  norm: [
    ...along((x, axes) => graph.norm(x, { axes })),
    given('all', (leaf) => graph.norm(leaf([3, 5, 71]))),
    given('two axes, kept', (leaf) =>
      graph.norm(leaf([3, 4, 5]), { axes: [0, 2], keepDims: true }),
    ),
    given('small numbers', (leaf) => graph.norm(graph.mul(1e-30, leaf([3, 6])), { axes: 1 })),
    given('zeros', ({ graph: g }) =>
      graph.norm(
        g.constant([
          [0, 0],
          [0, 3],
        ]),
        { axes: 1 },
      ),
    ),
  ],
  cumsum: [
    ...along((x, axis) => graph.cumsum(x, { axis })),
    ...along((x, axis) => graph.cumsum(x, { axis, reverse: true })),
  ],
  argmax: along((x, axis) => graph.argmax(x, { axis })),
  gather: [
    given('rows', (leaf) => graph.gather(leaf([2, 5]), places(leaf, [7]))),
    given('a table of places, in the middle', (leaf) =>
      graph.gather(leaf([3, 2, 4]), places(leaf, [2, 3]), { axis: 1 }),
    ),
    given('one place', (leaf) => graph.gather(leaf([2, 3]), places(leaf, []))),
  ],
  gatherInput: [
    given('rows', (leaf) => gatherInput(leaf([7, 5]), places(leaf, [7]), 0)),
    given('in the middle', (leaf) => gatherInput(leaf([3, 2, 3, 4]), places(leaf, [2, 3]), 1)),
    given('one place', (leaf) => gatherInput(leaf([3]), places(leaf, []), 0)),
  ],
}
