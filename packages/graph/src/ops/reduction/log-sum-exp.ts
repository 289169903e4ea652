// log Σ e^x over axes: the largest entry, smoothed. Its derivative is the softmax over those axes.

import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, type Operand } from '../../record/operand.ts'
import type { Shape } from '../../shape.ts'
import { add } from '../arithmetic/add.ts'
import { mul } from '../arithmetic/mul.ts'
import { neg } from '../arithmetic/neg.ts'
import { MAX_RANK } from '../axes.ts'
import { log } from '../entrywise/log.ts'
import { reshape } from '../movement/reshape.ts'
import { applied, spoken } from '../print-parts.ts'
import { max } from './max.ts'
import {
  checkReduction,
  type ReduceOptions,
  type ReduceParams,
  reduceParamKinds,
  reduceParams,
  reductionAxes,
  reductionParts,
  reductionPatterns,
  restoreAxes,
} from './reduction.ts'
import { sum } from './sum.ts'

/** The two lines' parts. */
function parts(params: ReduceParams, { x }: { x: Shape }) {
  const { y, bound, entry } = reductionParts(params, x.length)
  const top = (mark: string) => `max_{${bound(mark)}} ${entry(mark)}`
  return { y, over: `Σ_{${bound('')}}`, entry: entry(''), top }
}

export const logSumExpOp = defineOp<'x', ReduceParams>({
  name: 'logSumExp',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: reductionPatterns(x.length) }),
  line: (params, shapes) => {
    const { y, over, entry } = parts(params, shapes)
    return `${y} = log(${over} e^{${entry}})`
  },
  // Entries that equal the largest count 1, infinite ones too; a NaN equals nothing, and stays.
  stable: (params, shapes) => {
    const { y, over, entry, top } = parts(params, shapes)
    const equal = `[${entry} = ${top('′')}]`
    const below = `[${entry} ≠ ${top('′')}] e^{${entry} - ${top('′')}}`
    return `${y} = ${top('′′')} + log(${over} (${equal} + ${below}))`
  },
  axes: (params, { x }) => reductionAxes(params, x.length),
  params: reduceParamKinds,
  check: ({ x }, params) => {
    if (params.axes.length === 0) return 'the sum is over at least one axis'
    return x.length > MAX_RANK ? `x has more than ${MAX_RANK} axes` : checkReduction(x, params)
  },
  vjp: {
    x: (g, { x }, params, out) =>
      mul(restoreAxes(g, x, params), expDifference(x, restoreAxes(out, x, params))),
  },
  expansion: ({ x }, params) => {
    const largest = max(x, { axes: params.axes, keepDims: true })
    const logs = log(sum(expDifference(x, largest), params))
    return add(reshape(largest, logs.shape), logs)
  },
  latex: ({ x }, { axes }, shapes) => {
    const printed = applied('\\operatorname{logsumexp}', x)
    return axes.length < shapes.x.length ? spoken(printed) : printed
  },
})

/**
 * log Σ e^x over `axes` (all of them by default), without overflow: −∞ where all entries are, ∞
 * where one is. Over no axes, x itself.
 */
export function logSumExp(x: Node, options: ReduceOptions = {}): Node {
  const params = reduceParams('logSumExp', x, options)
  return params.axes.length === 0 ? x : apply(logSumExpOp, [x], params)
}

export const expDifferenceOp = defineOp<'a' | 'b'>({
  name: 'expDifference',
  operands: { a: '…', b: '…' },
  line: 'y = e^{a - b}',
  // Of two infinities that are equal it is 1.
  stable: 'y = [a = b] + [a ≠ b] e^{a - b}',
  vjp: {
    a: (g, _args, _params, out) => mul(g, out),
    b: (g, _args, _params, out) => neg(mul(g, out)),
  },
  latex: ({ a, b }) => ({ text: `e^{${a.text} - ${b.text}}`, binds: 'power' }),
  traits: { elementwise: true },
})

/** e^{a − b}, and 1 where both are the same infinity. */
export const expDifference: (a: Operand, b: Operand) => Node = (...given) =>
  apply(expDifferenceOp, given)
