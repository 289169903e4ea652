// [a_{ij} = p_{kl}] where p pools a: a cell is as large as what its window found where it wins.

import { type Node, ops, type PoolParams } from '@backprove/graph'
import {
  canonicalKey,
  equal,
  isZero,
  minus,
  negate,
  type Polynomial,
  plus,
  polynomial,
  times,
} from '../../arithmetic/polynomial.ts'
import type { Scalar } from '../../core/core.ts'
import { UnsupportedError } from '../../core/errors.ts'
import { equateTerms, guardTerms } from '../../index-terms/fields.ts'
import { boxOf, type Index, type Terms } from '../../index-terms/terms.ts'
import { readField } from '../functions/apply.ts'
import { outsideOf, vanishing } from '../functions/elementary.ts'
import { productOfTerms } from './products.ts'
import type { Site } from './terms.ts'
import { letterOf, maskOf, type Reading, readingOf } from './windows.ts'

const shifts = [0, 1, -1, 2, -2]

/** Whether k is ⌊e/s⌋, perhaps written ⌊(e + s c)/s⌋ − c. */
const isQuotient = (k: Polynomial, e: Polynomial, s: Polynomial, { quotients }: Site) =>
  equal(s, polynomial(1))
    ? equal(k, e)
    : shifts.some((c) => {
        const moved = minus(e, times(s, c))
        const known = quotients.get(`${canonicalKey(moved)}/${canonicalKey(s)}`)
        return known !== undefined && equal(k, plus(known, c))
      })

/** Ops of which no two entries are equal but by chance, if none of their operands' are. */
const generic: ReadonlySet<unknown> = new Set([
  ops.conv2d,
  ops.convolve2d,
  ops.dense,
  ops.matmul,
  ops.sigmoid,
  ops.tanh,
  ops.exp,
  ops.softplus,
])

/** Whether two entries, or an entry and 0, are equal at single points at most: not so of relu. */
const isGeneric = ({ op, args }: Node): boolean =>
  op === ops.input || op === ops.parameter || (generic.has(op) && args.every(isGeneric))

/** Undefined for anything but a pooling and what it pools. */
export const winsIn = (left: Scalar, right: Scalar, site: Site): Terms | undefined => {
  const { poolings } = site
  if (!poolings || left.kind !== 'read' || right.kind !== 'read') return undefined
  const [first, second] = [readingOf(left, site), readingOf(right, site)]
  const [a, p] = first?.node.args[0] === second?.node ? [second, first] : [first, second]
  if (!a || !p || p.node.args[0] !== a.node || !poolings.all.includes(p.node)) return undefined
  const { dilation } = p.node.params as PoolParams
  const { body } = poolings.shapeOf(p.node).line
  const picks =
    body.kind === 'reduction' && (body.reduction === 'max' || body.reduction === 'lomed')
  if (!picks || dilation.some((n) => n !== 1)) return undefined
  const [cell, window] = [a.index, p.index]
  const axes = [0, 1].map((side) => {
    const [step, before, size] = (['s', 'p', 'm'] as const).map((letter) =>
      letterOf(p.node, letter, side, poolings),
    ) as [Polynomial, Polynomial, Polynomial]
    const [e, k] = [plus(cell.at(side - 2)!, before), window.at(side - 2)!]
    const isOwn = isQuotient(k, e, step, site) && equal(step, size)
    return { within: plus(e, negate(times(step, k))), isOwn }
  })
  const equations = cell
    .slice(0, -2)
    .map((e, axis) => minus(e, window[axis]!))
    .filter((e) => !isZero(e))
  const isOwn = equations.length === 0 && axes.every((axis) => axis.isOwn)
  if (!isOwn && !isGeneric(a.node))
    throw new UnsupportedError('values that may be equal outside of the window too')
  const mask = readField(maskOf(p.node, site, a.node), [
    ...window,
    ...axes.map(({ within }) => within),
  ])
  const wins = equateTerms(mask, equations)
  const { shape } = poolings.shapeOf(a.node)
  return [...guardTerms(wins, boxOf(cell, shape)), ...ofBorder(a, p, site)]
}

/** Outside of their boxes both are 0: [a = 0] of a cell in no window, [p = 0], [0 = 0]. */
const ofBorder = (a: Reading, p: Reading, site: Site): Terms => {
  const poolings = site.poolings!
  const shapeOf = (node: Node): Index => poolings.shapeOf(node).shape
  const isZeroAt = ({ node, index }: Reading): Terms =>
    readField(site.functions.apply(vanishing, poolings.value(node)), index)
  const [noCell, noWindow] = [a, p].map(({ node, index }) => outsideOf(index, shapeOf(node))) as [
    Terms,
    Terms,
  ]
  return [
    ...productOfTerms(noWindow, isZeroAt(a)),
    ...productOfTerms(noCell, isZeroAt(p)),
    ...productOfTerms(noCell, noWindow),
  ]
}
