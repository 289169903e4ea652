// Rearrangements of whole arrays, and what is computed from all of one: a row for each.

import { plus as plusOf, polynomial, times as timesOf } from '../arithmetic/polynomial.ts'
import {
  guarded,
  length,
  at as letterAt,
  minus,
  one,
  plus,
  product,
  quotient,
  read,
  related,
  size,
  times,
  whole,
} from '../core/build.ts'
import {
  type Axis,
  type Contest,
  type Index,
  letterOf,
  type Scalar,
  type Table,
} from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { Resolved } from '../language/resolved.ts'
import { demandEqual } from '../network/lengths.ts'
import { pad, up } from './blocks.ts'
import { lower } from './lower.ts'
import { summed, transposed } from './products.ts'
import type { Site } from './site.ts'
import { type ArrayValue, arrayValue, numberValue, readValue, type Value } from './value.ts'

type Call = Extract<Resolved, { kind: 'call' }>

/** What a word makes of an array. */
export type ArrayRow = (array: ArrayValue, node: Call, site: Site) => Value

const sameBox = ({ shape, dual }: ArrayValue, at: ArrayValue['at']): Value =>
  arrayValue(shape, at, { dual })

/** The axes that slide, turned by 180°: rot180(W)_{uv} = W_{m+1−u, n+1−v}. */
export const turned = (array: ArrayValue): ArrayValue => {
  const first = Math.max(0, array.shape.length - 2)
  const at = (index: readonly Index[]): Scalar =>
    readValue(
      array,
      index.map((e, axis) =>
        axis < first ? e : minus(length(plusOf(array.shape[axis]!, polynomial(1))), e),
      ),
    )
  return { kind: 'array', shape: array.shape, dual: false, at }
}

/** Σ δ of maps is one number for each, or the sum of them all: what the other side is says which. */
export const waysToSum = (rank: number): readonly number[] => (rank > 2 ? [0, rank - 2] : [0])

/** Over the axes that are not kept. */
const total: ArrayRow = (array, node, site) => {
  const ways = waysToSum(array.shape.length)
  const kept = ways[site.choose(ways.length, node)]!
  return arrayValue(array.shape.slice(0, kept), (index) =>
    summed(array.shape.slice(kept), 'ijklmn', (rest) => array.at([...index, ...rest])),
  )
}

/** |A|^{-1} Σ A */
const mean: ArrayRow = (array) => {
  const count = times(...array.shape.map(length))
  return numberValue(quotient(summed(array.shape, 'ijklmn', array.at), size(count)))
}

const squareOnly = 'diag is of a vector or of a square matrix'

/** diag(a)_{ij} = [i = j] a_i; of a matrix A_{ii}. */
const diag: ArrayRow = (array, _node, site) => {
  const [n, columns] = array.shape
  if (array.shape.length > 2) throw new ConcreteError(squareOnly)
  if (columns && site.lengths.recorded(columns) !== site.lengths.recorded(n!))
    throw new ConcreteError(squareOnly)
  if (columns) demandEqual('diag', [n!], [columns], site.lengths)
  if (columns) return arrayValue([n!], ([i]) => array.at([i!, i!]))
  return arrayValue([n!, n!], ([i, j]) =>
    product([guarded([related(i!, '=', j!)]), array.at([i!])]),
  )
}

/**
 * vec(A): the entries of A in one row, row-major. Beside a matrix that has the axes of A itself,
 * as w vec(a) of weights w_{n,k,i,j}, it is A.
 */
const vec: ArrayRow = (array, node, site) => {
  const { shape } = array
  if (shape.length < 2) return array
  const ways = site.isFactor ? 2 : 1
  if (site.choose(ways, node) === 1) return array
  const strides = shape.map((_, axis) => times(...shape.slice(axis + 1).map(length)))
  return arrayValue([timesOf(...shape)], ([e]) => {
    const letters = shape.map((_, axis) => letterOf('ijklmn'[axis] ?? 'i'))
    const over = letters.map(
      (letter, axis): Axis => ({ letter, from: whole(1), to: length(shape[axis]!) }),
    )
    const before = letters.map((letter, axis) =>
      times(strides[axis]!, minus(letterAt(letter), whole(1))),
    )
    const when = [related(e!, '=', plus(...before, whole(1)))]
    return { kind: 'reduce', by: 'sum', over, when, body: array.at(letters.map(letterAt)) }
  })
}

/**
 * Columns follow each other in the vec of mathematics, rows in the flatten of programs.
 * @throws ConcreteError where that makes a difference
 */
export const demandVector = (node: Call, site: Site): void => {
  const of = lower(node.operands[0]!, site)
  if (of.kind === 'number' || of.shape.length < 2) return
  throw new ConcreteError('vec does not say in which order it has the entries of a matrix')
}

/** tril(A)_{ij} = [i ≥ j] A_{ij}, and triu the other half; the diagonal belongs to both. */
const triangle =
  (relation: '≥' | '≤'): ArrayRow =>
  (array, node) => {
    if (array.shape.length < 2) throw new ConcreteError(`${node.word} is of a matrix`)
    return sameBox(array, (index) => {
      const [i, j] = index.slice(-2)
      return product([guarded([related(i!, relation, j!)]), array.at(index)])
    })
  }

/** Along the last axis: e^{z_k} / Σ_l e^{z_l}. */
const softmax: ArrayRow = (array) => {
  const powers = arrayValue(array.shape, (index) => exp(array.at(index))) as ArrayValue
  const last = array.shape.slice(-1)
  const sums = arrayValue(array.shape.slice(0, -1), (row) =>
    summed(last, 'l', (l) => readValue(powers, [...row, ...l])),
  )
  const sumAt = (row: readonly Index[]): Scalar =>
    sums.kind === 'number' ? read(zeroAxes(sums.scalar)) : readValue(sums, row)
  return sameBox(array, (index) => quotient(readValue(powers, index), sumAt(index.slice(0, -1))))
}

/** A number as an array without axes, so that it is computed once. */
const zeroAxes = (body: Scalar): Table => ({ kind: 'table', axes: [], body })

const exp = (s: Scalar): Scalar => ({
  kind: 'apply',
  f: { kind: 'notation', name: 'exp' },
  order: 0,
  to: [s],
})

/** max A: of all entries. */
const contest =
  (by: Contest): ArrayRow =>
  (array) => {
    const letters = array.shape.map((_, axis) => letterOf('ijklmn'[axis] ?? 'i'))
    const over = letters.map(
      (letter, axis): Axis => ({ letter, from: whole(1), to: length(array.shape[axis]!) }),
    )
    const body = array.at(letters.map(letterAt))
    return numberValue({ kind: 'reduce', by, over, when: [], body })
  }

export const arrayRows: Partial<Record<Call['word'], ArrayRow>> = {
  rot180: turned,
  flip: turned,
  transpose: transposed,
  up,
  pad,
  sum: total,
  mean,
  diag,
  vec,
  tril: triangle('≥'),
  triu: triangle('≤'),
  ones: (array) => sameBox(array, () => one),
  softmax,
  max: contest('max'),
  min: contest('min'),
  med: contest('med'),
}

/** @throws ConcreteError where it is a number */
export const wholeArray = (node: Call, site: Site): ArrayValue => {
  const value = lower(node.operands[0]!, site)
  if (value.kind === 'number') throw new ConcreteError(`${node.word} is of an array`)
  return value
}
