// Indices of a reading, as whole numbers times letters: i + u − 1, and where they run.

import { constantValue } from '../arithmetic/polynomial.ts'
import type { Index, Letter } from '../core/core.ts'
import type { Style } from './style.ts'

/** Σ coefficient · spelling + constant, and the interval in which it lies. */
export interface Linear {
  readonly terms: ReadonlyMap<string, number>
  readonly constant: number
  readonly low: number
  readonly high: number
}

/** What letters stand for. */
export type Values = ReadonlyMap<Letter, Linear>

const constant = (n: number): Linear => ({ terms: new Map(), constant: n, low: n, high: n })

export const atom = (spelling: string, low: number, high: number): Linear => ({
  terms: new Map([[spelling, 1]]),
  constant: 0,
  low,
  high,
})

const plus = (a: Linear, b: Linear): Linear => {
  const terms = new Map(a.terms)
  for (const [name, c] of b.terms) {
    const sum = (terms.get(name) ?? 0) + c
    if (sum === 0) terms.delete(name)
    else terms.set(name, sum)
  }
  return {
    terms,
    constant: a.constant + b.constant,
    low: a.low + b.low,
    high: a.high + b.high,
  }
}

const times = (a: Linear, by: number): Linear => {
  const ends = [a.low * by, a.high * by]
  return {
    terms: by === 0 ? new Map() : new Map([...a.terms].map(([name, c]) => [name, c * by])),
    constant: a.constant * by,
    low: Math.min(...ends),
    high: Math.max(...ends),
  }
}

const isNumber = ({ terms }: Linear): boolean => terms.size === 0

export const spellLinear = ({ terms, constant: rest }: Linear): string => {
  const signed = (size: string, isNegative: boolean, isFirst: boolean) =>
    `${isNegative ? '-' : isFirst ? '' : '+'}${size}`
  // What is positive first: 4-u.
  const letters = [...terms].sort(([, a], [, b]) => Math.sign(b) - Math.sign(a))
  const leads = rest > 0 && letters.every(([, c]) => c < 0)
  const parts = letters.map(([name, c]) => ({
    size: `${Math.abs(c) === 1 ? '' : Math.abs(c)}${name}`,
    isNegative: c < 0,
  }))
  const number = { size: `${Math.abs(rest)}`, isNegative: rest < 0 }
  if (leads) parts.unshift(number)
  else if (rest !== 0 || parts.length === 0) parts.push(number)
  return parts.map(({ size, isNegative }, k) => signed(size, isNegative, k === 0)).join('')
}

const isSum = ({ terms, constant: rest }: Linear): boolean =>
  terms.size + (rest === 0 ? 0 : 1) > 1 || [...terms.values()].some((c) => c !== 1)

export const linearOf = (index: Index, values: Values, style: Style): Linear => {
  const part = (inner: Index): Linear => linearOf(inner, values, style)
  const spelled = (inner: Index): string => spellLinear(part(inner))
  const factor = (inner: Linear): string =>
    isSum(inner) ? style.parentheses(spellLinear(inner)) : spellLinear(inner)
  const anywhere = (spelling: string): Linear => atom(spelling, -Infinity, Infinity)
  switch (index.kind) {
    case 'length':
      return constant(Number(constantValue(index.of) ?? Number.NaN))
    case 'letter':
      return values.get(index.letter) ?? anywhere(index.letter.name)
    case 'plus':
      return index.terms.map(part).reduce(plus)
    case 'times': {
      const factors = index.factors.map(part)
      const by = factors.filter(isNumber).reduce((p, each) => p * each.constant, 1)
      const [only, ...others] = factors.filter((each) => !isNumber(each))
      if (!only) return constant(by)
      if (others.length === 0) return times(only, by)
      return times(anywhere([only, ...others].map(factor).join(style.dot)), by)
    }
    case 'over': {
      const [above, below] = [part(index.above), part(index.below)]
      if (isNumber(above) && isNumber(below) && Number.isInteger(above.constant / below.constant))
        return constant(above.constant / below.constant)
      return anywhere(`${factor(above)}/${factor(below)}`)
    }
    case 'raised':
      return anywhere(style.power(factor(part(index.base)), spelled(index.exponent)))
    case 'choice': {
      const [only] = index.of
      if (index.by === 'floor' || index.by === 'ceil') {
        const bound = only!.kind === 'over' ? boundsOf(only!, part, index.by) : undefined
        return atom(style[index.by](spelled(only!)), ...(bound ?? [-Infinity, Infinity]))
      }
      return anywhere(style.call(index.by, '', index.of.map(spelled)))
    }
  }
}

const boundsOf = (
  { above, below }: Extract<Index, { kind: 'over' }>,
  part: (index: Index) => Linear,
  by: 'floor' | 'ceil',
): [number, number] | undefined => {
  const [a, b] = [part(above), part(below)]
  if (!isNumber(b) || b.constant <= 0) return undefined
  const round = by === 'floor' ? Math.floor : Math.ceil
  return [round(a.low / b.constant), round(a.high / b.constant)]
}
