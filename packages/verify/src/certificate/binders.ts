// What is bound: sums over ranges, and the winners of windows.

import {
  type Context,
  indexOf,
  type Letter,
  placesOf,
  type Site,
  scoped,
  withLetters,
} from './context.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly } from './polynomials.ts'
import type { PlainAxis, PlainGuard, PlainScalar } from './statement.ts'
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
  demand(by === 'max' || by === 'min', 'no such contest')
  const { inner, ids } = entered(over, site, context)
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
  const rest = sums.guarded(sums.product(arrays.unknown(), beyond, fresh), sums.boxOf(at, cells))
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
  const { windows, shape, outer } = windowsOf({ by, over, body }, site, context)
  demand(shape !== undefined, 'a contest of no known number of windows')
  const mask = arrays.winners(windows, shape)
  const { inner, ids, guards } = entered(over, site, context)
  const terms = scoped(inner, (each) => {
    const won = arrays.read(mask, [...outer, ...ids.map(poly.single)])
    return sums.product(won, context.termsOf(body, each), fresh)
  })
  return sums.guarded(sums.bind(terms, ids), guards)
}
