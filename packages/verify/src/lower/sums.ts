// Σ, max, min and med of a claim: every letter gets the range that the statement gives it.

import { at as letterAt, related, whole, wholeValue } from '../core/build.ts'
import type { Axis, Guard, Letter, Scalar } from '../core/core.ts'
import { ConcreteError, EndlessError } from '../core/errors.ts'
import type { Resolved, ResolvedBinder, ResolvedComparison } from '../language/resolved.ts'
import { axisOf } from './axes.ts'
import { boxesOf } from './boxes.ts'
import { guardsOf } from './brackets.ts'
import { indexOf } from './indices.ts'
import { lower } from './lower.ts'
import { binderRanges } from './ranges/ranges.ts'
import { type Site, withLetter } from './site.ts'
import { arrayValue, numberValue, type Value } from './value.ts'

type Reduction = Extract<Resolved, { kind: 'reduction' }>

export interface Bound {
  readonly site: Site
  readonly over: readonly Axis[]
  /** Limits that other letters move. */
  readonly limits: readonly Guard[]
}

/** @throws EndlessError where nothing bounds a letter */
export const bind = (
  binders: readonly ResolvedBinder[],
  conditions: readonly ResolvedComparison[],
  body: Resolved,
  outer: Site,
): Bound => {
  if (outer.lengths.vary) return bindOpen(binders, body, outer)
  const { ranges: settled, known } = outer
  const found = binderRanges(binders, conditions, body, known, boxesOf(outer), settled?.sums)
  const ranges = found.map((each, k) => {
    if (each.kind === 'endless') throw new EndlessError(each.why, binders[k]!.span)
    if (each.unsettled) outer.unsettled?.()
    return each.range
  })
  let site = outer
  const letters = binders.map(({ name }, k): Letter => {
    const inner = withLetter(site, name, ranges[k])
    site = inner.site
    return inner.letter
  })
  const over = letters.map((letter, k): Axis => {
    const { low, high } = ranges[k]!
    return { letter, from: whole(low), to: whole(high) }
  })
  const limits = binders.flatMap(({ lower: from, upper: to }, k): Guard[] => {
    const letter = letterAt(letters[k]!)
    const [least, most] = [from, to].map((limit) => limit && indexOf(limit, site))
    return [
      ...(least && wholeValue(least) === undefined ? [related(letter, '≥', least)] : []),
      ...(most && wholeValue(most) === undefined ? [related(letter, '≤', most)] : []),
    ]
  })
  return { site, over, limits }
}

/** Where lengths are unknowns a letter runs through the axis that it indexes. */
const bindOpen = (binders: readonly ResolvedBinder[], body: Resolved, outer: Site): Bound => {
  let site = outer
  const found = binders.map((binder) => {
    const next = axisOf(binder, body, site)
    site = next.site
    return next
  })
  return {
    site,
    over: found.map(({ axis }) => axis),
    limits: found.flatMap(({ limits }) => limits),
  }
}

export const lowerReduction = (node: Reduction, outer: Site): Value => {
  const { operator, binders, conditions, body } = node
  const { site, over, limits } = bind(binders, conditions, body, outer)
  const when = [...limits, ...conditions.flatMap((condition) => guardsOf(condition, site))]
  const value = lower(body, site)
  const reduce = (inner: Scalar): Scalar => ({
    kind: 'reduce',
    by: operator,
    over,
    when,
    body: inner,
  })
  if (value.kind === 'number') return numberValue(reduce(value.scalar))
  if (operator !== 'sum') throw new ConcreteError(`${operator} of arrays over an index`)
  const { dual } = value
  return arrayValue(value.shape, (index) => reduce(value.at(index)), { dual })
}
