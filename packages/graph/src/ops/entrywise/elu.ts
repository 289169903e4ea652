// elu: x where positive, α(e^x − 1) elsewhere.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { mul } from '../arithmetic/mul.ts'
import { applied } from '../print-parts.ts'
import { sided } from './relu.ts'

interface EluParams {
  readonly alpha: number
}

export const eluOp = defineOp<'x', EluParams>({
  name: 'elu',
  operands: { x: '…' },
  line: 'y = [x > 0] x + [x ≤ 0] α(e^x - 1)',
  // e^x − 1 = tanh(x/2) (e^x + 1) keeps its digits near 0.
  stable: 'y = [x > 0] x + [x ≤ 0] α tanh(x/2) (e^x + 1)',
  symbols: ({ alpha }) => ({ α: alpha }),
  params: { alpha: 'number' },
  vjp: { x: (g, { x }, params) => sided(x, g, mul(g, apply(eluTailOp, [x], params))) },
  latex: ({ x }) => applied('\\operatorname{elu}', x),
  traits: { elementwise: true, activation: true, pieces: 'kinks' },
})

/** elu′ left of the kink; an op of its own, so that e^x never overflows on the right. */
export const eluTailOp = defineOp<'x', EluParams>({
  name: 'eluTail',
  operands: { x: '…' },
  line: 'y = [x ≤ 0] α e^x',
  symbols: ({ alpha }) => ({ α: alpha }),
  params: { alpha: 'number' },
  vjp: { x: (g, _args, _params, out) => mul(g, out) },
  latex: ({ x }, { alpha }) => ({
    text: `[${x.text} \\le 0] \\odot ${alpha === 1 ? '' : alpha}e^{${x.text}}`,
    binds: 'star',
  }),
  traits: { elementwise: true, pieces: 'kinks' },
})

/** x where positive, alpha (e^x − 1) elsewhere. */
export function elu(x: Operand, options: { alpha?: number } = {}): Node {
  const { alpha = 1 } = readOptions('elu', options, ['alpha'])
  if (!Number.isFinite(alpha)) throw optionError('elu', 'alpha', alpha, 'a finite number')
  return apply(eluOp, [x], { alpha })
}
