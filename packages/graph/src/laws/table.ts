// The laws that `simplify` uses. Each line is an identity; the driver knows nothing of any op.

import { abs } from '../ops/arithmetic/abs.ts'
import { add, addOp } from '../ops/arithmetic/add.ts'
import { divOp } from '../ops/arithmetic/div.ts'
import { mul, mulOp } from '../ops/arithmetic/mul.ts'
import { neg, negOp } from '../ops/arithmetic/neg.ts'
import { sqrt } from '../ops/arithmetic/sqrt.ts'
import { square } from '../ops/arithmetic/square.ts'
import { sub, subOp } from '../ops/arithmetic/sub.ts'
import { exp } from '../ops/entrywise/exp.ts'
import { log } from '../ops/entrywise/log.ts'
import { relu } from '../ops/entrywise/relu.ts'
import { sigmoid, sigmoidPrime } from '../ops/entrywise/sigmoid.ts'
import { where } from '../ops/selection/where.ts'
import type { Node } from '../record/node.ts'
import type { Op } from '../record/op.ts'
import { apply, type Operand } from '../record/operand.ts'
import type { Shape } from '../shape.ts'
import type { Law } from './law.ts'

const MATRIX: Shape = [2, 3]

/** Recorded as it stands: the public functions already drop +0 and ·1. */
const raw = (op: Op, ...operands: Operand[]): Node => apply(op, operands)
const like = (x: Node, value: number): Node => x.graph.constant(value, x.shape)

const law = (name: string, sides: Law['sides'], caveat?: string): Law => ({
  name,
  sides,
  shapes: Array.from({ length: sides.length }, () => MATRIX),
  ...(caveat === undefined ? {} : { caveat }),
})

/** Every law that `simplify` applies; a test evaluates both sides of each at random. */
export const LAWS: readonly Law[] = [
  law('x + 0 = x', (x) => [raw(addOp, x, 0), x]),
  law('x − 0 = x', (x) => [raw(subOp, x, 0), x]),
  law('0 − x = −x', (x) => [raw(subOp, 0, x), neg(x)], 'the sign of a zero'),
  law('x · 1 = x', (x) => [raw(mulOp, x, 1), x]),
  law('x · 0 = 0', (x) => [raw(mulOp, x, 0), like(x, 0)], 'infinities and NaN'),
  law('x · (−1) = −x', (x) => [raw(mulOp, x, -1), neg(x)]),
  law('x / 1 = x', (x) => [raw(divOp, x, 1), x]),
  law('−−x = x', (x) => [raw(negOp, raw(negOp, x)), x]),
  law('x − x = 0', (x) => [sub(x, x), like(x, 0)], 'infinities and NaN'),
  law('x + (−y) = x − y', (x, y) => [add(x!, neg(y!)), sub(x!, y!)]),
  law('x − (−y) = x + y', (x, y) => [sub(x!, neg(y!)), add(x!, y!)]),
  law('−(x − y) = y − x', (x, y) => [neg(sub(x!, y!)), sub(y!, x!)], 'the sign of a zero'),
  law('(−x)(−y) = x y', (x, y) => [mul(neg(x!), neg(y!)), mul(x!, y!)]),
  law('(−x) y = −(x y)', (x, y) => [mul(neg(x!), y!), neg(mul(x!, y!))]),
  law('x x = x²', (x) => [mul(x!, x!), square(x!)]),
  law('log e^x = x', (x) => [log(exp(x!)), x!], 'rounding; overflow of e^x'),
  law('√x² = |x|', (x) => [sqrt(square(x!)), abs(x!)], 'rounding; overflow of x²'),
  law('relu relu x = relu x', (x) => [relu(relu(x!)), relu(x!)]),
  law(
    'σ(x)(1 − σ(x)) = σ′(x)',
    (x) => [mul(sigmoid(x!), sub(1, sigmoid(x!))), sigmoidPrime(x!)],
    'rounding',
  ),
  law('[c] x + [¬c] x = x', (c, x) => [where(c!, x!, x!), x!]),
]
