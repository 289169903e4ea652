// Linear constraints on letters, and the intervals that they leave. Which constraints the parts of
// a core make is not said here.

import { constantValue } from '../arithmetic/polynomial.ts'
import type { Axis, Guard, Index, Letter } from '../core/core.ts'

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
export interface Constraint extends Interval {
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
export const formOf = (index: Index): LinearForm | undefined => {
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

export const between = (form: LinearForm | undefined, low: number, high: number): Constraint[] =>
  form ? [{ form, low, high }] : []

export const ofGuard = (guard: Guard): Constraint[] => {
  if (guard.kind !== 'indices' || guard.relation === '≠') return []
  const { relation } = guard
  const low = relation === '≥' || relation === '>' || relation === '=' ? 0 : -Infinity
  const high = relation === '≤' || relation === '<' || relation === '=' ? 0 : Infinity
  return between(difference(guard.left, guard.right), low, high)
}

export const ofLimits = (axes: readonly Axis[]): Constraint[] =>
  axes.flatMap(({ letter, from, to }) => {
    const self: Index = { kind: 'letter', letter }
    return [
      ...(from ? between(difference(self, from), 0, Infinity) : []),
      ...(to ? between(difference(self, to), -Infinity, 0) : []),
    ]
  })

export const single = (letter: Letter, { low, high }: Interval): Constraint => ({
  form: { coefficients: new Map([[letter, 1]]), low: 0, high: 0 },
  low,
  high,
})

const rounds = 6
const slack = 1e-9

/** Intervals of all letters that occur, by propagation. */
export const solve = (constraints: readonly Constraint[], known: Intervals): Intervals => {
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
