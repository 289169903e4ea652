// A box cut out of an array, with steps, and its adjoint: the box put back into zeros.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp, type Op } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import type { Shape } from '../../shape.ts'
import { access, indexLetters, MAX_RANK, sizeLetters } from '../axes.ts'
import { applied, spoken } from '../print-parts.ts'

/** One entry for each axis; `end` is exclusive. Counted from 0. */
export interface SliceParams {
  readonly start: readonly number[]
  readonly end: readonly number[]
  readonly step: readonly number[]
}
/** Params of the derivative of `slice`. */
export interface SliceScatterParams extends SliceParams {
  /** Of the array that the slice is put back into. */
  readonly shape: Shape
}
const paramKinds = { start: 'integers', end: 'integers', step: 'integers' } as const

const isWhole = ({ start, end, step }: SliceParams, shape: Shape, axis: number): boolean =>
  start[axis] === 0 && end[axis] === shape[axis] && step[axis] === 1

/** Where entry `letter` of the slice stands in the array: 2(j−1)+3, counted from 1. */
function place(params: SliceParams, shape: Shape, axis: number, letter: string): string {
  if (isWhole(params, shape, axis)) return letter
  const { start, step } = params
  if (step[axis] !== 1) return `${step[axis]}(${letter}-1)+${start[axis]! + 1}`
  return start[axis] === 0 ? letter : `${letter}+${start[axis]}`
}

/** How many entries of an axis the slice takes. */
const lengthAlong = ({ start, end, step }: SliceParams, axis: number): number =>
  Math.ceil((end[axis]! - start[axis]!) / step[axis]!)

/** Untouched axes keep their letters. */
const slicedAxes = (params: SliceParams, shape: Shape): string =>
  sizeLetters(shape.length)
    .map((letter, axis) =>
      isWhole(params, shape, axis) ? letter : String(lengthAlong(params, axis)),
    )
    .join()

function checkBox(params: SliceParams, shape: Shape): string | undefined {
  const rank = shape.length
  if (rank > MAX_RANK) return `x has more than ${MAX_RANK} axes`
  const { start, end, step } = params
  if ([start, end, step].some((list) => list.length !== rank)) {
    return `the slice has other axes than ${JSON.stringify(shape)}`
  }
  const amiss = shape.findIndex(
    (length, k) => !(0 <= start[k]! && start[k]! < end[k]! && end[k]! <= length && step[k]! >= 1),
  )
  return amiss < 0
    ? undefined
    : `${start[amiss]} to ${end[amiss]} by ${step[amiss]} is no part of axis ${amiss}, ` +
        `which has length ${shape[amiss]}`
}

export const sliceOp: Op = defineOp<'x', SliceParams>({
  name: 'slice',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: sizeLetters(x.length).join() }),
  line: (params, { x }) => {
    const letters = indexLetters(x.length)
    const read = letters.map((letter, axis) => place(params, x, axis, letter))
    return `${access('y', letters)} = ${access('x', read)}`
  },
  axes: (params, { x }) => slicedAxes(params, x),
  params: paramKinds,
  check: ({ x }, params) => checkBox(params, x),
  vjp: {
    x: (g, { x }, params) => apply(sliceScatterOp, [g], { ...params, shape: [...x.shape] }),
  },
  latex: ({ x }) => spoken(applied('\\operatorname{slice}', x)),
  traits: { movesOnly: true, sized: true },
})

/** The adjoint of slice: the entries at their places in an array of zeros. */
export const sliceScatterOp: Op = defineOp<'x', SliceScatterParams>({
  name: 'sliceScatter',
  operands: { x: '…' },
  patterns: (params, { x }) => ({
    x: sizeLetters(x.length)
      .map((letter, k) => (isWhole(params, params.shape, k) ? letter : `${letter}′`))
      .join(),
  }),
  line: (params, { x }) => {
    const letters = indexLetters(x.length)
    const moved = letters.map((letter, k) =>
      isWhole(params, params.shape, k) ? letter : `${letter}′`,
    )
    const bound = moved.filter((letter, k) => letter !== letters[k])
    const guards = letters.flatMap((letter, k) =>
      moved[k] === letter ? [] : [`${letter} = ${place(params, params.shape, k, moved[k]!)}`],
    )
    const scatter = bound.length > 0 ? `Σ_{${bound.join()}} [${guards.join(', ')}] ` : ''
    return `${access('y', letters)} = ${scatter}${access('x', moved)}`
  },
  axes: (params, { x }) =>
    sizeLetters(x.length)
      .map((letter, k) => (isWhole(params, params.shape, k) ? letter : String(params.shape[k])))
      .join(),
  params: { ...paramKinds, shape: 'shape' },
  check: ({ x }, params) => {
    const amiss = checkBox(params, params.shape)
    if (amiss) return amiss
    const made = params.shape.map((_, axis) => lengthAlong(params, axis))
    return made.join() === x.join() ? undefined : `the slice has shape [${made.join(', ')}]`
  },
  vjp: { x: (g, _args, { shape: _shape, ...params }) => apply(sliceOp, [g], params) },
  latex: ({ x }) => spoken(applied('\\operatorname{scatter}', x)),
  traits: { movesOnly: true, sized: true },
})

/** Options of `slice`: one number for each axis; a negative one counts from the end. */
export interface SliceOptions {
  /** The first entry, counted from 0, negative from the end; a list has one for each axis. */
  readonly start?: number | readonly number[]
  /** The entry behind the last; default: the axis's length. */
  readonly end?: number | readonly number[]
  /** From 1. Default 1. */
  readonly step?: number | readonly number[]
}

/**
 * The entries from `start` up to `end` in steps, axis by axis. A number is for the first axis
 * (samples of a batch); axes that a list does not reach are taken whole. Negative places count
 * from the end, as in NumPy; unlike there, nothing is clipped.
 * @throws ShapeError where the box leaves the array or is empty; OptionError for no whole numbers
 */
export function slice(x: Node, options: SliceOptions): Node {
  requireNode('slice', x)
  const { start, end, step } = readOptions('slice', options, ['start', 'end', 'step'])
  const fill = (option: string, value: number | readonly number[] | undefined, rest: Shape) => {
    const given = value === undefined ? [] : [value].flat()
    if (given.length > x.shape.length || given.some((n) => !Number.isSafeInteger(n))) {
      const may = `a whole number, or one for each axis of ${JSON.stringify(x.shape)}`
      throw optionError('slice', option, value, may)
    }
    return rest.map((usual, axis) => (given[axis] as number | undefined) ?? usual)
  }
  const zeros = x.shape.map(() => 0)
  // What is before the first entry all the same is refused as it was given.
  const fromFront = (places: readonly number[]) =>
    places.map((n, axis) => (n < 0 && n >= -x.shape[axis]! ? n + x.shape[axis]! : n))
  const params: SliceParams = {
    start: fromFront(fill('start', start, zeros)),
    end: fromFront(fill('end', end, x.shape)),
    step: fill(
      'step',
      step,
      zeros.map(() => 1),
    ),
  }
  const whole = x.shape.every((_, axis) => isWhole(params, x.shape, axis))
  return whole ? x : apply(sliceOp, [x], params)
}
