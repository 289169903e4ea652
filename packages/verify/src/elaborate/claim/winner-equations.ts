// [a_{ij} = p_{kl}] where p pools a: a cell is as large as what its window found where it wins.

import type { Node } from '@backprove/graph'
import { ops } from '@backprove/graph'
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
import { equateTerms, guardTerms } from '../../index-terms/fields.ts'
import { boxOf } from '../../index-terms/terms.ts'
import type { Resolved } from '../../language/resolved.ts'
import { poolingsOf } from '../../network/pooling.ts'
import { readField } from '../functions/apply.ts'
import { outsideOf, vanishing } from '../functions/elementary.ts'
import type { Index, Terms } from '../functions/functions.ts'
import { quotientOf } from '../letters.ts'
import { productOfTerms } from '../products.ts'
import { UnsupportedError } from '../unsupported.ts'
import { indexOf } from './expression.ts'
import { type ClaimSite, fullIndex } from './site.ts'
import {
  blocksOf,
  letterOf,
  maskOf,
  placeOf,
  reducesBy,
  type WindowParams,
  wordOf,
} from './winners.ts'

interface Reading {
  readonly node: Node
  readonly index: Index
}

/** a_{ij}, and up(p)_{ij}, which is p at the block of i and j. */
const readAt = (expression: Resolved, site: ClaimSite): Reading | undefined => {
  if (expression.kind !== 'entry') return undefined
  const { array: inner } = expression
  const [source, ...factors] = inner.kind === 'call' && inner.word === 'up' ? inner.operands : []
  const read = source ? { ...expression, array: source } : expression
  const place = factors.length === 0 ? placeOf(read, site) : undefined
  if (!place) return undefined
  const { node, array, indices } = place
  const at = indices.map((index) => minus(indexOf(index, site), 1))
  const index = fullIndex(node, array, at)
  if (!source) return { node, index }
  if (!poolingsOf(site.network).includes(node)) return undefined
  const blocks = blocksOf(node, site)
  const within = index.slice(-2).map((e, axis) => quotientOf(site, e, blocks[axis]!))
  return { node, index: [...index.slice(0, -2), ...within] }
}

const shifts = [0, 1, -1, 2, -2]

/** Whether k is ⌊e/s⌋, perhaps written ⌊(e + s c)/s⌋ − c. */
const isQuotient = (k: Polynomial, e: Polynomial, s: Polynomial, { quotients }: ClaimSite) =>
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
export const winsIn = (left: Resolved, right: Resolved, site: ClaimSite): Terms | undefined => {
  const [first, second] = [readAt(left, site), readAt(right, site)]
  const [a, p] = first?.node.args[0] === second?.node ? [second, first] : [first, second]
  if (!a || !p || p.node.args[0] !== a.node || !poolingsOf(site.network).includes(p.node)) return
  const { dilation } = p.node.params as WindowParams
  const picks = Object.values(wordOf).some((word) => reducesBy(p.node, word, site))
  if (!picks || dilation.some((n) => n !== 1)) return undefined
  const [cell, window] = [a.index, p.index]
  const axes = [0, 1].map((axis) => {
    const [step, before, size] = (['s', 'p', 'm'] as const).map((letter) =>
      letterOf(p.node, letter, axis, site),
    ) as [Polynomial, Polynomial, Polynomial]
    const [e, k] = [plus(cell.at(axis - 2)!, before), window.at(axis - 2)!]
    const isOwn = isQuotient(k, e, step, site) && equal(step, size)
    return { within: plus(e, negate(times(step, k))), isOwn }
  })
  const equations = cell
    .slice(0, -2)
    .map((e, axis) => minus(e, window[axis]!))
    .filter((e) => !isZero(e))
  const isOwn = equations.length === 0 && axes.every((axis) => axis.isOwn)
  if (!isOwn && !isGeneric(a.node)) {
    throw new UnsupportedError('values that may be equal outside of the window too')
  }
  const mask = readField(maskOf(p.node, site), [...window, ...axes.map(({ within }) => within)])
  const wins = equateTerms(mask, equations)
  return [...guardTerms(wins, boxOf(cell, shapeOf(a.node, site))), ...ofBorder(a, p, site)]
}

const shapeOf = (node: Node, { model }: ClaimSite): Index => model.network.shapeOf(node).shape

/** Outside of their boxes both are 0: [a = 0] of a cell in no window, [p = 0], [0 = 0]. */
const ofBorder = (a: Reading, p: Reading, site: ClaimSite): Terms => {
  const { model } = site
  const isZeroAt = ({ node, index }: Reading): Terms =>
    readField(model.functions.apply(vanishing, model.value(node)), index)
  const [noCell, noWindow] = [a, p].map(({ node, index }) =>
    outsideOf(index, shapeOf(node, site)),
  ) as [Terms, Terms]
  return [
    ...productOfTerms(noWindow, isZeroAt(a)),
    ...productOfTerms(noCell, isZeroAt(p)),
    ...productOfTerms(noCell, noWindow),
  ]
}
