// What is bound: sums over ranges, and the winners of windows.

import {
  type Context,
  indexOf,
  type Letter,
  placesOf,
  ranged,
  type Site,
  scoped,
  siteOf,
  withLetters,
} from './context.ts'
import type { PlainAxis, PlainGuard, PlainScalar } from './grammar.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly, readPoly } from './polynomials.ts'
import type { Terms } from './sums.ts'
import * as sums from './sums.ts'

const entered = (over: readonly PlainAxis[], site: Site, context: Context) => {
  const ids: number[] = []
  const guards: Poly[] = []
  const letters = over.map(({ letter, length }): [number, Letter] => {
    const id = context.fresh()
    ids.push(id)
    if (!length) return [letter, { value: poly.single(id) }]
    const last = indexOf(length, site, context)
    guards.push(...sums.boxOf([poly.single(id)], [last]))
    return [letter, { value: poly.plus(poly.single(id), 1n), length: last }]
  })
  return { inner: withLetters(site, letters), ids, guards }
}

export const summed = (
  over: readonly PlainAxis[],
  site: Site,
  context: Context,
  body: (inner: Site) => Terms,
): Terms => {
  const { inner, ids, guards } = entered(over, site, context)
  return sums.guarded(sums.bind(scoped(inner, body), ids), guards)
}

// ---- winners

/** A number of which nothing is known, another for all values of the letters in force. */
const unknown = ({ letters }: Site, context: Context): Terms => {
  const all = [...letters.values()].map((letter) => ranged(letter, context))
  return context.arrays.unknown(
    all.map(({ length }) => length),
    all.map(({ value }) => poly.plus(value, -1n)),
  )
}

type Winner = Extract<PlainGuard, { kind: 'winner' }>
type Contest = Pick<Winner, 'by' | 'over' | 'body'>

/** A letter in force that runs with a variable, counted from 0: id + shift. */
const placeAmong = (id: number, { letters }: Site) => {
  for (const { value, length } of letters.values()) {
    const shift = poly.numberIn(poly.minus(value, poly.single(id)))
    if (length && shift !== undefined) return { id, shift: shift - 1n, length }
  }
  return { id, shift: 0n }
}

/**
 * Windows of one array, equal only for equal ones; how many there are where letters say so; and at
 * which of them the site is.
 */
const windowsOf = ({ by, over, body }: Contest, site: Site, context: Context) => {
  const { inner, ids, guards } = entered(over, site, context)
  const cells = over.map(({ length }) => {
    demand(length !== undefined, 'a window without an end')
    return indexOf(length, site, context)
  })
  const access = sums.singleAccess(context.termsOf(body, inner))
  demand(access !== undefined, 'winners among what is no array')
  const outer = [...new Set(access.index.flatMap((e) => [...poly.variablesIn(e)]))]
    .filter((id) => !ids.includes(id) && !context.lengths.has(id))
    .map((id) => placeAmong(id, site))
  // The letters outside by their places, so that i, j and k, l have the same windows.
  const names = new Map([
    ...outer.map(({ id, shift }, k) => [id, poly.plus(poly.single(1e9 + k), -shift)] as const),
    ...ids.map((id, k) => [id, poly.single(1e9 + outer.length + k)] as const),
  ])
  const indices = access.index.map((e) => poly.spell(poly.substitute(e, names)))
  const spelled = [by, access.array, outer.length, ...indices, ...cells.map(poly.spell)].join('|')
  const lengths = outer.flatMap(({ length }) => length ?? [])
  return {
    windows: spelled,
    shape: lengths.length === outer.length ? [...lengths, ...cells] : undefined,
    outer: outer.map(({ id, shift }) => poly.plus(poly.single(id), shift)),
    access,
    inner,
    ids,
    guards,
  }
}

export const winner = (guard: Winner, site: Site, context: Context): Terms => {
  const { arrays, claim, fresh } = context
  demand(!guard.isShared || claim.excluded.includes('ties'), 'equal winners, not excluded')
  const { windows, shape, outer } = windowsOf(guard, site, context)
  const mask = arrays.winners(windows, arrays.knows(windows) ? undefined : shape)
  demand(guard.at.length === guard.over.length, 'a winner of another rank')
  const at = placesOf(guard.at, site, context)
  const index = [...outer, ...at]
  const [cells, numbers] = [arrays.shapeOf(mask).slice(outer.length), arrays.shapeOf(mask)]
  const within = sums.guarded(arrays.read(mask, index), sums.boxOf(at, cells))
  // Of windows beyond those that the mask has nothing is known: that there are none must be shown.
  const beyond = sums.not(sums.guarded(sums.one, sums.boxOf(outer, numbers.slice(0, outer.length))))
  const rest = sums.guarded(
    sums.product(unknown(site, context), beyond, fresh),
    sums.boxOf(at, cells),
  )
  return [...within, ...rest]
}

/** max_u x(u) = Σ_u [u wins] x(u). */
export const contest = (
  s: Extract<PlainScalar, { kind: 'reduce' }>,
  site: Site,
  context: Context,
): Terms => {
  const { by, over, body, when } = s
  const { arrays, fresh } = context
  demand(by !== 'sum' && when.length === 0, 'a contest with conditions')
  const won = windowsOf({ by, over, body }, site, context)
  demand(won.shape !== undefined, 'a contest of no known number of windows')
  const mask = arrays.read(arrays.winners(won.windows, won.shape), [
    ...won.outer,
    ...won.ids.map(poly.single),
  ])
  const terms = scoped(won.inner, (each) => sums.product(mask, context.termsOf(body, each), fresh))
  return sums.guarded(sums.bind(terms, won.ids), won.guards)
}

/** [x_e = max of a window of x] = Σ_u [cell u is e] [u wins]; where e is no cell it is unknown. */
export const equalsWinner = (
  left: PlainScalar,
  right: PlainScalar,
  site: Site,
  context: Context,
): Terms | undefined => {
  const { arrays, claim, fresh } = context
  if (right.kind !== 'read' || right.from.kind !== 'node') return undefined
  const { axes, body } = claim.nodes[right.from.node]?.line ?? {}
  const isContest = body?.kind === 'reduce' && body.by !== 'sum' && body.when.length === 0
  const entry = sums.singleAccess(context.termsOf(left, site))
  if (!axes || !isContest || !entry || !claim.excluded.includes('ties')) return undefined
  const place = placesOf(right.at, site, context)
  const lengths = axes.map(({ length }) => readPoly(length))
  const letters = axes.map(({ letter }, axis): [number, Letter] => {
    return [letter, { value: poly.plus(place[axis]!, 1n), length: lengths[axis]! }]
  })
  const { by, over, body: of } = body
  const contested = { by: by as Contest['by'], over, body: of }
  const won = windowsOf(contested, withLetters(siteOf(new Map()), letters), context)
  if (won.access.array !== entry.array || !won.shape) return undefined
  const mask = arrays.winners(won.windows, won.shape)
  const same = won.access.index.map((e, axis) => poly.minus(e, entry.index[axis]!))
  const boxes = [
    ...won.guards,
    ...sums.boxOf(place, lengths),
    ...sums.boxOf(entry.index, arrays.shapeOf(entry.array)),
  ]
  const covers = sums.guarded(sums.bind(sums.equated(sums.one, same), won.ids), boxes)
  const wins = arrays.read(mask, [...won.outer, ...won.ids.map(poly.single)])
  const beyond = sums.product(unknown(site, context), sums.not(covers), fresh)
  return [...sums.product(covers, wins, fresh), ...beyond]
}
