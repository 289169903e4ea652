// L2 pooling: the Euclidean length of every window.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply } from '../../record/operand.ts'
import { divideOrZero } from '../arithmetic/divide-or-zero.ts'
import { mul } from '../arithmetic/mul.ts'
import { applied, spoken } from '../print-parts.ts'
import { sumPool2dInput } from './avg-pool2d.ts'
import {
  cellOf,
  checkWindows,
  imageOf,
  outputAxes,
  outputSymbols,
  type PoolOptions,
  type PoolParams,
  poolName,
  poolParamKinds,
  poolParams,
} from './pool-window.ts'

export const l2Pool2dOp = defineOp<'x', PoolParams>({
  name: 'l2Pool2d',
  operands: { x: '…,H,W' },
  line: (params) => `y_{…,i,j} = √(Σ_{u≤m,v≤n} ${cellOf('x', params)}^2)`,
  // M √(Σ (x/M)²) with M the largest |x|: no square overflows or vanishes.
  stable: (params) => {
    const largest = `max_{a≤m,b≤n} |${cellOf('x', params, 'a', 'b')}|`
    const cell = cellOf('x', params)
    const spread = `(${largest}) - (${largest})`
    const plain = `√(Σ_{u≤m,v≤n} ${cell}^2)`
    return (
      `y_{…,i,j} = [0 < ${largest}, ${spread} = 0] (${largest}) ` +
      `√(Σ_{u≤m,v≤n} (${cell} / (${largest}))^2) + [${spread} ≠ 0] ${plain} + ` +
      `[${largest} = 0] ${plain}`
    )
  },
  symbols: outputSymbols,
  axes: outputAxes,
  params: poolParamKinds,
  check: ({ x }, params) => checkWindows(x, params),
  vjp: {
    // ∂√(Σx²)/∂x = x/√(Σx²), and 0 where every cell is 0
    x: (g, { x }, params, out) =>
      mul(x, sumPool2dInput(divideOrZero(g, out), imageOf(x.shape), params)),
  },
  latex: ({ x }, params) => spoken(applied(poolName('l2pool', params), x)),
  traits: { window: 'all', poles: true },
})

/**
 * √(Σ x²) over every window on the last two axes; its gradient at a window of zeros is 0.
 * @throws ShapeError where no window fits or one would see nothing but padding
 */
export const l2Pool2d = (x: Node, options: PoolOptions): Node =>
  apply(l2Pool2dOp, [x], poolParams('l2Pool2d', options))
