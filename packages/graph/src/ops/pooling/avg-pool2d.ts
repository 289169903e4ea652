// Average pooling, and the plain sum of every window, which is the same with the divisor one. Each
// is linear, and its adjoint avgPool2dInput has it for its own adjoint.

import { optionError } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp, type Op, type Printed } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { applied, joined, spoken } from '../print-parts.ts'
import type { Pair } from '../window.ts'
import {
  areBlocks,
  blownUp,
  cellColumn,
  cellOf,
  cellRow,
  checkPooled,
  checkWindows,
  imageOf,
  mayLeaveImage,
  outputAxes,
  outputSymbols,
  type PoolOptions,
  type PoolParams,
  poolName,
  poolParamKinds,
  poolParams,
  poolSymbols,
  transposedPool,
} from './pool-window.ts'

/**
 * What the sum of a window is divided by: the number of its cells, padding counted ('window') or
 * not ('image'), or nothing ('one').
 */
export type Divisor = 'window' | 'image' | 'one'

/** Params of mean pooling, every default filled in. */
export interface AvgPoolParams extends PoolParams {
  readonly divisor: Divisor
}
/** Params of the derivative of mean pooling. */
export interface AvgPoolInputParams extends AvgPoolParams {
  /** Rows and columns of the image: several images have pooled images of one size. */
  readonly image: Pair
}
/** Options of `avgPool2d`. */
export interface AvgPoolOptions extends PoolOptions {
  /** Whether cells of the padding count in the mean. Default true. */
  readonly countPadding?: boolean
}

const paramKinds = { ...poolParamKinds, divisor: 'string' } as const

/** With ceil a window may overhang even the padding; what overhangs never counts. */
function divisorText(params: AvgPoolParams): string {
  if (params.divisor === 'one') return ''
  const row = cellRow(params, 'a')
  const column = cellColumn(params, 'b')
  if (params.divisor === 'image') return ` / Σ_{a≤m,b≤n} [1 ≤ ${row} ≤ H, 1 ≤ ${column} ≤ W]`
  return params.ceil ? ` / Σ_{a≤m,b≤n} [${row} ≤ H+q, ${column} ≤ W+q′]` : ' / (m n)'
}

const checkDivisor = ({ divisor }: AvgPoolParams): string | undefined =>
  ['window', 'image', 'one'].includes(divisor) ? undefined : `divisor is ${JSON.stringify(divisor)}`

const nameOf = (params: AvgPoolParams): string =>
  poolName(params.divisor === 'one' ? 'sumpool' : 'avgpool', params)

export const avgPool2dOp: Op = defineOp<'x', AvgPoolParams>({
  name: 'avgPool2d',
  operands: { x: '…,H,W' },
  line: (params) => `y_{…,i,j} = Σ_{u≤m,v≤n} ${cellOf('x', params)}${divisorText(params)}`,
  // Divided once, after the sum.
  stable: (params) => `y_{…,i,j} = (Σ_{u≤m,v≤n} ${cellOf('x', params)})${divisorText(params)}`,
  symbols: outputSymbols,
  axes: outputAxes,
  params: paramKinds,
  check: ({ x }, params) => checkDivisor(params) ?? checkWindows(x, params),
  vjp: {
    x: (g, { x }, params) => apply(avgPool2dInputOp, [g], { ...params, image: imageOf(x.shape) }),
  },
  latex: ({ x }, params) => spoken(applied(nameOf(params), x)),
  traits: { window: 'all' },
})

/** ∂⟨g, avgPool2d(x)⟩/∂x: each g, divided, goes back to every cell of its window. */
export const avgPool2dInputOp: Op = defineOp<'g', AvgPoolInputParams>({
  name: 'avgPool2dInput',
  operands: { g: '…,I,J' },
  line: (params) => {
    const place = `h = ${cellRow(params)}, l = ${cellColumn(params)}`
    return `y_{…,h,l} = Σ_{i,j,u≤m,v≤n} [${place}] g_{…,i,j}${divisorText(params)}`
  },
  symbols: (params) => ({ H: params.image[0], W: params.image[1], ...poolSymbols(params) }),
  axes: '…,H,W',
  params: { ...paramKinds, image: 'pair' },
  check: ({ g }, params) =>
    checkDivisor(params) ?? checkPooled('g', [...g.slice(0, -2), ...params.image], g, params),
  vjp: { g: (h, _args, { image: _image, ...params }) => apply(avgPool2dOp, [h], params) },
  latex: ({ g }, params) => {
    if (!areBlocks(params, params.image)) return transposedPool(nameOf(params), g)
    const up = blownUp(g)
    const [m, n] = params.size
    return params.divisor === 'one' ? up : joined('product', '\\,', fraction(m * n), up)
  },
  traits: { sized: true },
})

const fraction = (cells: number): Printed => ({ text: `\\tfrac{1}{${cells}}`, binds: 'atom' })

/**
 * The mean of every window on the last two axes, y_{ij} = (1/mn) Σ_{uv} x_{s(i−1)+d(u−1)+1−p, …}.
 * Cells of the padding add 0 and, by default, count.
 * @throws ShapeError where no window fits or one would see nothing but padding
 */
export function avgPool2d(x: Node, options: AvgPoolOptions): Node {
  requireNode('avgPool2d', x)
  const { countPadding = true, ...rest } = options ?? {}
  if (typeof countPadding !== 'boolean') {
    throw optionError('avgPool2d', 'countPadding', countPadding, 'true or false')
  }
  const params = poolParams('avgPool2d', rest)
  const divisor: Divisor = countPadding || !mayLeaveImage(params) ? 'window' : 'image'
  return apply(avgPool2dOp, [x], { ...params, divisor })
}

/** The sum of every window: average pooling before it is divided. */
export const sumPool2d = (x: Node, options: PoolOptions): Node =>
  apply(avgPool2dOp, [x], { ...poolParams('sumPool2d', options), divisor: 'one' })

/** The adjoint of the sum of every window of an image. */
export const sumPool2dInput = (g: Node, image: Pair, params: PoolParams): Node =>
  apply(avgPool2dInputOp, [g], { ...params, divisor: 'one', image })
