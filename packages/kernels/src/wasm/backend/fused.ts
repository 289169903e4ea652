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
import { filterAtWinners, filterAtWinnersScratch } from '../winners/filter-gradient.ts'
import { convolvePool } from '../winners/forward.ts'
import { inputAtWinners, inputAtWinnersScratch } from '../winners/input-gradient.ts'
import type { Rule } from './rule.ts'

/** Where the kept part of a flat array is. */
const keptAt = (lanes: Lanes, flat: number, shape: ConvShape): number =>
  flat + keptOffset(lanes.dtype, shape)

const convolvePoolRule: Rule = (lanes, { params }) => {
  const shape = shapeOfSizes((params as ConvolvePoolParams).sizes)
  return {
    scratch: 0,
    write: ({ inputs: [x, w], output: y }) => {
      const kept = keptAt(lanes, y, shape)
      return convolvePool(lanes, { shape, activation: input(0) }, { x: x!, w: w!, y, kept })
    },
  }
}

const filterRule: Rule = (lanes, { params }) => {
  const shape = shapeOfSizes((params as AtWinnersParams).sizes)
  return {
    scratch: filterAtWinnersScratch(lanes, shape),
    write: ({ inputs: [flat, delta], output: w, scratch }) => {
      const kept = keptAt(lanes, flat!, shape)
      return filterAtWinners(lanes, shape, { delta: delta!, w, kept, scratch })
    },
  }
}

const inputRule: Rule = (lanes, { params }) => {
  const shape = shapeOfSizes((params as AtWinnersParams).sizes)
  return {
    scratch: inputAtWinnersScratch(lanes, shape),
    write: ({ inputs: [flat, delta, w], output: x, scratch }) => {
      const kept = keptAt(lanes, flat!, shape)
      return inputAtWinners(lanes, shape, { delta: delta!, w: w!, x, kept, scratch })
    },
  }
}

export const fusedKernels: ReadonlyMap<Op, Rule> = new Map([
  [convolvePoolOp, convolvePoolRule],
  [filterAtWinnersOp, filterRule],
  [inputAtWinnersOp, inputRule],
])
