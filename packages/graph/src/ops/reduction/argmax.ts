// Where the largest entry along an axis is. A place does not move with the entries: no derivative
// flows, and the derivative of what is made of it is 0.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { resolveAxis } from '../../shape.ts'
import { access, indexLetters, MAX_RANK, sizeLetters } from '../axes.ts'
import { applied, spoken } from '../print-parts.ts'

/** Params of `argmax`: the axis, from 0. */
export interface ArgmaxParams {
  readonly axis: number
}

export const argmaxOp = defineOp<'x', ArgmaxParams>({
  name: 'argmax',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: sizeLetters(x.length).join() }),
  line: ({ axis }, { x }) => {
    const letters = indexLetters(x.length)
    const at = letters[axis]!
    const rival = access(
      'x',
      letters.map((letter, k) => (k === axis ? `${letter}′` : letter)),
    )
    const others = letters.filter((_, k) => k !== axis)
    return `${access('y', others)} = Σ_{${at}≤${sizeLetters(x.length)[axis]}} [${at} = argmax_{${at}′} ${rival}] (${at} - 1)`
  },
  axes: ({ axis }, { x }) =>
    sizeLetters(x.length)
      .filter((_, k) => k !== axis)
      .join(),
  params: { axis: 'integer' },
  check: ({ x }, { axis }) =>
    x.length > MAX_RANK || resolveAxis(axis, x.length) !== axis
      ? `x has no axis ${axis}`
      : undefined,
  vjp: { x: null },
  latex: ({ x }) => spoken(applied('\\operatorname{arg\\,max}', x)),
  traits: { stepwise: true, pieces: 'ties' },
})

/** Options of {@link argmax}. */
export interface ArgmaxOptions {
  /** Counted from 0, negative from the end. Default: the last. */
  readonly axis?: number
}

/**
 * The place of the largest entry along `axis`, counted from 0: the first of several, 0 where all
 * are NaN. It has no gradient; `gather` reads what stands there. @throws OptionError
 */
export function argmax(x: Node, options: ArgmaxOptions = {}): Node {
  requireNode('argmax', x)
  const { axis = -1 } = readOptions('argmax', options, ['axis'], { dim: 'axis' })
  const resolved = resolveAxis(axis, x.shape.length)
  if (resolved === undefined) {
    throw optionError('argmax', 'axis', axis, `an axis of ${JSON.stringify(x.shape)}`)
  }
  return apply(argmaxOp, [x], { axis: resolved })
}
