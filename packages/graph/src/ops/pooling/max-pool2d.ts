// Max-pooling: the largest cell of every window. Its derivative is a mask over the cells, linear in
// what flows through it, and the two directions of that mask close the family.

import type { Node } from '../../record/node.ts'
import { defineOp, type Op, type Printed } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { applied, joined, spoken } from '../print-parts.ts'
import {
  areBlocks,
  blownUp,
  cellColumn,
  cellOf,
  cellRow,
  checkPooled,
  checkTies,
  checkWindows,
  directional,
  imageOf,
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

export const maxPool2dOp: Op = defineOp<'x', TiedPoolParams>({
  name: 'maxPool2d',
  operands: { x: '…,H,W' },
  line: (params) => `y_{…,i,j} = max_{u≤m,v≤n} ${cellOf('x', params)}`,
  symbols: outputSymbols,
  axes: outputAxes,
  params: tiedPoolParamKinds,
  check: ({ x }, params) => checkTies(params) ?? checkWindows(x, params),
  vjp: { x: (g, { x }, params) => apply(maxPool2dInputOp, [x, g], params) },
  latex: ({ x }, params) => spoken(applied(poolName('maxpool', params), x)),
  traits: { pieces: 'ties', window: 'max' },
})

/** ∂⟨g, maxPool2d(x)⟩/∂x: each g goes back to the cell that won its window. */
export const maxPool2dInputOp: Op = defineOp<'x' | 'g', TiedPoolParams>({
  name: 'maxPool2dInput',
  operands: { x: '…,H,W', g: '…,I,J' },
  line: (params) => {
    const { guard, share } = winnerMask('max', params)
    const place = `h = ${cellRow(params)}, l = ${cellColumn(params)}`
    return `y_{…,h,l} = Σ_{i,j,u≤m,v≤n} [${place}, ${guard}] g_{…,i,j}${share}`
  },
  symbols: poolSymbols,
  axes: '…,H,W',
  params: tiedPoolParamKinds,
  check: ({ x, g }, params) => checkTies(params) ?? checkPooled('g', x, g, params),
  vjp: {
    x: null,
    g: (h, { x }, params) => apply(maxPool2dGatherOp, [x, h], params),
  },
  latex: ({ g }, params, { x }) => {
    const mask: Printed = { text: '\\mathbf{1}_{\\max}', binds: 'atom' }
    const winners = joined('star', '\\odot', blownUp(g), mask)
    return areBlocks(params, imageOf(x)) ? winners : transposedPool(poolName('maxpool', params), g)
  },
  traits: { pieces: 'ties' },
})

/** The derivative of maxPool2d at x in the direction h: h, read where x wins. */
export const maxPool2dGatherOp: Op = defineOp<'x' | 'h', TiedPoolParams>({
  name: 'maxPool2dGather',
  operands: { x: '…,H,W', h: '…,H,W' },
  line: (params) => {
    const { guard, share } = winnerMask('max', params)
    return `y_{…,i,j} = Σ_{u≤m,v≤n} [${guard}] ${cellOf('h', params)}${share}`
  },
  symbols: outputSymbols,
  axes: outputAxes,
  params: tiedPoolParamKinds,
  check: ({ x, h }, params) =>
    checkTies(params) ?? checkWindows(x, params) ?? sameImages(x.join(), h.join()),
  vjp: {
    x: null,
    h: (g, { x }, params) => apply(maxPool2dInputOp, [x, g], params),
  },
  latex: ({ x, h }, params) => directional(poolName('maxpool', params), x, h),
  traits: { pieces: 'ties' },
})

export const sameImages = (x: string, h: string): string | undefined =>
  x === h ? undefined : `x is [${x}] and h is [${h}]`

/**
 * The largest cell of every window, y_{ij} = max_{uv} x_{s(i−1)+d(u−1)+1−p, s(j−1)+d(v−1)+1−p}, on
 * the last two axes. Padding never wins. Its derivative goes to the first winner in row-major
 * order, or under the graph's ties 'split' to all winners equally.
 * @throws ShapeError where no window fits or one would see nothing but padding
 */
export function maxPool2d(x: Node, options: PoolOptions): Node {
  requireNode('maxPool2d', x)
  return apply(maxPool2dOp, [x], { ...poolParams('maxPool2d', options), ties: x.graph.ties })
}
