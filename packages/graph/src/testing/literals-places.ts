// What walks along one axis, and what reads entries by their places, by hand.

import { gather, gatherInputOp } from '../ops/movement/gather.ts'
import { argmax } from '../ops/reduction/argmax.ts'
import { cumsum } from '../ops/reduction/cumsum.ts'
import { logSumExp } from '../ops/reduction/log-sum-exp.ts'
import { norm } from '../ops/reduction/norm.ts'
import { apply } from '../record/operand.ts'
import { type Literal, literal } from './literal.ts'

const X = [
  [1, 2, 4],
  [9, 7, 8],
]

export const placeLiterals = {
  // log(1 + 3), log(2 + 2)
  logSumExp: literal(
    [
      [
        [0, Math.log(3)],
        [Math.LN2, Math.LN2],
      ],
    ],
    (x) => logSumExp(x, { axes: 1 }),
    [2 * Math.LN2, 2 * Math.LN2],
  ),
  norm: literal(
    [
      [
        [3, -4],
        [5, 12],
      ],
    ],
    (x) => norm(x, { axes: 1 }),
    [5, 13],
  ),
  cumsum: literal([X], (x) => cumsum(x), [
    [1, 3, 7],
    [9, 16, 24],
  ]),
  argmax: literal([X], (x) => argmax(x), [2, 0]),
  gather: literal([X, [2, 0]], (x, n) => gather(x, n, { axis: 1 }), [
    [4, 1],
    [8, 9],
  ]),
  gatherInput: literal(
    [
      [5, 7, 1],
      [2, 0, 2],
    ],
    (g, n) => apply(gatherInputOp, [g, n], { axis: 0, size: 4 }),
    [7, 0, 6, 0],
  ),
} satisfies Record<string, Literal>
