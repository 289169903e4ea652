// Σ, max, min and med of a claim, over the integers where the body may be other than 0.

import { ConcreteError, EndlessError } from '../../core/errors.ts'
import type { Value } from '../../evaluate/machine.ts'
import type { Resolved } from '../../language/resolved.ts'
import { type Candidate, winningValue } from '../domains/comparing.ts'
import { median } from '../domains/elementary.ts'
import { boxesOf } from './boxes.ts'
import { array, type Compiled, scalar } from './compiled.ts'
import { compileConditions } from './conditions.ts'
import type { Interval } from './constraints.ts'
import { compileExpression } from './expression.ts'
import { binderRanges } from './ranges.ts'
import { summedInRuns } from './reduction-sum.ts'
import { compileIndex, type Site, withIndex } from './site.ts'

type Reduction = Extract<Resolved, { kind: 'reduction' }>
type Bound = Pick<Reduction, 'binders' | 'body'> & Partial<Pick<Reduction, 'conditions'>>

export interface Loop<T> {
  readonly site: Site<T>
  readonly ranges: readonly Interval[]
  readonly slots: readonly number[]
  readonly run: (body: () => void) => void
}

/**
 * Binders innermost last; limits are looked at again in every pass, for they may use outer binders.
 */
export const loopOf = <T>({ binders, conditions = [], body }: Bound, outer: Site<T>): Loop<T> => {
  const { ranges: settled, known, world } = outer
  const found = binderRanges(binders, conditions, body, known, boxesOf(outer), settled?.sums)
  const ranges = found.map((each, k): Interval => {
    if (each.kind === 'endless') throw new EndlessError(each.why, binders[k]!.span)
    if (each.unsettled) world.unsettled?.()
    return each.range
  })
  const slots: number[] = []
  let site = outer
  binders.forEach(({ name }, k) => {
    const range = ranges[k]!
    const inner = withIndex(site, name, range)
    site = inner.site
    slots.push(inner.slot)
  })
  const limits = binders.map(({ lower, upper }) => ({
    lower: lower && compileIndex(lower, site),
    upper: upper && compileIndex(upper, site),
  }))
  const { budget } = outer.world
  const run = (then: () => void, level = 0): void => {
    if (level === slots.length) {
      budget.tick()
      const isWithin = limits.every(({ lower, upper }, k) => {
        const value = site.slots[slots[k]!]!
        return (!lower || value >= lower()) && (!upper || value <= upper())
      })
      if (isWithin) then()
      return
    }
    const { low, high } = ranges[level]!
    for (let value = low; value <= high; value++) {
      site.slots[slots[level]!] = value
      run(then, level + 1)
    }
  }
  return { site, ranges, slots, run }
}

export const compileReduction = <T>(node: Reduction, outer: Site<T>): Compiled<T> => {
  const { domain } = outer.world
  const loop = loopOf(node, outer)
  const inRuns = summedInRuns(node, loop)
  if (inRuns) return scalar(() => inRuns() ?? domain.zero)
  const body = compileExpression(node.body, loop.site)
  const guard = compileConditions(node.conditions, loop.site).value
  const isIncluded = (): boolean => node.conditions.length === 0 || guard() !== null
  const { operator } = node
  if (operator !== 'sum') {
    if (body.rank !== 0) throw new ConcreteError(`${operator} of arrays over an index`)
    return scalar(() => reduced(operator, candidates(loop, body.value, isIncluded), outer))
  }
  if (body.rank === 0)
    return scalar(() => {
      let total = domain.zero
      loop.run(() => {
        const term = isIncluded() ? body.value() : null
        if (term !== null) total = total === domain.zero ? term : domain.add(total, term)
      })
      return total
    })
  return array(body.shape, () => {
    let total: readonly T[] | undefined
    loop.run(() => {
      if (!isIncluded()) return
      const { data } = body.tensor()
      total = total ? total.map((value, at) => domain.add(value, data[at]!)) : data
    })
    const count = body.shape.reduce((all, length) => all * length, 1)
    return { shape: body.shape, data: total ?? new Array<T>(count).fill(domain.zero) }
  })
}

/** What lies outside its box does not compete. */
export const candidates = <T>(
  loop: Loop<T>,
  value: () => Value<T>,
  isIncluded: () => boolean = () => true,
): Candidate<T>[] => {
  const found: Candidate<T>[] = []
  loop.run(() => {
    const candidate = isIncluded() ? value() : null
    if (candidate === null) return
    found.push({ value: candidate, at: loop.slots.map((slot) => loop.site.slots[slot]!) })
  })
  return found
}

const reduced = <T>(
  operator: 'max' | 'min' | 'med',
  all: readonly Candidate<T>[],
  { world }: Site<T>,
): T => {
  if (operator === 'med')
    return median(
      world.domain,
      all.map(({ value }) => value),
    )
  const value = winningValue(world.domain, operator, all)
  if (value === undefined) throw new ConcreteError(`${operator} of nothing`)
  return value
}
