// The entries in reverse order along some axes.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { access, indexLetters, MAX_RANK, normaliseAxes, sizeLetter, sizeLetters } from '../axes.ts'
import { applied } from '../print-parts.ts'

/** Params of `flip`: the axes that are read backwards, counted from 0. */
export interface FlipParams {
  readonly axes: readonly number[]
}

export const flipOp = defineOp<'x', FlipParams>({
  name: 'flip',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: sizeLetters(x.length).join() }),
  line: ({ axes }, { x }) => {
    const letters = indexLetters(x.length)
    const read = letters.map((letter, axis) =>
      axes.includes(axis) ? `${sizeLetter(axis)}+1-${letter}` : letter,
    )
    return `${access('y', letters)} = ${access('x', read)}`
  },
  axes: (_, { x }) => sizeLetters(x.length).join(),
  params: { axes: 'integers' },
  check: ({ x }, { axes }) => {
    if (x.length > MAX_RANK) return `x has more than ${MAX_RANK} axes`
    const normal = normaliseAxes(axes, x.length)
    return normal?.join() === axes.join() ? undefined : `x has no axes ${JSON.stringify(axes)}`
  },
  vjp: { x: (g, _args, { axes }) => flip(g, { axes }) },
  latex: ({ x }) => applied('\\operatorname{flip}', x),
  traits: { movesOnly: true },
})

/** Options of `flip`. */
export interface FlipOptions {
  /** Counted from 0, negative from the end. */
  readonly axes: number | readonly number[]
}

/**
 * x in reverse order along `axes`.
 * @throws OptionError where x has no such axes
 */
export function flip(x: Node, options: FlipOptions): Node {
  requireNode('flip', x)
  const { axes } = readOptions('flip', options, ['axes'])
  const normal = axes === undefined ? undefined : normaliseAxes(axes, x.shape.length)
  if (!normal) throw optionError('flip', 'axes', axes, `axes of ${JSON.stringify(x.shape)}`)
  return normal.length === 0 ? x : apply(flipOp, [x], { axes: normal })
}
