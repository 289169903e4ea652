// What sum, mean and max share: the axes that are reduced, their options and their lines.

import { optionError, readOptions } from '../../options.ts'
import type { Node } from '../../record/node.ts'
import { requireNode } from '../../record/operand.ts'
import { formatShape, type Shape } from '../../shape.ts'
import { access, indexLetters, MAX_RANK, normaliseAxes, sizeLetters } from '../axes.ts'
import { reshape } from '../movement/reshape.ts'

/** Options of `sum`, `mean` and their like. */
export interface ReduceOptions {
  /** Axes to reduce, counted from 0, negative from the end. Default: all. */
  readonly axes?: number | readonly number[]
  /** Keep each reduced axis with length 1. Default false. */
  readonly keepDims?: boolean
}
/** Params of a reduction, its axes ascending and counted from 0. */
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

/** What lines are made of that read the reduced axes twice: their letters are bound, and primed. */
export function reductionParts({ axes, keepDims }: ReduceParams, rank: number) {
  const letters = indexLetters(rank)
  const kept = letters.flatMap((letter, axis) =>
    axes.includes(axis) ? (keepDims ? ['1'] : []) : [letter],
  )
  const bound = (mark: string) => axes.map((axis) => letters[axis] + mark).join()
  const entry = (mark: string) =>
    access(
      'x',
      letters.map((letter, axis) => (axes.includes(axis) ? letter + mark : letter)),
    )
  return { y: access('y', kept), bound, entry }
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

const SYNONYMS = { axis: 'axes', dim: 'axes', dims: 'axes', keepdim: 'keepDims' }

export function reduceParams(op: string, x: Node, given: ReduceOptions): ReduceParams {
  requireNode(op, x)
  const { axes, keepDims = false } = readOptions(op, given, ['axes', 'keepDims'], SYNONYMS)
  const normal = normaliseAxes(axes, x.shape.length)
  if (!normal) throw optionError(op, 'axes', axes, `distinct axes of ${formatShape(x.shape)}`)
  if (typeof keepDims !== 'boolean') throw optionError(op, 'keepDims', keepDims, 'true or false')
  return { axes: normal, keepDims }
}
