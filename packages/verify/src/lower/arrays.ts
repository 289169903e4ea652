// Rearrangements of whole arrays, and what is computed from all of one: a row for each.

import type { Node } from '@backprove/graph'
import {
  constantValue,
  plus as plusOf,
  polynomial,
  times as timesOf,
} from '../arithmetic/polynomial.ts'
import {
  choice,
  guarded,
  length,
  at as letterAt,
  minus,
  one,
  over,
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
import { poolingsOf } from '../network/pooling.ts'
import { indexOf } from './indices.ts'
import { lower } from './lower.ts'
import { summed, transposed } from './products.ts'
import { recorded, recordedShape, type Site } from './site.ts'
import { type ArrayValue, arrayValue, numberValue, readValue, type Value } from './value.ts'

type Call = Extract<Resolved, { kind: 'call' }>

/** What a word makes of an array. */
export type ArrayRow = (array: ArrayValue, node: Call, site: Site) => Value

const sameBox = (array: ArrayValue, at: ArrayValue['at']): Value => arrayValue(array.shape, at)

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

const numbersOf = (node: Resolved | undefined, site: Site): number[] => {
  if (node?.kind === 'list') return node.items.flatMap((item) => numbersOf(item, site))
  if (!node) return []
  const index = indexOf(node, site)
  const value = index.kind === 'length' ? constantValue(index.of) : undefined
  return [value === undefined ? Number.NaN : Number(value)]
}

const pairOf = (node: Resolved | undefined, site: Site): [number, number] | undefined => {
  const [first, second = first] = numbersOf(node, site)
  if (first === undefined || second === undefined) return undefined
  if ([first, second].some((n) => !Number.isInteger(n) || n < 0 || n > 1000))
    throw new ConcreteError('Sizes are whole numbers from 0 to 1000')
  return [first, second]
}

interface Block {
  readonly block: readonly [number, number]
  /** Of what a pooling of that result pools, which its windows need not cover. */
  readonly image?: readonly [number, number]
}

const lastTwo = ({ shape }: Node): [number, number] => [shape.at(-2)!, shape.at(-1)!]

/**
 * Of the pooling whose result has the array's size, or of the only kind of pooling that there is.
 */
const blockOf = (shape: readonly number[], { network }: Site): Block => {
  const poolings = poolingsOf(network)
  const result = shape.slice(-2).join()
  const own = poolings.filter((pooling) => lastTwo(pooling).join() === result)
  const sizes = new Map(
    (own.length > 0 ? own : poolings).map((pooling) => {
      const { size: block } = pooling.params as { size: readonly [number, number] }
      return [block.join(), [block[0], block[1]] as [number, number]]
    }),
  )
  const [block, other] = [...sizes.values()]
  if (!block || other) throw new ConcreteError('up: by how much? Write up(δ, 2)')
  const images = new Map(own.map(({ args }) => [lastTwo(args[0]!).join(), lastTwo(args[0]!)]))
  if (images.size > 1) throw new ConcreteError('up: to which size? Write up(δ, 2)')
  const [image] = images.values()
  return { block, ...(image && { image }) }
}

const needTwoAxes = (what: string, { shape }: ArrayValue): void => {
  if (shape.length < 2) throw new ConcreteError(`${what} is of images, not of rank ${shape.length}`)
}

/** up(A, s)_{ij} = A_{⌈i/s⌉,⌈j/s⌉}; what no block covers is 0. */
const up: ArrayRow = (array, node, site) => {
  needTwoAxes('up', array)
  const given = pairOf(node.operands[1], site)
  const { block, image }: Block = given
    ? { block: given }
    : blockOf(recordedShape(array.shape), site)
  const first = array.shape.length - 2
  const shape = array.shape.map((n, axis) => {
    if (axis < first) return n
    return image ? polynomial(image[axis - first]!) : timesOf(n, polynomial(block[axis - first]!))
  })
  return arrayValue(shape, (index) =>
    readValue(
      array,
      index.map((e, axis) =>
        axis < first ? e : choice('ceil', over(e, whole(block[axis - first]!))),
      ),
    ),
  )
}

/** pad(A, p)_{ij} = A_{i−p,j−p} */
const pad: ArrayRow = (array, node, site) => {
  const border = node.operands[1]
  const isNested = border?.kind === 'list' && border.items.some((item) => item.kind === 'list')
  const sides = isNested
    ? (border as { items: readonly Resolved[] }).items.map((item) => pairOf(item, site)!)
    : (pairOf(border, site) ?? []).map((n): [number, number] => [n, n])
  if (sides.length !== 2) throw new ConcreteError('pad takes [rows, columns]')
  needTwoAxes('pad', array)
  const first = array.shape.length - 2
  const side = (axis: number) => sides[axis - first] ?? [0, 0]
  const shape = array.shape.map((n, axis) => {
    const [before, after] = side(axis)
    return plusOf(n, polynomial(before + after))
  })
  return arrayValue(shape, (index) =>
    readValue(
      array,
      index.map((e, axis) => plus(e, whole(-side(axis)[0]))),
    ),
  )
}

/** Σ δ of maps is one number for each, or the sum of them all: what the other side is says which. */
export const waysToSum = (rank: number): readonly number[] => (rank > 2 ? [0, rank - 2] : [0])

/** Over the axes that are not kept. */
const total: ArrayRow = (array, _node, site) => {
  const ways = waysToSum(array.shape.length)
  const kept = ways[site.choose(ways.length)]!
  return arrayValue(array.shape.slice(0, kept), (index) =>
    summed(array.shape.slice(kept), 'ijklmn', (rest) => array.at([...index, ...rest])),
  )
}

/** |A|^{-1} Σ A */
const mean: ArrayRow = (array) => {
  const count = times(...array.shape.map(length))
  return numberValue(quotient(summed(array.shape, 'ijklmn', array.at), size(count)))
}

/** diag(a)_{ij} = [i = j] a_i; of a matrix A_{ii}. */
const diag: ArrayRow = (array) => {
  const [n, columns] = array.shape
  if (array.shape.length > 2 || (columns && recorded(columns) !== recorded(n!)))
    throw new ConcreteError('diag is of a vector or of a square matrix')
  if (columns) return arrayValue([n!], ([i]) => array.at([i!, i!]))
  return arrayValue([n!, n!], ([i, j]) =>
    product([guarded([related(i!, '=', j!)]), array.at([i!])]),
  )
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
  f: { kind: 'word', name: 'exp' },
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
