// [a_{ij} = max], [first max] and [a_{ij} = p_{kl}]: the mask of a pooling's winners, read at a
// cell of the image.

import type { Node } from '@backprove/graph'
import { minus, type Polynomial, polynomial, times } from '../../arithmetic/polynomial.ts'
import { freeIndex } from '../../arithmetic/variable.ts'
import { type Field, term } from '../../index-terms/terms.ts'
import type { Resolved, ResolvedCondition } from '../../language/resolved.ts'
import { poolingOf, poolingsOf } from '../../network/pooling.ts'
import { lineField } from '../../prove/line.ts'
import { readField } from '../functions/apply.ts'
import type { Terms } from '../functions/functions.ts'
import { quotientOf } from '../letters.ts'
import { isOne, plainField } from '../plain.ts'
import { windowOf } from '../sizes/windows.ts'
import { InapplicableError, UnsupportedError } from '../unsupported.ts'
import { indexOf } from './expression.ts'
import { equalShapes } from './shapes.ts'
import { type ClaimSite, fullIndex, nodeNamed } from './site.ts'

type Condition = Exclude<ResolvedCondition, { kind: 'comparison' }>

interface Place {
  readonly node: Node
  readonly array: Extract<Resolved, { kind: 'array' }>
  readonly indices: readonly Resolved[]
}

/** An entry of an array of the graph. */
export const placeOf = (expression: Resolved | undefined, site: ClaimSite): Place | undefined =>
  expression?.kind === 'entry' ? placeIn(expression.array, expression.indices, site) : undefined

/** As placeOf; δ_{ij}, which stands beside [first max], is at the place of z_{ij}. */
const placeBeside = (expression: Resolved | undefined, site: ClaimSite): Place | undefined => {
  if (expression?.kind !== 'entry' || expression.array.kind !== 'derivative') {
    return placeOf(expression, site)
  }
  return placeIn(expression.array.by[0], expression.indices, site)
}

const placeIn = (
  array: Resolved | undefined,
  indices: readonly (Resolved | null)[],
  site: ClaimSite,
): Place | undefined => {
  if (array?.kind !== 'array' || indices.some((index) => index === null)) return undefined
  return { node: nodeNamed(site, array.name), array, indices: indices as readonly Resolved[] }
}

export interface WindowParams {
  readonly size: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly padding: unknown
  readonly dilation: readonly [number, number]
}

export const isUnpadded = ({ params }: Node): boolean => {
  const { padding } = params as WindowParams
  return Array.isArray(padding) && padding.flat().every((n) => n === 0)
}

/** The blocks of a pooling without overlap, gaps or padding. */
export const blocksOf = (
  pooling: Node,
  { model }: ClaimSite,
): readonly [Polynomial, Polynomial] => {
  const { size, stride, dilation } = pooling.params as WindowParams
  const isPlain =
    size.join() === stride.join() && dilation.every((n) => n === 1) && isUnpadded(pooling)
  if (!isPlain) throw new UnsupportedError('a winner among windows that overlap')
  return windowOf(model.network.shapeOf(pooling).letters, size)
}

/**
 * The mask that the pooling's own line makes, by output and by cell of the window; where another
 * array than the one that it pools competes in its windows, a mask of that array's own.
 */
export const maskOf = (pooling: Node, site: ClaimSite, of = pooling.args[0]!): Field => {
  const { model } = site
  const { shape, line, letters, numbers } = model.network.shapeOf(pooling)
  const image = model.network.shapeOf(pooling.args[0]!).shape
  // What is pooled does not matter: the mask is known by the node and its window.
  const field = lineField(line, shape, {
    operands: new Map([
      [Object.keys(pooling.op.operands)[0]!, { shape: image, at: () => [term({})] }],
    ]),
    symbols: letters,
    numbers,
    functions: model.functions,
    maskKey: `${of.id} ${JSON.stringify(pooling.params)}`,
  })
  const terms = field.at(shape.map(() => polynomial(freeIndex('t'))))
  const arrays = new Set(terms.flatMap((t) => t.accesses.map(({ array }) => array)))
  // A line does not read the axes of length 1 that `…` stands for.
  const single = shape.slice(0, -2).map(isOne)
  const rank = shape.length + 2 - single.filter((each) => each).length
  const [mask, other] = [...arrays].filter(
    (array) => model.functions.excludes(array) === 'ties' && array.shape.length === rank,
  )
  if (!mask || other) throw new UnsupportedError('a winner that is no single cell')
  return {
    shape: [...shape, ...mask.shape.slice(-2)],
    at: (index) => plainField(mask).at(index.filter((_, axis) => !single[axis])),
  }
}

export const winnersOf = (condition: Condition, site: ClaimSite): Terms => {
  if (condition.kind === 'winner') throw new UnsupportedError('argmax over an index')
  const said = condition.operand && placeOf(condition.operand, site)
  const others = condition.kind === 'first' ? site.claim.map((each) => placeBeside(each, site)) : []
  const place = said ?? others.find((each) => each !== undefined)
  if (!place) throw new UnsupportedError('a winner of no entry')
  const { shapeOf } = site.model.network
  const own = poolingOf(site.network, place.node)
  const alike = poolingsOf(site.network).filter(
    ({ args }) => args[0]!.shape.join() === place.node.shape.join(),
  )
  if (!own && alike.length === 0)
    throw new InapplicableError(
      `${place.node.name} enters no pooling, so that no window says which of its entries is largest`,
    )
  const isAsLarge = ({ args }: Node) =>
    equalShapes(shapeOf(args[0]!).shape, shapeOf(place.node).shape)
  const pooling = own ?? alike.find(isAsLarge)
  if (!pooling) throw new UnsupportedError('a winner in windows that fit only as recorded')
  if (condition.which === 'min' || !reducesBy(pooling, wordOf[condition.which], site)) {
    throw new UnsupportedError('a winner of another kind than the pooling’s')
  }
  const block = blocksOf(pooling, site)
  const mask = maskOf(pooling, site, own ? undefined : place.node)
  const cell = fullIndex(
    place.node,
    place.array,
    place.indices.map((index) => minus(indexOf(index, site), 1)),
  )
  const leading = cell.slice(0, -2)
  const windows = cell.slice(-2).map((e, axis) => quotientOf(site, e, block[axis]!))
  const within = cell.slice(-2).map((e, axis) => {
    const start = windows[axis]!
    return minus(e, times(block[axis]!, start))
  })
  return readField(mask, [...leading, ...windows, ...within])
}

/** A window has one winner, or of an odd number of cells one middle. */
export const wordOf = { max: 'max', med: 'lomed' } as const

/** What a letter of the pooling's line stands for, along rows (0) or columns (1). */
export const letterOf = (
  pooling: Node,
  letter: 'm' | 's' | 'd' | 'p',
  axis: number,
  { model }: ClaimSite,
): Polynomial =>
  model.network.shapeOf(pooling).letters.get(axis === 0 ? letter : columnLetter[letter])!

const columnLetter = { m: 'n', s: 's′', d: 'd′', p: 'p′' } as const

export const reducesBy = (pooling: Node, which: string, { model }: ClaimSite): boolean => {
  const { body } = model.network.shapeOf(pooling).line
  return body.kind === 'reduction' && body.reduction === which
}
