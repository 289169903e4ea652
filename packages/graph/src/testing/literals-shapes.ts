// Movements, reductions and matrices, by hand.

import { concat } from '../ops/movement/concat.ts'
import { flatten } from '../ops/movement/flatten.ts'
import { flip } from '../ops/movement/flip.ts'
import { pad } from '../ops/movement/pad.ts'
import { reshape } from '../ops/movement/reshape.ts'
import { rot180 } from '../ops/movement/rot180.ts'
import { slice, sliceScatterOp } from '../ops/movement/slice.ts'
import { transpose } from '../ops/movement/transpose.ts'
import { tril, triu } from '../ops/movement/triangle.ts'
import { upsample } from '../ops/movement/upsample.ts'
import { matmul } from '../ops/product/matmul.ts'
import { max, maxGatherOp, maxInputOp } from '../ops/reduction/max.ts'
import { mean } from '../ops/reduction/mean.ts'
import { broadcastTo, sum } from '../ops/reduction/sum.ts'
import { apply } from '../record/operand.ts'
import { type Literal, literal } from './literal.ts'

const A = [
  [1, 2, 3],
  [4, 5, 6],
]
const THREE = [
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 9],
]
const MIXED = [
  [1, 5, 2],
  [7, 0, 3],
]
const MAX = { axes: [1], keepDims: false, ties: 'first' }

export const shapeLiterals = {
  broadcastTo: literal([[1, 2]], (x) => broadcastTo(x, [2, 2]), [
    [1, 2],
    [1, 2],
  ]),
  reshape: literal([A], (x) => reshape(x, [3, -1]), [
    [1, 2],
    [3, 4],
    [5, 6],
  ]),
  flatten: literal(
    [
      [
        A,
        [
          [7, 8, 9],
          [10, 11, 12],
        ],
      ],
    ],
    flatten,
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
  ),
  concat: literal([A, [[7], [8]]], (...xs) => concat(xs, { axis: 1 }), [
    [1, 2, 3, 7],
    [4, 5, 6, 8],
  ]),
  slice: literal([[0, 1, 2, 3, 4, 5]], (x) => slice(x, { start: 1, end: -1, step: 2 }), [1, 3]),
  sliceScatter: literal(
    [[10, 20]],
    (x) => apply(sliceScatterOp, [x], { start: [1], end: [5], step: [2], shape: [6] }),
    [0, 10, 0, 20, 0, 0],
  ),
  pad: literal([[1, 2]], (x) => pad(x, { before: 1, after: 2, value: 9 }), [9, 1, 2, 9, 9]),
  transpose: literal([A], (x) => transpose(x), [
    [1, 4],
    [2, 5],
    [3, 6],
  ]),
  flip: literal([A], (x) => flip(x, { axes: -1 }), [
    [3, 2, 1],
    [6, 5, 4],
  ]),
  rot180: literal([A], rot180, [
    [6, 5, 4],
    [3, 2, 1],
  ]),
  tril: literal([THREE], (x) => tril(x, { diagonal: 1 }), [
    [1, 2, 0],
    [4, 5, 6],
    [7, 8, 9],
  ]),
  triu: literal([THREE], (x) => triu(x), [
    [1, 2, 3],
    [0, 5, 6],
    [0, 0, 9],
  ]),
  upsample: literal([[[1, 2]]], (x) => upsample(x, { size: [2, 3] }), [
    [1, 1, 1, 2, 2, 2],
    [1, 1, 1, 2, 2, 2],
  ]),
  sum: literal([A], (x) => sum(x, { axes: 0, keepDims: true }), [[5, 7, 9]]),
  mean: literal([A], (x) => mean(x, { axes: -1 }), [2, 5]),
  max: literal([MIXED], (x) => max(x, { axes: 1 }), [5, 7]),
  maxInput: literal([MIXED, [10, 20]], (x, g) => apply(maxInputOp, [x, g], MAX), [
    [0, 10, 0],
    [20, 0, 0],
  ]),
  maxGather: literal([MIXED, A], (x, h) => apply(maxGatherOp, [x, h], MAX), [2, 4]),
  // 1·7 + 2·9 + 3·11 and so on
  matmul: literal(
    [
      A,
      [
        [7, 8],
        [9, 10],
        [11, 12],
      ],
    ],
    matmul,
    [
      [58, 64],
      [139, 154],
    ],
  ),
} satisfies Record<string, Literal>
