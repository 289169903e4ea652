// Σ [h = s(i-1)+u] f: a term that goes to computed places. It is read backwards: for each place the
// entries that reach it, taken and summed. No scatter, and so no order of addition.

import { readAlong } from './access.ts'
import { type Axis, countOf, type Known, positions, sizes, spread, union } from './axes.ts'
import type { Field, Fields } from './fields.ts'
import type { Tensor } from './target.ts'

/** Where a term goes along an axis of the result: an index, from 1, over letters of its own. */
export interface Place {
  readonly axis: Axis
  readonly at: Known
}

/** The term summed over the letters of its places, each entry sent to where it goes. */
export function scatter<V extends Tensor>(
  fields: Fields<V>,
  term: Field<V>,
  places: readonly Place[],
): Field<V> {
  return groupsOf(places).reduce((field, group) => scatterGroup(fields, field, group), term)
}

/** Places that share letters, together. */
function groupsOf(places: readonly Place[]): Place[][] {
  const groups: Place[][] = []
  for (const place of places) {
    const touched = groups.filter((group) =>
      group.some(({ at }) => at.axes.some((axis) => place.at.axes.includes(axis))),
    )
    for (const group of touched) groups.splice(groups.indexOf(group), 1)
    groups.push([...touched.flat(), place])
  }
  return groups
}

function scatterGroup<V extends Tensor>(
  fields: Fields<V>,
  term: Field<V>,
  places: readonly Place[],
): Field<V> {
  const { target } = fields
  const letters = union(...places.map(({ at }) => at.axes))
  const own = term.axes.filter((axis) => letters.includes(axis))
  const others = term.axes.filter((axis) => !letters.includes(axis))
  const arrivals = arrivalsOf(places, letters, own)
  const most = Math.max(1, ...arrivals.map((list) => list.length))
  const order = [...others, ...own].map((axis) => term.axes.indexOf(axis))
  const flat = target.reshape(target.transpose(fields.valueOf(term), order), [
    ...sizes(others),
    countOf(own),
  ])
  const last = others.length
  const taken = readAlong(
    target,
    flat,
    last,
    arrivals.flatMap((list) => Array.from({ length: most }, (_, k) => list[k] ?? -1)),
  )
  const apart = target.reshape(taken, [...sizes(others), arrivals.length, most])
  const summed = target.reduce('sum', apart, [last + 1])
  const axes = places.map(({ axis }) => axis)
  const value = target.reshape(summed, [...sizes(others), ...sizes(axes)])
  return fields.ordered(value, [...others, ...axes])
}

/** For every cell, in row-major order, the entries over `own` that go there. */
function arrivalsOf(
  places: readonly Place[],
  letters: readonly Axis[],
  own: readonly Axis[],
): number[][] {
  const cells = Array.from({ length: countOf(places.map(({ axis }) => axis)) }, (): number[] => [])
  const indices = places.map(({ at }) => spread(at, letters))
  positions(letters, own).forEach((entry, k) => {
    let cell = 0
    for (const [which, { axis }] of places.entries()) {
      const index = indices[which]![k]!
      if (!(Number.isInteger(index) && index >= 1 && index <= axis.size)) return
      cell = cell * axis.size + index - 1
    }
    cells[cell]!.push(entry)
  })
  return cells
}
