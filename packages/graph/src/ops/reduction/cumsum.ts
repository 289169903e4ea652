// Running sums along an axis. The adjoint of a running sum is the same sum from the other end.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp, type Op } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { resolveAxis } from '../../shape.ts'
import { access, indexLetters, MAX_RANK, sizeLetters } from '../axes.ts'
import { applied, spoken } from '../print-parts.ts'

/** Params of `cumsum`: the axis, from 0, and its direction. */
export interface CumsumParams {
  readonly axis: number
  /** From the last entry to the first. */
  readonly reverse: boolean
}

export const cumsumOp: Op = defineOp<'x', CumsumParams>({
  name: 'cumsum',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: sizeLetters(x.length).join() }),
  line: ({ axis, reverse }, { x }) => {
    const [bound, ...letters] = indexLetters(x.length + 1) as [string, ...string[]]
    const guard = `[${bound} ${reverse ? '≥' : '≤'} ${letters[axis]}]`
    const read = letters.map((letter, k) => (k === axis ? bound : letter))
    return `${access('y', letters)} = Σ_${bound} ${guard} ${access('x', read)}`
  },
  axes: (_, { x }) => sizeLetters(x.length).join(),
  params: { axis: 'integer', reverse: 'boolean' },
  check: ({ x }, { axis }) =>
    x.length >= MAX_RANK || resolveAxis(axis, x.length) !== axis
      ? `x has no axis ${axis}`
      : undefined,
  vjp: { x: (g, _args, params) => apply(cumsumOp, [g], { ...params, reverse: !params.reverse }) },
  latex: ({ x }) => spoken(applied('\\operatorname{cumsum}', x)),
})

/** Options of {@link cumsum}. */
export interface CumsumOptions {
  /** Counted from 0, negative from the end. Default: the last. */
  readonly axis?: number
  /** Sums from the last entry on. Default false. */
  readonly reverse?: boolean
}

/** y_i = x_1 + … + x_i along `axis`, or x_i + … + x_n. @throws OptionError */
export function cumsum(x: Node, options: CumsumOptions = {}): Node {
  requireNode('cumsum', x)
  const { axis = -1, reverse = false } = readOptions('cumsum', options, ['axis', 'reverse'], {
    dim: 'axis',
  })
  const resolved = resolveAxis(axis, x.shape.length)
  if (resolved === undefined) {
    throw optionError('cumsum', 'axis', axis, `an axis of ${JSON.stringify(x.shape)}`)
  }
  if (typeof reverse !== 'boolean') throw optionError('cumsum', 'reverse', reverse, 'true or false')
  return apply(cumsumOp, [x], { axis: resolved, reverse })
}
