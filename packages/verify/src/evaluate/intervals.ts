// Where letters without a range run: the integers at which what they index may be other than 0. A
// read or a guard makes a linear constraint; propagation leaves an interval to every letter.

import { constantValue } from '../arithmetic/polynomial.ts'
import type { Axis, Guard, Letter, Scalar, Source } from '../core/core.ts'
import { lengthsOf } from '../core/shapes.ts'
import {
  between,
  type Constraint,
  formOf,
  type Interval,
  type Intervals,
  ofGuard,
  ofLimits,
  single,
  solve,
} from './constraints.ts'

/** What is left of constraints to the letters that are seen from outside. */
const outside = (
  constraints: readonly Constraint[],
  hidden: readonly Letter[],
  known: Intervals,
): Constraint[] =>
  [...solve(constraints, known)]
    .filter(([letter]) => !hidden.includes(letter))
    .map(([letter, interval]) => single(letter, interval))

/** A sum may be other than 0 where one of its terms may. */
const hull = (solutions: readonly Intervals[]): Constraint[] => {
  const [first, ...others] = solutions
  return [...(first ?? [])].flatMap(([letter, interval]) => {
    let { low, high } = interval
    for (const other of others) {
      const range = other.get(letter)
      if (!range) return []
      low = Math.min(low, range.low)
      high = Math.max(high, range.high)
    }
    return [single(letter, { low, high })]
  })
}

/** As hull, of what a function reads: a term without a letter says nothing of it. */
const hullOfReaders = (solutions: readonly Intervals[]): Constraint[] => {
  const letters = new Set(solutions.flatMap((solution) => [...solution.keys()]))
  return [...letters].flatMap((letter) =>
    hull(
      solutions.flatMap((solution) => {
        const range = solution.get(letter)
        return range ? [new Map([[letter, range]])] : []
      }),
    ),
  )
}

/**
 * What must hold where a scalar is not 0. `all` also takes what a function reads: σ(z_{ij}).
 */
const demands = (s: Scalar, known: Intervals, all: boolean): Constraint[] => {
  const inner = (part: Scalar) => demands(part, known, all)
  switch (s.kind) {
    case 'number':
    case 'size':
      return []
    case 'read': {
      const lengths = lengthsOf(s.from)
      const own = s.at.flatMap((index, axis) =>
        between(formOf(index), 1, Number(constantValue(lengths[axis]!) ?? Infinity)),
      )
      return s.from.kind === 'table' ? [...own, ...demandsOfTable(s.from, known, all)] : own
    }
    case 'product':
      return s.factors.flatMap(inner)
    case 'quotient':
      return all ? [...inner(s.above), ...inner(s.below)] : inner(s.above)
    case 'power':
      return inner(s.base)
    case 'sum': {
      const solutions = s.terms.map((term) => solve(inner(term), known))
      return all ? hullOfReaders(solutions) : hull(solutions)
    }
    case 'apply':
      return all ? s.to.flatMap(inner) : []
    case 'reduce': {
      const own = [...inner(s.body), ...ofLimits(s.over), ...s.when.flatMap(ofGuard)]
      return outside(
        own,
        s.over.map(({ letter }) => letter),
        known,
      )
    }
    case 'guard':
      return s.guards.flatMap((guard) => {
        if (guard.kind !== 'winner') return ofGuard(guard)
        const solved = solve([...ofLimits(guard.over), ...inner(guard.body)], known)
        return guard.at.flatMap((index, k) => {
          const range = guard.over[k] && solved.get(guard.over[k].letter)
          return range ? between(formOf(index), range.low, range.high) : []
        })
      })
  }
}

const demandsOfTable = (
  { axes, body }: Extract<Source, { kind: 'table' }>,
  known: Intervals,
  all: boolean,
): Constraint[] => {
  const own = axes.map(({ letter, length }) =>
    single(letter, { low: 1, high: Number(constantValue(length) ?? Infinity) }),
  )
  return outside(
    [...own, ...demands(body, known, all)],
    axes.map(({ letter }) => letter),
    known,
  )
}

const isBounded = (interval: Interval | undefined): interval is Interval =>
  interval !== undefined && Number.isFinite(interval.low) && Number.isFinite(interval.high)

/** The interval of each letter that is bound; undefined where nothing bounds it. */
export const boundIntervals = (
  over: readonly Axis[],
  when: readonly Guard[],
  body: Scalar,
  known: Intervals,
): (Interval | undefined)[] => {
  const own = [...ofLimits(over), ...when.flatMap(ofGuard)]
  const strict = solve([...own, ...demands(body, known, false)], known)
  const isEnough = over.every(({ letter }) => isBounded(strict.get(letter)))
  // Σ_l e^{x_l} is over the axis of x, though e^0 is not 0.
  const loose = isEnough ? strict : solve([...own, ...demands(body, known, true)], known)
  return over.map(({ letter }) =>
    [strict.get(letter), loose.get(letter)].find((interval) => isBounded(interval)),
  )
}
