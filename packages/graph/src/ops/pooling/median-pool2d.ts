// Median pooling: the middle cell of every window, or the mean of the two middle ones where their
// number is even. As in max-pooling the derivative is a mask, and its two directions close the
// family.

import type { Node } from '../../record/node.ts'
import { defineOp, type Op } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { applied, spoken } from '../print-parts.ts'
import { sameImages } from './max-pool2d.ts'
import {
  cellColumn,
  cellOf,
  cellRow,
  checkPooled,
  checkTies,
  checkWindows,
  directional,
  mayLeaveImage,
  outputAxes,
  outputSymbols,
  type PoolOptions,
  poolName,
  poolParams,
  poolSymbols,
  type TiedPoolParams,
  tiedPoolParamKinds,
  transposedPool,
  winnerMask,
} from './pool-window.ts'

type Middle = 'lomed' | 'himed'

/** Odd windows that stay in the image have one middle; all others the mean of two. */
const middles = (params: TiedPoolParams): readonly Middle[] =>
  (params.size[0] * params.size[1]) % 2 === 1 && !mayLeaveImage(params) ? ['lomed'] : both

/** A NaN does not compete: where one is in the window, an odd number of cells has two middles. */
const both: readonly Middle[] = ['lomed', 'himed']

type Terms = (params: TiedPoolParams, middles: readonly Middle[]) => string

/** The line of what the middles are used for, and the same where some cells may be NaN. */
const lines = (terms: Terms) => ({
  line: (params: TiedPoolParams) => terms(params, middles(params)),
  stable: (params: TiedPoolParams) => terms(params, both),
})

/** The mean over the middles of what `term` makes of each. */
const meanOf = (middles: readonly Middle[], term: (middle: Middle) => string): string => {
  const terms = middles.map(term)
  return terms.length === 1 ? terms[0]! : terms.map((text) => `1/2 ${text}`).join(' + ')
}

export const medianPool2dOp: Op = defineOp<'x', TiedPoolParams>({
  name: 'medianPool2d',
  operands: { x: '…,H,W' },
  ...lines((params, middles) => {
    const middle = (m: Middle) => `${m}_{u≤m,v≤n} ${cellOf('x', params)}`
    return `y_{…,i,j} = ${meanOf(middles, middle)}`
  }),
  symbols: outputSymbols,
  axes: outputAxes,
  params: tiedPoolParamKinds,
  check: ({ x }, params) => checkTies(params) ?? checkWindows(x, params),
  vjp: { x: (g, { x }, params) => apply(medianPool2dInputOp, [x, g], params) },
  latex: ({ x }, params) => spoken(applied(poolName('medianpool', params), x)),
  traits: { pieces: 'ties', window: 'med' },
})

/** ∂⟨g, medianPool2d(x)⟩/∂x: each g goes back to the middle of its window. */
export const medianPool2dInputOp: Op = defineOp<'x' | 'g', TiedPoolParams>({
  name: 'medianPool2dInput',
  operands: { x: '…,H,W', g: '…,I,J' },
  ...lines((params, middles) => {
    const place = `h = ${cellRow(params)}, l = ${cellColumn(params)}`
    const weight = middles.length === 1 ? '' : '1/2 '
    const terms = middles.map((middle) => {
      const { guard, share } = winnerMask(middle, params)
      return `Σ_{i,j,u≤m,v≤n} ${weight}[${place}, ${guard}] g_{…,i,j}${share}`
    })
    return `y_{…,h,l} = ${terms.join(' + ')}`
  }),
  symbols: poolSymbols,
  axes: '…,H,W',
  params: tiedPoolParamKinds,
  check: ({ x, g }, params) => checkTies(params) ?? checkPooled('g', x, g, params),
  vjp: {
    x: null,
    g: (h, { x }, params) => apply(medianPool2dGatherOp, [x, h], params),
  },
  latex: ({ g }, params) => transposedPool(poolName('medianpool', params), g),
  traits: { pieces: 'ties' },
})

/** The derivative of medianPool2d at x in the direction h: h, read where x is in the middle. */
export const medianPool2dGatherOp: Op = defineOp<'x' | 'h', TiedPoolParams>({
  name: 'medianPool2dGather',
  operands: { x: '…,H,W', h: '…,H,W' },
  ...lines((params, middles) => {
    const weight = middles.length === 1 ? '' : '1/2 '
    const terms = middles.map((middle) => {
      const { guard, share } = winnerMask(middle, params)
      return `Σ_{u≤m,v≤n} ${weight}[${guard}] ${cellOf('h', params)}${share}`
    })
    return `y_{…,i,j} = ${terms.join(' + ')}`
  }),
  symbols: outputSymbols,
  axes: outputAxes,
  params: tiedPoolParamKinds,
  check: ({ x, h }, params) =>
    checkTies(params) ?? checkWindows(x, params) ?? sameImages(x.join(), h.join()),
  vjp: {
    x: null,
    h: (g, { x }, params) => apply(medianPool2dInputOp, [x, g], params),
  },
  latex: ({ x, h }, params) => directional(poolName('medianpool', params), x, h),
  traits: { pieces: 'ties' },
})

/**
 * The median of every window on the last two axes; of an even number of cells the mean of the two
 * middle ones. Padding does not count. Equal cells stand in row-major order, and the derivative
 * goes to those in the middle; under the graph's ties 'split' all that equal a middle share it.
 * @throws ShapeError where no window fits or one would see nothing but padding
 */
export function medianPool2d(x: Node, options: PoolOptions): Node {
  requireNode('medianPool2d', x)
  return apply(medianPool2dOp, [x], { ...poolParams('medianPool2d', options), ties: x.graph.ties })
}
