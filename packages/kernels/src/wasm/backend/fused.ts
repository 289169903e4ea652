// Kernels for ops that laws of this backend record: several ops of the graph at once.
import type { Op } from '@backprove/graph'
import type { ConvShape } from '../conv/conv2d.ts'
import { input } from '../elementwise/formula.ts'
import type { Lanes } from '../lanes.ts'
import {
  type AtWinnersParams,
  type ConvolvePoolParams,
  convolvePoolOp,
  filterAtWinnersOp,
  inputAtWinnersOp,
  shapeOfSizes,
} from '../laws/winner-ops.ts'
import { keptOffset } from '../laws/winners.ts'
import { filterAtWinners } from '../winners/filter-gradient.ts'
import { convolvePool } from '../winners/forward.ts'
import { inputAtWinners } from '../winners/input-gradient.ts'
import type { Call } from './call.ts'
import { type Rule, ruleOf } from './rule.ts'

/** Where the kept part of a flat array is. */
const keptAt = (lanes: Lanes, flat: number, shape: ConvShape): number =>
  flat + keptOffset(lanes.dtype, shape)

const convolvePoolRule = ruleOf(
  ({ params }) => shapeOfSizes((params as ConvolvePoolParams).sizes),
  ['x', 'w', 'y'],
  'y',
  (lanes, shape, at) => {
    const kept = keptAt(lanes, at.y, shape)
    return convolvePool(lanes, { shape, activation: input(0) }, { ...at, kept })
  },
)

const atWinners = ({ params }: Call) => shapeOfSizes((params as AtWinnersParams).sizes)

const filterRule = ruleOf(atWinners, ['flat', 'delta', 'w'], 'w', (lanes, shape, at) =>
  filterAtWinners(lanes, shape, { ...at, kept: keptAt(lanes, at.flat, shape) }),
)

const inputRule = ruleOf(atWinners, ['flat', 'delta', 'w', 'x'], 'x', (lanes, shape, at) =>
  inputAtWinners(lanes, shape, { ...at, kept: keptAt(lanes, at.flat, shape) }),
)

export const fusedKernels: ReadonlyMap<Op, Rule> = new Map([
  [convolvePoolOp, convolvePoolRule],
  [filterAtWinnersOp, filterRule],
  [inputAtWinnersOp, inputRule],
])
