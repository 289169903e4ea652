// Arrays one behind the other along an axis. Sizes carry the operands' letters: a has length A
// along the axis, b has B, and so the line of three reads y = a_i + b_{i−A} + c_{i−A−B}.

import { ShapeError } from '../../errors.ts'
import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { resolveAxis, type Shape } from '../../shape.ts'
import { show } from '../../show.ts'
import { MAX_RANK } from '../axes.ts'
import { applied, spoken } from '../print-parts.ts'
import { slice } from './slice.ts'

/** Params of `concat`, its axis counted from 0. */
export interface ConcatParams {
  readonly axis: number
}
type Operands = Readonly<Record<string, Shape>>

const INDICES = [...'ijklmnpqrtuvwαβγδεζηθικλμνξορτυφχψω']
const SIZES = [...'HWKLMNPQRSTUVXYZΓΔΘΛΞΠΦΨΩ']

/** The length of an operand along the axis: its letter in capitals. */
const lengthOf = (operand: string): string => operand.toUpperCase()

/** Letters that no operand has. */
const free = (letters: readonly string[], taken: readonly string[]): string[] =>
  letters.filter((letter) => !taken.includes(letter))

const rankOf = (shapes: Operands): number => Object.values(shapes)[0]!.length

function patterns({ axis }: ConcatParams, shapes: Operands): Record<string, string> {
  const names = Object.keys(shapes)
  const shared = free(SIZES, names.map(lengthOf))
  const along = (name: string) =>
    Array.from({ length: rankOf(shapes) }, (_, k) => (k === axis ? lengthOf(name) : shared[k]!))
  return Object.fromEntries(names.map((name) => [name, along(name).join()]))
}

export const concatOp = defineOp<string, ConcatParams>({
  name: 'concat',
  operands: { operand: '…' },
  patterns,
  line: ({ axis }, shapes) => {
    const names = Object.keys(shapes)
    const letters = free(INDICES, names).slice(0, rankOf(shapes))
    const terms = names.map((name, k) => {
      const before = names.slice(0, k).map((other) => `-${lengthOf(other)}`)
      const at = letters.map((letter, n) => (n === axis ? letter + before.join('') : letter))
      return `${name}_{${at.join()}}`
    })
    return `y_{${letters.join()}} = ${terms.join(' + ')}`
  },
  axes: (params, shapes) => {
    const [first] = Object.values(patterns(params, shapes))
    const total = Object.keys(shapes).map(lengthOf).join('+')
    return first!
      .split(',')
      .map((letter, k) => (k === params.axis ? total : letter))
      .join()
  },
  params: { axis: 'integer' },
  check: (shapes, { axis }) => {
    const rank = rankOf(shapes)
    if (rank > MAX_RANK) return `there are more than ${MAX_RANK} axes`
    return resolveAxis(axis, rank) === axis ? undefined : `there is no axis ${axis}`
  },
  vjp: {
    operand: (g, args, { axis }, _out, operand) => {
      const names = Object.keys(args)
      const position = names.indexOf(operand)
      const start = names
        .slice(0, position)
        .reduce((length, name) => length + args[name]!.shape[axis]!, 0)
      const shape = args[operand]!.shape
      return slice(g, {
        start: shape.map((_, k) => (k === axis ? start : 0)),
        end: shape.map((length, k) => (k === axis ? start + length : length)),
      })
    },
  },
  latex: (operands) => spoken(applied('\\operatorname{concat}', ...Object.values(operands))),
  traits: { movesOnly: true, variadic: true },
})

/** Options of `concat`. */
export interface ConcatOptions {
  /** Counted from 0, negative from the end. Default −3, the channels. */
  readonly axis?: number
}

/** The most arrays that one concat can take: each needs letters of its own. */
export const MAX_CONCAT = 100

/**
 * The arrays one behind the other along `axis`; all other axes must agree.
 * @throws OptionError where an array has no such axis; ShapeError where other axes differ
 */
export function concat(xs: readonly Node[], options: ConcatOptions = {}): Node {
  if (!Array.isArray(xs)) throw new ShapeError(`concat: it takes a list of nodes, not ${show(xs)}`)
  for (const x of xs) requireNode('concat', x)
  const { axis = -3 } = readOptions('concat', options, ['axis'], { dim: 'axis' })
  const [first] = xs as readonly Node[]
  if (!first || xs.length > MAX_CONCAT) {
    throw new ShapeError(`concat: ${xs.length} arrays; it takes from 1 to ${MAX_CONCAT}`)
  }
  const resolved = resolveAxis(axis, first.shape.length)
  if (resolved === undefined) {
    throw optionError('concat', 'axis', axis, `an axis of ${JSON.stringify(first.shape)}`)
  }
  return xs.length === 1 ? first : apply(concatOp, xs, { axis: resolved })
}
