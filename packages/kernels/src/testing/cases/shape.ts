// Cases of ops that move entries or sum them over axes. Most read another view, because views of
// views are where strides go wrong.
import {
  broadcastTo,
  concat,
  flatten,
  flip,
  mean,
  mul,
  ops,
  pad,
  reshape,
  rot180,
  slice,
  sum,
  transpose,
  tril,
  triu,
  upsample,
} from '@backprove/graph'
import { type Case, given } from './case.ts'
import { reductions } from './pool.ts'

const reduced = (apply: typeof sum): Case[] => [
  ...reductions.map(({ title, x, options }) => given(title, (leaf) => apply(leaf(x), options))),
  given('of a transposed view', (leaf) => apply(transpose(leaf([4, 5, 6])), { axes: [0, 1] })),
  given('of a product', (leaf) => apply(mul(leaf([30, 40]), leaf([40])), { axes: 0 })),
  given('of a repeated row', (leaf) => apply(broadcastTo(leaf([3]), [5, 3]), { axes: 1 })),
]

const triangles = (cut: typeof tril): Case[] => [
  given('a square', (leaf) => cut(leaf([5, 5]))),
  given('a batch, above', (leaf) => cut(leaf([2, 3, 4]), { diagonal: 1 })),
  given('of a transposed view, below', (leaf) => cut(transpose(leaf([7, 3])), { diagonal: -2 })),
  given('far beyond', (leaf) => cut(leaf([2, 3]), { diagonal: 9 })),
]

export const shapeCases = {
  broadcastTo: [
    given('new axes', (leaf) => broadcastTo(leaf([3]), [2, 4, 3])),
    given('axes of length 1', (leaf) => broadcastTo(leaf([3, 1, 2]), [3, 4, 2])),
    given('a number', (leaf) => broadcastTo(leaf([]), [3, 3])),
  ],
  reshape: [
    given('dense', (leaf) => reshape(leaf([4, 6]), [2, 3, 4])),
    given('of a transposed view', (leaf) => reshape(transpose(leaf([4, 6])), [3, 8])),
    given('of a repeated row', (leaf) => reshape(broadcastTo(leaf([1, 6]), [4, 6]), [4, 2, 3])),
    given('of a slice', (leaf) => reshape(slice(leaf([9, 4]), { start: 1, step: 2 }), [2, 2, 4])),
  ],
  flatten: [
    given('one sample', (leaf) => flatten(leaf([2, 3, 4]))),
    given('a batch', (leaf) => flatten(leaf([5, 2, 3, 4]))),
    given('of a turned batch', (leaf) => flatten(rot180(leaf([2, 2, 3, 3])))),
  ],
  transpose: [
    given('a matrix', (leaf) => transpose(leaf([4, 7]))),
    given('three axes', (leaf) => transpose(leaf([2, 3, 5]), { axes: [1, 2, 0] })),
    given('twice', (leaf) => transpose(transpose(leaf([2, 3, 5]), { axes: [1, 2, 0] }))),
  ],
  flip: [
    given('one axis', (leaf) => flip(leaf([3, 4]), { axes: 1 })),
    given('all axes', (leaf) => flip(leaf([2, 3, 4]), { axes: [0, 1, 2] })),
  ],
  rot180: [
    given('kernels', (leaf) => rot180(leaf([3, 2, 3, 4]))),
    given('of a slice', (leaf) => rot180(slice(leaf([6, 7]), { start: [1, 2], step: [2, 1] }))),
  ],
  slice: [
    given('samples', (leaf) => slice(leaf([7, 3]), { start: 2, end: 5 })),
    given('steps', (leaf) => slice(leaf([9, 10]), { start: [1, 2], end: [8, 9], step: [3, 2] })),
    given('one entry', (leaf) => slice(leaf([4, 5]), { start: [3, 4], end: [4, 5] })),
  ],
  sliceScatter: [
    given('into zeros', (leaf) =>
      leaf.graph.record(ops.sliceScatter, [leaf([2, 3])], {
        start: [1, 0],
        end: [5, 6],
        step: [2, 2],
        shape: [5, 7],
      }),
    ),
  ],
  concat: [
    given('channels', (leaf) => concat([leaf([2, 3, 3]), leaf([1, 3, 3]), leaf([4, 3, 3])])),
    given('rows of a batch', (leaf) => concat([leaf([4, 2]), leaf([4, 5])], { axis: 1 })),
    given('one array twice', (leaf) => {
      const x = leaf([3, 2])
      return concat([x, x], { axis: 0 })
    }),
    given('views', (leaf) => concat([transpose(leaf([3, 4])), leaf([4, 2])], { axis: -1 })),
  ],
  pad: [
    given('zeros', (leaf) => pad(leaf([2, 3]), { before: 1, after: 2 })),
    given('a value on some sides', (leaf) =>
      pad(leaf([2, 3, 2]), { before: [0, 1, 0], after: [2, 0, 1], value: -1.5 }),
    ),
  ],
  tril: triangles(tril),
  triu: triangles(triu),
  upsample: [
    given('a plane', (leaf) => upsample(leaf([3, 4]), { size: 2 })),
    given('a batch', (leaf) => upsample(leaf([2, 3, 2, 5]), { size: [3, 2] })),
    given('of a transposed view', (leaf) => upsample(transpose(leaf([3, 4])), { size: [1, 3] })),
  ],
  sum: reduced(sum),
  mean: reduced(mean),
}
