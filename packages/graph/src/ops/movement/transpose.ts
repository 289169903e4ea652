// The axes in another order.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { defineOp, type Printed } from '../../record/op.ts'
import { apply, requireNode } from '../../record/operand.ts'
import { resolveAxis } from '../../shape.ts'
import { access, indexLetters, MAX_RANK, sizeLetters } from '../axes.ts'
import { spoken, within } from '../print-parts.ts'

/** Params of `transpose`: which axis of the operand stands at each place. */
export interface TransposeParams {
  /** Axis k of the result is axis axes[k] of x. */
  readonly axes: readonly number[]
}

export const transposeOp = defineOp<'x', TransposeParams>({
  name: 'transpose',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: sizeLetters(x.length).join() }),
  line: ({ axes }, { x }) => {
    const letters = indexLetters(x.length)
    const moved = axes.map((axis) => letters[axis]!)
    return `${access('y', moved)} = ${access('x', letters)}`
  },
  axes: ({ axes }, { x }) => {
    const letters = sizeLetters(x.length)
    return axes.map((axis) => letters[axis]!).join()
  },
  params: { axes: 'integers' },
  check: ({ x }, { axes }) => {
    if (x.length > MAX_RANK) return `x has more than ${MAX_RANK} axes`
    return isOrder(axes, x.length) ? undefined : `${JSON.stringify(axes)} is no order of x's axes`
  },
  vjp: { x: (g, _args, { axes }) => transpose(g, { axes: inverse(axes) }) },
  latex: ({ x }, { axes }, shapes) => {
    // Axes of length 1 move unseen.
    const wide = axes.filter((axis) => shapes.x[axis] !== 1)
    if (isMatrixTranspose(axes)) return transposed(x, axes)
    return isSorted(wide) ? x : spoken(transposed(x, axes))
  },
  traits: { movesOnly: true },
})

const isOrder = (axes: readonly number[], rank: number): boolean =>
  axes.length === rank && axes.toSorted((a, b) => a - b).every((axis, k) => axis === k)

const isSorted = (axes: readonly number[]): boolean =>
  axes.every((axis, k) => k === 0 || axes[k - 1]! < axis)

const inverse = (axes: readonly number[]): number[] => axes.map((_, axis) => axes.indexOf(axis))

/** All axes but the last two stay, and these change places. */
const isMatrixTranspose = (axes: readonly number[]): boolean => {
  const last = axes.length - 1
  return axes.every((axis, k) => axis === (k === last ? last - 1 : k === last - 1 ? last : k))
}

const transposed = (x: Printed, axes: readonly number[]): Printed => ({
  text: `${within(x, 'atom')}^{\\top${isMatrixTranspose(axes) ? '' : `(${axes.join()})`}}`,
  binds: 'power',
})

/** Options of `transpose`. */
export interface TransposeOptions {
  /** Axis k of the result is axis axes[k] of x. Default: the axes in reverse order. */
  readonly axes?: readonly number[]
}

/**
 * x with its axes in another order; of a matrix, x⊤.
 * @throws OptionError where `axes` is no order of x's axes
 */
export function transpose(x: Node, options: TransposeOptions = {}): Node {
  requireNode('transpose', x)
  const rank = x.shape.length
  const { axes: wanted } = readOptions('transpose', options, ['axes'])
  const given = wanted ?? x.shape.map((_, axis) => rank - 1 - axis)
  const axes = Array.isArray(given) ? given.map((axis) => resolveAxis(axis, rank) ?? -1) : []
  if (!isOrder(axes, rank)) {
    throw optionError('transpose', 'axes', given, `an order of the ${rank} axes of x`)
  }
  return axes.every((axis, k) => axis === k) ? x : apply(transposeOp, [x], { axes })
}

/** The last two axes changed over: x⊤ for every matrix of a stack. */
export const matrixTranspose = (x: Node): Node => {
  const last = x.shape.length - 1
  const leading = x.shape.slice(0, -2).map((_, axis) => axis)
  return transpose(x, { axes: [...leading, last, last - 1] })
}
