// What is bound: sums over ranges, and the winners of windows.

import type { Context, Letter, Site } from './context.ts'
import { indexOf, isSaid, placesOf, ranged, scoped, withLetters } from './context.ts'
import type { PlainAxis, PlainScalar } from './grammar.ts'
import * as poly from './polynomials.ts'
import { demand, type Poly } from './polynomials.ts'
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
  const all = [...letters.values()].map(ranged)
  return context.arrays.unknown(
    all.map(({ length }) => length),
    all.map(({ value }) => poly.plus(value, -1n)),
  )
}

type Winner = Extract<PlainScalar, { kind: 'winner' }>

/** A letter in force that runs with a variable, counted from 0: id + shift. */
const placeAmong = (id: number, { letters }: Site) => {
  for (const { value, length } of letters.values()) {
    const shift = poly.minus(value, poly.single(id))
    const isNumber = poly.variablesIn(shift).size === 0
    if (length && isNumber) return { id, shift: (shift.get('') ?? 0n) - 1n, length }
  }
  return { id, shift: 0n }
}

/**
 * Windows of one array, equal only for equal ones; how many there are where letters say so; and at
 * which of them the site is.
 */
const windowsOf = ({ by, over, body }: Winner, site: Site, context: Context) => {
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
  const lengths = outer.flatMap(({ length }) => length ?? [])
  return {
    windows: [by, access.array, outer.length, ...indices, ...cells.map(poly.spell)].join('|'),
    shape: lengths.length === outer.length ? [...lengths, ...cells] : undefined,
    outer: outer.map(({ id, shift }) => poly.plus(poly.single(id), shift)),
  }
}

export const winner = (s: Winner, site: Site, context: Context): Terms => {
  const { arrays, claim, fresh, lengths } = context
  demand(!s.isShared || claim.excluded.includes('ties'), 'equal winners, not excluded')
  demand(s.at.length === s.over.length, 'a winner of another rank')
  const { windows, shape, outer } = windowsOf(s, site, context)
  const mask = arrays.winners(windows, shape)
  const numbers = arrays.shapeOf(mask)
  const at = placesOf(s.at, site, context)
  const open = (index: readonly Poly[], shape: readonly Poly[]) =>
    sums.boxOf(index, shape).filter((guard) => !isSaid(guard, site, lengths))
  const cell = open(at, numbers.slice(outer.length))
  const within = sums.guarded(arrays.read(mask, [...outer, ...at]), cell)
  // Of windows beyond those that the mask has nothing is known: that there are none must be shown.
  const window = open(outer, numbers.slice(0, outer.length))
  if (window.length === 0) return within
  const beyond = sums.not(sums.guarded(sums.one, window))
  return [...within, ...sums.guarded(sums.product(unknown(site, context), beyond, fresh), cell)]
}
