// Convolutions, poolings and dense layers, by hand.

import { avgPool2d, avgPool2dInputOp } from '../ops/pooling/avg-pool2d.ts'
import { l2Pool2d } from '../ops/pooling/l2-pool2d.ts'
import { maxPool2d, maxPool2dGatherOp, maxPool2dInputOp } from '../ops/pooling/max-pool2d.ts'
import {
  medianPool2d,
  medianPool2dGatherOp,
  medianPool2dInputOp,
} from '../ops/pooling/median-pool2d.ts'
import { poolParams } from '../ops/pooling/pool-window.ts'
import { conv2d, conv2dFilterOp, conv2dInputOp } from '../ops/product/conv2d.ts'
import { convolve2d } from '../ops/product/convolve2d.ts'
import { dense, denseInputOp, denseWeightOp } from '../ops/product/dense.ts'
import { apply } from '../record/operand.ts'
import { type Literal, literal } from './literal.ts'

const IMAGE = [
  [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ],
]
const KERNEL = [
  [
    [
      [1, 2],
      [3, 4],
    ],
  ],
]
const DELTA = [
  [
    [1, 0],
    [0, 2],
  ],
]
const CONV = {
  stride: [1, 1],
  padding: [
    [0, 0],
    [0, 0],
  ],
  dilation: [1, 1],
  groups: 1,
}
/** Two windows of 2×2. */
const X = [
  [1, 5, 2, 0],
  [3, 4, 8, 6],
]
const H = [
  [1, 2, 3, 4],
  [5, 6, 7, 8],
]
const POOL = { ...poolParams('pool', { size: 2 }), ties: 'first' }
const W = [
  [1, 2],
  [3, 4],
  [5, 6],
]

export const windowLiterals = {
  // 1·1 + 2·2 + 4·3 + 5·4 = 37 in the first window, plus the bias
  conv2d: literal([IMAGE, KERNEL, [100]], (x, w, bias) => conv2d(x, w, { bias }), [
    [
      [137, 147],
      [167, 177],
    ],
  ]),
  // 1·4 + 2·3 + 4·2 + 5·1 = 23: the kernel is flipped
  convolve2d: literal([IMAGE, KERNEL], (x, w) => convolve2d(x, w), [
    [
      [23, 33],
      [53, 63],
    ],
  ]),
  // the kernel once in the upper left, and twice in the lower right
  conv2dInput: literal(
    [DELTA, KERNEL],
    (y, w) => apply(conv2dInputOp, [y, w], { ...CONV, size: [3, 3] }),
    [
      [
        [1, 2, 0],
        [3, 6, 4],
        [0, 6, 8],
      ],
    ],
  ),
  // x_{uv} + 2 x_{u+1,v+1}
  conv2dFilter: literal(
    [IMAGE, DELTA],
    (x, y) => apply(conv2dFilterOp, [x, y], { ...CONV, size: [2, 2] }),
    [
      [
        [
          [11, 14],
          [20, 23],
        ],
      ],
    ],
  ),
  maxPool2d: literal([X], (x) => maxPool2d(x, { size: 2 }), [[5, 8]]),
  maxPool2dInput: literal([X, [[10, 20]]], (x, g) => apply(maxPool2dInputOp, [x, g], POOL), [
    [0, 10, 0, 0],
    [0, 0, 20, 0],
  ]),
  maxPool2dGather: literal([X, H], (x, h) => apply(maxPool2dGatherOp, [x, h], POOL), [[2, 7]]),
  // the means of 3 and 4, and of 2 and 6
  medianPool2d: literal([X], (x) => medianPool2d(x, { size: 2 }), [[3.5, 4]]),
  medianPool2dInput: literal([X, [[10, 20]]], (x, g) => apply(medianPool2dInputOp, [x, g], POOL), [
    [0, 0, 10, 0],
    [5, 5, 0, 10],
  ]),
  medianPool2dGather: literal([X, H], (x, h) => apply(medianPool2dGatherOp, [x, h], POOL), [
    [5.5, 5.5],
  ]),
  avgPool2d: literal([X], (x) => avgPool2d(x, { size: 2 }), [[3.25, 4]]),
  avgPool2dInput: literal(
    [[[4, 8]]],
    (g) =>
      apply(avgPool2dInputOp, [g], {
        ...poolParams('pool', { size: 2 }),
        divisor: 'window',
        image: [2, 4],
      }),
    [
      [1, 1, 2, 2],
      [1, 1, 2, 2],
    ],
  ),
  // √(9 + 16), √4
  l2Pool2d: literal(
    [
      [
        [3, 0, 1, 1],
        [0, 4, -1, 1],
      ],
    ],
    (x) => l2Pool2d(x, { size: 2 }),
    [[5, 2]],
  ),
  dense: literal([[1, -1], W, [10, 20, 30]], dense, [9, 19, 29]),
  denseInput: literal([[1, 0, 2], W], (y, w) => apply(denseInputOp, [y, w]), [11, 14]),
  denseWeight: literal(
    [
      [1, -1],
      [1, 0, 2],
    ],
    (x, y) => apply(denseWeightOp, [x, y], { sampleRank: 1 }),
    [
      [1, -1],
      [0, 0],
      [2, -2],
    ],
  ),
} satisfies Record<string, Literal>
