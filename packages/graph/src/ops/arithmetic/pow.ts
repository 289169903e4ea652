// Powers: x^n with a fixed number n, and a^b with two arrays. The k-th derivative of a^b by a is
// b(b−1)…(b−k+1) a^{b−k}: where that factor is 0 the derivative is 0, at the pole a = 0 as well.

import { noMore, optionError } from '../../options.ts'
import { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import { log } from '../entrywise/log.ts'
import { isSquare, raised } from '../print-parts.ts'
import { equal } from '../selection/equal.ts'
import { where } from '../selection/where.ts'
import { mul } from './mul.ts'
import { mulOrZero } from './mul-or-zero.ts'
import { sub } from './sub.ts'

export const powOp = defineOp<'x', { n: number }>({
  name: 'pow',
  operands: { x: '…' },
  line: 'y = x^n',
  symbols: ({ n }) => ({ n }),
  params: { n: 'number' },
  vjp: { x: (g, { x }, { n }) => mul(g, n === 0 ? 0 : mul(n, pow(x, n - 1))) },
  latex: ({ x }, { n }, shapes) => ({
    text: `${raised(x)}^{${n}}`,
    binds: 'power',
    ...(isSquare(shapes.x) && { spoken: true }),
  }),
  traits: { elementwise: true },
})

export const powerOp = defineOp<'a' | 'b'>({
  name: 'power',
  operands: { a: '…', b: '…' },
  line: 'y = a^b',
  vjp: {
    a: (g, { a, b }) => mulOrZero(g, mulOrZero(b, pow(a, sub(b, 1)))),
    // a^b log a tends to 0 with a: the log of 1 stands in there.
    b: (g, { a }, _params, out) => mul(g, mul(out, log(where(equal(a, 0), 1, a)))),
  },
  latex: ({ a, b }) => ({ text: `${raised(a)}^{${b.text}}`, binds: 'power' }),
  traits: { elementwise: true },
})

/** a to the power n; a fixed n of 0 or 1 is worked out at once. */
export function pow(a: Operand, n: Operand): Node
export function pow(a: Operand, n: Operand, ...further: readonly unknown[]): Node {
  noMore('pow', further)
  if (typeof n !== 'number') return apply(powerOp, [a, n])
  if (!Number.isFinite(n)) throw optionError('pow', 'n', n, 'a finite number')
  if (a instanceof Node && n === 1) return a
  if (a instanceof Node && n === 0) return a.graph.constant(1, a.shape)
  return apply(powOp, [a], { n })
}
