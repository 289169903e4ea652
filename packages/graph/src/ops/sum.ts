// Σ over axes, and its adjoint: repeating along them.

import { access, indexLetters, MAX_RANK, normaliseAxes, sizeLetters } from '../axes.ts'
import type { Node } from '../node.ts'
import { defineOp } from '../op.ts'
import { apply, requireNode } from '../operand.ts'
import { optionError, readOptions } from '../options.ts'
import { within } from '../print-parts.ts'
import { formatShape, type Shape } from '../shape.ts'
import { broadcastTo } from './broadcast-to.ts'
import { reshape } from './reshape.ts'

export interface ReduceOptions {
  /** Axes to reduce, counted from 0, negative from the end. Default: all. */
  readonly axes?: number | readonly number[]
  /** Keep each reduced axis with length 1. Default false. */
  readonly keepDims?: boolean
}
export interface ReduceParams {
  readonly axes: readonly number[]
  readonly keepDims: boolean
}
export const reduceParamKinds = { axes: 'integers', keepDims: 'boolean' } as const

/** `y_{i,k} = Σ_j x_{i,j,k}`: the letters of the reduced axes are bound. */
export function reductionLine(sign: string, params: ReduceParams, rank: number): string {
  const letters = indexLetters(rank)
  const bound = params.axes.map((axis) => letters[axis]!)
  const kept = letters.flatMap((letter, axis) =>
    params.axes.includes(axis) ? (params.keepDims ? ['1'] : []) : [letter],
  )
  const body = access('x', letters)
  return `${access('y', kept)} = ${bound.length > 0 ? `${sign}_{${bound.join()}} ` : ''}${body}`
}

export const reductionAxes = (params: ReduceParams, rank: number): string =>
  sizeLetters(rank)
    .flatMap((letter, axis) =>
      params.axes.includes(axis) ? (params.keepDims ? ['1'] : []) : [letter],
    )
    .join()

export const reductionPatterns = (rank: number): string => sizeLetters(rank).join()

export const checkReduction = (x: Shape, { axes }: ReduceParams): string | undefined => {
  if (x.length > MAX_RANK) return `x has more than ${MAX_RANK} axes`
  const normal = normaliseAxes(axes, x.length)
  return normal?.join() === axes.join() ? undefined : `x has no axes ${JSON.stringify(axes)}`
}

/** The shape of x with each reduced axis kept at length 1. */
export const keptShape = (x: Shape, axes: readonly number[]): Shape =>
  x.map((length, axis) => (axes.includes(axis) ? 1 : length))

/** The cotangent of a reduction, given back the axes that were reduced away. */
export const restoreAxes = (g: Node, x: Node, params: ReduceParams): Node =>
  params.keepDims ? g : reshape(g, keptShape(x.shape, params.axes))

export const sumOp = defineOp<'x', ReduceParams>({
  name: 'sum',
  operands: { x: '…' },
  patterns: (_, { x }) => ({ x: reductionPatterns(x.length) }),
  line: (params, { x }) => reductionLine('Σ', params, x.length),
  axes: (params, { x }) => reductionAxes(params, x.length),
  params: reduceParamKinds,
  check: ({ x }, params) => checkReduction(x, params),
  vjp: { x: (g, { x }, params) => broadcastTo(restoreAxes(g, x, params), x.shape) },
  latex: ({ x }) => ({ text: `\\sum ${within(x, 'star')}`, binds: 'product' }),
})

/** Σ x over `axes` (all of them by default). */
export const sum = (x: Node, options: ReduceOptions = {}): Node =>
  apply(sumOp, [x], reduceParams('sum', x, options))

export function reduceParams(op: string, x: Node, given: ReduceOptions): ReduceParams {
  requireNode(op, x)
  const { axes, keepDims = false } = readOptions(op, given, ['axes', 'keepDims'])
  const normal = normaliseAxes(axes, x.shape.length)
  if (!normal) throw optionError(op, 'axes', axes, `distinct axes of ${formatShape(x.shape)}`)
  if (typeof keepDims !== 'boolean') throw optionError(op, 'keepDims', keepDims, 'true or false')
  return { axes: normal, keepDims }
}
