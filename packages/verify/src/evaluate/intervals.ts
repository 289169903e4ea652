// Where letters without a range run: the integers at which what they index may be other than 0. A
// read or a guard makes a linear constraint; propagation leaves an interval to every letter.

import { constantValue } from '../arithmetic/polynomial.ts'
import type { Axis, Guard, Index, Letter, Scalar, Source } from '../core/core.ts'
import { lengthsOf } from '../core/shapes.ts'

export interface Interval {
  readonly low: number
  readonly high: number
}
export type Intervals = ReadonlyMap<Letter, Interval>

/** Σ coefficient · letter + something between low and high. */
interface LinearForm extends Interval {
  readonly coefficients: ReadonlyMap<Letter, number>
}
/** The form lies between low and high. */
interface Constraint extends Interval {
  readonly form: LinearForm
}

const fixed = (low: number, high = low): LinearForm => ({ coefficients: new Map(), low, high })

const scaled = (form: LinearForm, by: number): LinearForm => {
  const ends = [form.low * by, form.high * by]
  return {
    coefficients: new Map([...form.coefficients].map(([letter, c]) => [letter, c * by])),
    low: Math.min(...ends),
    high: Math.max(...ends),
  }
}

const added = (a: LinearForm, b: LinearForm): LinearForm => {
  const coefficients = new Map(a.coefficients)
  for (const [letter, c] of b.coefficients)
    coefficients.set(letter, (coefficients.get(letter) ?? 0) + c)
  return { coefficients, low: a.low + b.low, high: a.high + b.high }
}

const isConstant = ({ coefficients, low, high }: LinearForm): boolean =>
  coefficients.size === 0 && low === high

/** Undefined where the index is not linear. */
const formOf = (index: Index): LinearForm | undefined => {
  const every = (
    parts: readonly Index[],
    combine: (a: LinearForm, b: LinearForm) => LinearForm | undefined,
  ) => parts.map(formOf).reduce((a, b) => (a && b ? combine(a, b) : undefined))
  switch (index.kind) {
    case 'length': {
      const value = constantValue(index.of)
      return value === undefined ? undefined : fixed(Number(value))
    }
    case 'letter':
      return { coefficients: new Map([[index.letter, 1]]), low: 0, high: 0 }
    case 'plus':
      return every(index.terms, added)
    case 'times':
      return every(index.factors, (a, b) => {
        if (isConstant(b)) return scaled(a, b.low)
        return isConstant(a) ? scaled(b, a.low) : undefined
      })
    case 'over': {
      const [above, below] = [formOf(index.above), formOf(index.below)]
      const isNumber = below && isConstant(below) && below.low !== 0
      return above && isNumber ? scaled(above, 1 / below.low) : undefined
    }
    case 'choice': {
      const inner = index.of.length === 1 ? formOf(index.of[0]!) : undefined
      if (index.by === 'ceil') return inner && added(inner, fixed(0, 1))
      if (index.by === 'floor') return inner && added(inner, fixed(-1, 0))
      return undefined
    }
    default:
      return undefined
  }
}

const difference = (a: Index, b: Index): LinearForm | undefined => {
  const [left, right] = [formOf(a), formOf(b)]
  return left && right && added(left, scaled(right, -1))
}

const between = (form: LinearForm | undefined, low: number, high: number): Constraint[] =>
  form ? [{ form, low, high }] : []

const ofGuard = (guard: Guard): Constraint[] => {
  if (guard.kind !== 'indices' || guard.relation === '≠') return []
  const { relation } = guard
  const low = relation === '≥' || relation === '>' || relation === '=' ? 0 : -Infinity
  const high = relation === '≤' || relation === '<' || relation === '=' ? 0 : Infinity
  return between(difference(guard.left, guard.right), low, high)
}

const ofLimits = (axes: readonly Axis[]): Constraint[] =>
  axes.flatMap(({ letter, from, to }) => {
    const self: Index = { kind: 'letter', letter }
    return [
      ...(from ? between(difference(self, from), 0, Infinity) : []),
      ...(to ? between(difference(self, to), -Infinity, 0) : []),
    ]
  })

const single = (letter: Letter, { low, high }: Interval): Constraint => ({
  form: { coefficients: new Map([[letter, 1]]), low: 0, high: 0 },
  low,
  high,
})

const rounds = 6
const slack = 1e-9

/** Intervals of all letters that occur, by propagation. */
const solve = (constraints: readonly Constraint[], known: Intervals): Intervals => {
  const found = new Map(known)
  const at = (letter: Letter): Interval => found.get(letter) ?? { low: -Infinity, high: Infinity }
  let isChanged = true
  for (let round = 0; isChanged && round < rounds; round++) {
    isChanged = false
    for (const { form, low, high } of constraints)
      for (const [letter, c] of form.coefficients) {
        if (c === 0) continue
        let [least, most] = [form.low, form.high]
        for (const [other, d] of form.coefficients) {
          if (other === letter || d === 0) continue
          const range = at(other)
          least += Math.min(d * range.low, d * range.high)
          most += Math.max(d * range.low, d * range.high)
        }
        const ends = [(low - most) / c, (high - least) / c] as const
        const before = at(letter)
        const after = {
          low: Math.max(before.low, Math.ceil(Math.min(ends[0], ends[1]) - slack)),
          high: Math.min(before.high, Math.floor(Math.max(ends[0], ends[1]) + slack)),
        }
        if (found.has(letter) && after.low === before.low && after.high === before.high) continue
        found.set(letter, after)
        isChanged = true
      }
  }
  return found
}

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
