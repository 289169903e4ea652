// Every entry of the last two axes blown up to a block: up(δ) of the textbooks. Its adjoint is the
// sum of every block.

import { readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { sumPool2d } from '../pooling/avg-pool2d.ts'
import { applied, spoken } from '../print-parts.ts'
import { type Pair, type PairOption, pairOption } from '../window.ts'

/** Params of `upsample`: how often each row and column is repeated. */
export interface UpsampleParams {
  readonly size: Pair
}

export const upsampleOp = defineOp<'x', UpsampleParams>({
  name: 'upsample',
  operands: { x: '…,H,W' },
  line: 'y_{…,i,j} = x_{…,⌈i/s⌉,⌈j/s′⌉}',
  symbols: ({ size }) => ({ s: size[0], 's′': size[1] }),
  axes: '…,s H,s′ W',
  params: { size: 'pair' },
  check: (_, { size }) => (size.some((n) => n < 1) ? 'size starts from 1' : undefined),
  vjp: { x: (g, _args, { size }) => sumPool2d(g, { size }) },
  latex: ({ x }, { size }) =>
    spoken(applied(`\\operatorname{up}_{${size[0]}\\times ${size[1]}}`, x)),
  traits: { movesOnly: true },
})

/** Options of `upsample`. */
export interface UpsampleOptions {
  /** Of the block: a number, or [h, w]. */
  readonly size: PairOption
}

/** Every entry of the last two axes as a block of `size`: y_{ij} = x_{⌈i/s⌉,⌈j/s⌉}. */
export function upsample(x: Node, options: UpsampleOptions): Node {
  requireNode('upsample', x)
  const { size } = readOptions('upsample', options, ['size'], {
    ...{ scale: 'size', scaleFactor: 'size', scale_factor: 'size', factor: 'size' },
  })
  const block = pairOption('upsample', 'size', size, 1)
  return block.every((n) => n === 1) ? x : apply(upsampleOp, [x], { size: block })
}
