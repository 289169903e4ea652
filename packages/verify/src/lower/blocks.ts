// up and pad: every entry a block, as wide as the windows of a pooling, and zeros around.

import type { Node } from '@backprove/graph'
import { type Polynomial, plus as plusOf, polynomial, times } from '../arithmetic/polynomial.ts'
import { choice, length, minus, over } from '../core/build.ts'
import type { Index } from '../core/core.ts'
import { ConcreteError, SizesError } from '../core/errors.ts'
import type { Resolved } from '../language/resolved.ts'
import { equalShapes, type Shape } from '../network/lengths.ts'
import { poolingsOf } from '../network/pooling.ts'
import type { ArrayRow } from './arrays.ts'
import { indexOf } from './indices.ts'
import { recordedShape, type Site } from './site.ts'
import { type ArrayValue, arrayValue, readValue, type Value } from './value.ts'

type Pair = readonly [Polynomial, Polynomial]

const numbersOf = (node: Resolved | undefined, site: Site): (Polynomial | undefined)[] => {
  if (node?.kind === 'list') return node.items.flatMap((item) => numbersOf(item, site))
  if (!node) return []
  const index = indexOf(node, site)
  return [index.kind === 'length' ? index.of : undefined]
}

const pairOf = (node: Resolved | undefined, site: Site): Pair | undefined => {
  const all = numbersOf(node, site)
  const [first, second = first] = all
  if (all.length === 0) return undefined
  const isSize = (p: Polynomial | undefined): p is Polynomial => {
    const n = p && site.lengths.recorded(p)
    return n !== undefined && Number.isInteger(n) && n >= 0 && n <= 1000
  }
  if (isSize(first) && isSize(second)) return [first, second]
  throw new ConcreteError('Sizes are whole numbers from 0 to 1000')
}

interface Block {
  readonly block: Pair
  /** Of what a pooling of that result pools, which its windows need not cover. */
  readonly image?: Shape
}

const lastTwo = ({ shape }: Node): string => shape.slice(-2).join()

/**
 * Of the pooling whose result has the array's size, or of the only kind of pooling that there is.
 */
const blockOf = (array: ArrayValue, site: Site): Block => {
  const { lengths, network } = site
  const poolings = poolingsOf(network)
  const result = recordedShape(array.shape, site).slice(-2).join()
  const own = poolings.filter((pooling) => lastTwo(pooling) === result)
  const all = own.length > 0 ? own : poolings
  const sizes = new Set(
    all.map(({ params }) => (params as { size: readonly number[] }).size.join()),
  )
  const images = new Set(own.map(({ args }) => lastTwo(args[0]!)))
  if (sizes.size !== 1) throw new ConcreteError('up: by how much? Write up(δ, 2)')
  if (images.size > 1) throw new ConcreteError('up: to which size? Write up(δ, 2)')
  const lastOf = (node: Node): Shape => lengths.shapeOf(node).slice(-2)
  const fitting = own.find((pooling) => equalShapes(lastOf(pooling), array.shape.slice(-2)))
  const blocks = (fitting ? [fitting] : all).map(
    (pooling): Pair => [lengths.window(pooling, 0).size, lengths.window(pooling, 1).size],
  )
  const [block] = blocks
  if (!fitting && own.length > 0) throw new SizesError('up of an array as large as recorded only')
  if (!blocks.every((other) => equalShapes(block!, other)))
    throw new SizesError('up by windows that agree only as recorded')
  return { block: block!, ...(fitting && { image: lastOf(fitting.args[0]!) }) }
}

const needTwoAxes = (what: string, { shape }: ArrayValue): void => {
  if (shape.length < 2) throw new ConcreteError(`${what} is of images, not of rank ${shape.length}`)
}

/** up(A, s)_{ij} = A_{⌈i/s⌉,⌈j/s⌉}; what no block covers is 0. */
export const up: ArrayRow = (array, node, site) => {
  needTwoAxes('up', array)
  const given = pairOf(node.operands[1], site)
  const { block, image }: Block = given ? { block: given } : blockOf(array, site)
  const first = array.shape.length - 2
  const shape = array.shape.map((n, axis) => {
    if (axis < first) return n
    return image ? image[axis - first]! : times(n, block[axis - first]!)
  })
  return arrayValue(shape, (index) =>
    readValue(
      array,
      index.map((e, axis) =>
        axis < first ? e : choice('ceil', over(e, length(block[axis - first]!))),
      ),
    ),
  )
}

/** A_{i−p,j−p} in a box that is wider by p on one side and more on the other: 0 around. */
export const padded = (
  array: ArrayValue,
  before: readonly Index[],
  shape: ArrayValue['shape'],
): Value =>
  arrayValue(
    shape,
    (index) =>
      readValue(
        array,
        index.map((e, axis) => minus(e, before[axis]!)),
      ),
    {
      isRead: true,
    },
  )

/** pad(A, p)_{ij} = A_{i−p,j−p} */
export const pad: ArrayRow = (array, node, site) => {
  const border = node.operands[1]
  const isNested = border?.kind === 'list' && border.items.some((item) => item.kind === 'list')
  const sides = isNested
    ? (border as { items: readonly Resolved[] }).items.map((item) => pairOf(item, site)!)
    : (pairOf(border, site) ?? []).map((n): Pair => [n, n])
  if (sides.length !== 2) throw new ConcreteError('pad takes [rows, columns]')
  needTwoAxes('pad', array)
  const first = array.shape.length - 2
  const none: Pair = [polynomial(0), polynomial(0)]
  const side = (axis: number): Pair => sides[axis - first] ?? none
  const before = array.shape.map((_, axis) => length(side(axis)[0]))
  const shape = array.shape.map((n, axis) => plusOf(n, ...side(axis)))
  return padded(array, before, shape)
}
