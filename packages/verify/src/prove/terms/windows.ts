// Which window of a pooling a contest is about: Σ, max and winners over the cells that a pooling of
// the network looks at are told by that pooling's own mask.

import { type Node, type PoolParams, resolvePads } from '@backprove/graph'
import { divideOut } from '../../arithmetic/divide.ts'
import {
  constantValue,
  equal,
  isZero,
  minus,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../../arithmetic/polynomial.ts'
import { freeIndex } from '../../arithmetic/variable.ts'
import type { Axis, Contest, Guard, Scalar } from '../../core/core.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { type Field, type Index, type Terms, term } from '../../index-terms/terms.ts'
import { isInside, readField } from '../functions/apply.ts'
import { indexOf, keyOf } from './indices.ts'
import { withLetters } from './letters.ts'
import { lineField } from './line.ts'
import { isOne, plainField } from './plain.ts'
import type { Poolings, Site } from './terms.ts'

/** An entry of an array of the network; the index counts from 0. */
export interface Reading {
  readonly node: Node
  readonly index: Index
}

/** What a scalar reads, where that is all it does: through tables too, inside of their boxes. */
export const readingOf = (s: Scalar, site: Site): Reading | undefined => {
  if (s.kind !== 'read') return undefined
  const index = s.at.map((each) => minus(indexOf(each, site), 1))
  const { from } = s
  if (from.kind === 'node') return { node: from.node, index }
  if (from.kind !== 'table') return undefined
  const lengths = from.axes.map(({ length }) => length)
  if (!isInside(index, lengths, site)) return undefined
  const letters = from.axes.map(
    ({ letter, length }, axis) =>
      [keyOf(letter), { value: plus(index[axis]!, 1), length }] as const,
  )
  return readingOf(from.body, withLetters(site, letters))
}

export interface Window {
  readonly by: Contest
  readonly over: readonly Axis[]
  readonly body: Scalar
}

const isWhat = (pooling: Node, by: Contest, { shapeOf }: Poolings): boolean => {
  const { body } = shapeOf(pooling).line
  return body.kind === 'reduction' && body.reduction === by
}

type Letter = 'm' | 's' | 'd' | 'p'

const columnLetter = { m: 'n', s: 's′', d: 'd′', p: 'p′' } as const

/** What a letter of the pooling's line stands for, along rows (0) or columns (1). */
export const letterOf = (
  pooling: Node,
  letter: Letter,
  side: number,
  { shapeOf }: Poolings,
): Polynomial => {
  const known = shapeOf(pooling).letters.get(side === 0 ? letter : columnLetter[letter])
  if (known) return known
  const params = pooling.params as PoolParams
  const { shape } = pooling.args[0]!
  if (letter === 'p') {
    const pads = resolvePads(params, [shape.at(-2)!, shape.at(-1)!], params.size)
    return polynomial(pads[side]![0])
  }
  const numbers = { m: params.size, s: params.stride, d: params.dilation }[letter]
  return polynomial(numbers[side]!)
}

/** The cell that a body reads when the letters are so far behind their first values. */
const cellsOf = ({ over, body }: Window, site: Site) => {
  const ranges = over.map(({ letter, from, to }) => {
    if (!from || !to) throw new UnsupportedError(`nothing bounds the index ${letter.name}`)
    return { key: keyOf(letter), from: indexOf(from, site), to: indexOf(to, site) }
  })
  const read = (offsets: readonly number[]): Reading | undefined =>
    readingOf(
      body,
      withLetters(
        site,
        ranges.map(({ key, from }, k) => [key, { value: plus(from, offsets[k]!) }] as const),
      ),
    )
  return { ranges, read }
}

/** Which window of a pooling the cells are, s k + d u − p along either axis; from 0. */
const placeIn = (pooling: Node, window: Window, site: Site): Index | undefined => {
  const { poolings } = site
  const { ranges, read } = cellsOf(window, site)
  const cells = [
    [0, 0],
    [1, 0],
    [0, 1],
  ].map(read)
  const [first, ...others] = cells.flatMap((cell) => (cell ? [cell.index] : []))
  if (!poolings || ranges.length !== 2 || !first || others.length !== 2) return undefined
  const rank = first.length
  const place = [0, 1].map((side): Polynomial | undefined => {
    const [size, stride, gap, before] = (['m', 's', 'd', 'p'] as const).map((letter) =>
      letterOf(pooling, letter, side, poolings),
    ) as [Polynomial, Polynomial, Polynomial, Polynomial]
    const { from, to } = ranges[side]!
    const axis = rank - 2 + side
    const moves = others[side]!.every((e, k) =>
      equal(minus(e, first[k]!), k === axis ? gap : polynomial(0)),
    )
    const start = plus(first[axis]!, before)
    const k = divideOut(start, stride)
    const isWindow = equal(plus(minus(to, from), 1), size) && equal(times(stride, k), start)
    return moves && isWindow ? k : undefined
  })
  return place.every((e) => e !== undefined) ? [...first.slice(0, -2), ...place] : undefined
}

/** max over the window of a pooling is what the pooling says. */
export const pooledValue = (window: Window, site: Site): Terms | undefined => {
  const { poolings } = site
  const node = poolings && readNode(window, site)
  if (!node) return undefined
  for (const pooling of poolings.all) {
    if (pooling.args[0] !== node || !isWhat(pooling, window.by, poolings)) continue
    const place = placeIn(pooling, window, site)
    const field = poolings.value(pooling)
    if (place && isInside(place, field.shape, site)) return readField(field, place)
  }
  return undefined
}

const readNode = (window: Window, site: Site): Node | undefined =>
  cellsOf(window, site).read([0, 0])?.node

/**
 * The mask that the pooling's own line makes, by output and by cell of the window; where another
 * array than the one that it pools competes in its windows, a mask of that array's own.
 */
export const maskOf = (pooling: Node, { poolings, functions }: Site, of: Node): Field => {
  const { shape, line, letters, numbers } = poolings!.shapeOf(pooling)
  const image = poolings!.shapeOf(pooling.args[0]!).shape
  // What is pooled does not matter: the mask is known by the node and its window.
  const field = lineField(line, shape, {
    operands: new Map([
      [Object.keys(pooling.op.operands)[0]!, { shape: image, at: () => [term({})] }],
    ]),
    symbols: letters,
    numbers,
    functions,
    maskKey: () => `${of.id} ${JSON.stringify(pooling.params)}`,
    isPooling: true,
  })
  const terms = field.at(shape.map(() => polynomial(freeIndex('t'))))
  const arrays = new Set(terms.flatMap((t) => t.accesses.map(({ array }) => array)))
  // A line does not read the axes of length 1 that `…` stands for.
  const single = shape.slice(0, -2).map(isOne)
  const rank = shape.length + 2 - single.filter((each) => each).length
  const [mask, other] = [...arrays].filter(
    (array) => functions.excludes(array) === 'ties' && array.shape.length === rank,
  )
  if (!mask || other) throw new UnsupportedError('a winner that is no single cell')
  return {
    shape: [...shape, ...mask.shape.slice(-2)],
    at: (index) => plainField(mask).at(index.filter((_, axis) => !single[axis])),
  }
}

/** Whether the windows of a pooling do not overlap: a cell is in one of them at most. */
const isApart = ({ params }: Node): boolean => {
  const { size, stride, dilation } = params as PoolParams
  return [0, 1].every((side) => dilation[side]! * (size[side]! - 1) < stride[side]!)
}

/** Whether a window is one of the pooling's: by its letters, or since it is said beside. */
const isThere = (place: Index, pooling: Node, beside: readonly Guard[], site: Site): boolean => {
  const { shape } = site.poolings!.shapeOf(pooling)
  return place.every((k, axis) => {
    if (isInside([k], [shape[axis]!], site)) return true
    if (axis < place.length - 2) return false
    if (isZero(k) && constantValue(shape[axis]!) !== undefined) return true
    const last = minus(shape[axis]!, k, 1)
    return (
      isApart(pooling) &&
      beside.some(
        (guard) =>
          guard.kind === 'indices' &&
          guard.relation === '≤' &&
          equal(minus(indexOf(guard.right, site), indexOf(guard.left, site)), last),
      )
    )
  })
}

/** That a cell wins its window, by the mask of the pooling whose window it is. */
export const pooledWinner = (
  guard: Extract<Guard, { kind: 'winner' }>,
  beside: readonly Guard[],
  site: Site,
): Terms | undefined => {
  const { poolings } = site
  const node = poolings && !guard.when ? readNode(guard, site) : undefined
  if (!poolings || !node) return undefined
  const own = poolings.enteredBy(node)
  const alike = poolings.all.filter((each) => poolings.isAsLarge(each.args[0]!, node))
  for (const pooling of own ? [own] : alike) {
    if (!isWhat(pooling, guard.by, poolings)) continue
    const place = placeIn(pooling, guard, site)
    if (!place || !isThere(place, pooling, beside, site)) continue
    const mask = maskOf(pooling, site, own ? pooling.args[0]! : node)
    const within = guard.at.map((each, k) =>
      minus(indexOf(each, site), indexOf(guard.over[k]!.from!, site)),
    )
    return readField(mask, [...place, ...within])
  }
  return undefined
}
