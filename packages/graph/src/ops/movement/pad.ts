// An array with a border of one value around it.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import type { Shape } from '../../shape.ts'
import { access, indexLetters, MAX_RANK, sizeLetter, sizeLetters } from '../axes.ts'
import { applied, spoken } from '../print-parts.ts'
import { slice } from './slice.ts'

/** Params of `pad`: cells before and after, for each axis. */
export interface PadParams {
  /** Entries added in front of each axis, and behind it. */
  readonly before: readonly number[]
  readonly after: readonly number[]
  readonly value: number
}

/** Where entry `letter` of the result stands in x. */
const place = ({ before }: PadParams, axis: number, letter: string): string =>
  before[axis] === 0 ? letter : `${letter}-${before[axis]}`

/** Outside its box an array is 0: only another value needs to be said. */
function border(params: PadParams, x: Shape, letters: readonly string[]): string {
  if (params.value === 0) return ''
  const inside = x.flatMap((_, axis) =>
    params.before[axis] === 0 && params.after[axis] === 0
      ? []
      : [`1 ≤ ${place(params, axis, letters[axis]!)} ≤ ${sizeLetter(axis)}`],
  )
  return inside.length > 0 ? ` + α (1 - [${inside.join(', ')}])` : ''
}

export const padOp = defineOp<'x', PadParams>({
  name: 'pad',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: sizeLetters(x.length).join() }),
  line: (params, { x }) => {
    const letters = indexLetters(x.length)
    const read = letters.map((letter, axis) => place(params, axis, letter))
    return `${access('y', letters)} = ${access('x', read)}${border(params, x, letters)}`
  },
  symbols: ({ value }) => ({ α: value }),
  axes: ({ before, after }, { x }) =>
    sizeLetters(x.length)
      .map((letter, axis) => {
        const added = before[axis]! + after[axis]!
        return added === 0 ? letter : `${letter}+${added}`
      })
      .join(),
  params: { before: 'integers', after: 'integers', value: 'number' },
  check: ({ x }, { before, after }) => {
    if (x.length > MAX_RANK) return `x has more than ${MAX_RANK} axes`
    const fits = [before, after].every(
      (widths) => widths.length === x.length && widths.every((n) => n >= 0),
    )
    return fits ? undefined : 'before and after should have a width from 0 for each axis of x'
  },
  vjp: {
    x: (g, { x }, { before }) =>
      slice(g, { start: before, end: before.map((width, axis) => width + x.shape[axis]!) }),
  },
  latex: ({ x }) => spoken(applied('\\operatorname{pad}', x)),
})

/** Options of `pad`. */
export interface PadOptions {
  /** One width for each axis, or one for all. Default 0. */
  readonly before?: number | readonly number[]
  readonly after?: number | readonly number[]
  /** Default 0. */
  readonly value?: number
}

/**
 * x with `before` entries of `value` in front of each axis and `after` behind.
 * @throws OptionError for widths that are not whole numbers from 0, one for each axis
 */
export function pad(x: Node, options: PadOptions): Node {
  requireNode('pad', x)
  const { value = 0, ...sides } = readOptions('pad', options, ['before', 'after', 'value'])
  const widths = (option: 'before' | 'after'): number[] => {
    const { [option]: given = 0 } = sides
    const list = typeof given === 'number' ? x.shape.map(() => given) : [given].flat()
    if (list.length !== x.shape.length || list.some((n) => !Number.isSafeInteger(n) || n < 0)) {
      const may = `a whole number from 0, or one for each axis of ${JSON.stringify(x.shape)}`
      throw optionError('pad', option, given, may)
    }
    return list
  }
  if (!Number.isFinite(value)) throw optionError('pad', 'value', value, 'a finite number')
  const params = {
    before: widths('before'),
    after: widths('after'),
    value: value === 0 ? 0 : value,
  }
  const isBare = [...params.before, ...params.after].every((width) => width === 0)
  return isBare ? x : apply(padOp, [x], params)
}
