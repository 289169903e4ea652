// Indices of a reading, as whole numbers times letters: i + u − 1, and where they run.

import { constantPart, type Polynomial } from '../arithmetic/polynomial.ts'
import type { Index, Letter } from '../core/core.ts'
import type { Style } from './style.ts'
import { type Unknowns, valueAt } from './unknowns.ts'

/** For each of the lengths that are looked at. */
export type Ends = readonly number[]

/** Σ coefficient · spelling + constant, and the interval in which it lies. */
export interface Linear {
  readonly terms: ReadonlyMap<string, number>
  readonly constant: number
  readonly low: Ends
  readonly high: Ends
}

/** What letters stand for. */
export type Values = ReadonlyMap<Letter, Linear>

/** Where an index is spelled. */
export interface Spelled {
  readonly values: Values
  readonly style: Style
  readonly unknowns: Unknowns
}

export const ends = (n: number, { points }: Unknowns): Ends => points.map(() => n)

export const constant = (n: number, unknowns: Unknowns): Linear => {
  const same = ends(n, unknowns)
  return { terms: new Map(), constant: n, low: same, high: same }
}

export const atom = (spelling: string, low: Ends, high: Ends): Linear => ({
  terms: new Map([[spelling, 1]]),
  constant: 0,
  low,
  high,
})

/** A length: a number, or what its unknowns are called. */
export const lengthIn = (
  p: Polynomial,
  { style, unknowns }: Pick<Spelled, 'style' | 'unknowns'>,
): Linear => {
  const values = unknowns.points.map((point) => valueAt(p, point))
  const terms = [...p.values()].filter(({ variables }) => variables.length > 0)
  return {
    terms: new Map(
      terms.map(({ coefficient, variables }) => [
        variables.map(unknowns.nameOf).join(style.dot),
        Number(coefficient),
      ]),
    ),
    constant: Number(constantPart(p)),
    low: values,
    high: values,
  }
}

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
    low: a.low.map((end, k) => end + b.low[k]!),
    high: a.high.map((end, k) => end + b.high[k]!),
  }
}

/** The ends of a product of two. */
const productEnds = (a: Linear, b: Linear): Pick<Linear, 'low' | 'high'> => {
  const all = a.low.map((_, k) =>
    [a.low, a.high].flatMap((one) => [b.low, b.high].map((other) => one[k]! * other[k]!)),
  )
  return {
    low: all.map((each) => Math.min(...each)),
    high: all.map((each) => Math.max(...each)),
  }
}

const times = (a: Linear, by: Linear): Linear => ({
  terms:
    by.constant === 0
      ? new Map()
      : new Map([...a.terms].map(([name, c]) => [name, c * by.constant])),
  constant: a.constant * by.constant,
  ...productEnds(a, by),
})

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

export const isSum = ({ terms, constant: rest }: Linear): boolean =>
  terms.size + (rest === 0 ? 0 : 1) > 1 || [...terms.values()].some((c) => c !== 1)

/** A number, or the c of c i. */
const multipleOf = ({ terms, constant: rest }: Linear): number => {
  const [c = 1, ...others] = terms.values()
  return terms.size === 0 ? rest : rest === 0 && others.length === 0 ? c : 1
}

const withoutMultiple = (index: Linear): Linear => {
  const c = multipleOf(index)
  const [name] = index.terms.keys()
  if (c === 1 || name === undefined) return index
  const over = (all: Ends): Ends => all.map((end) => end / c)
  const [low, high] = c < 0 ? [index.high, index.low] : [index.low, index.high]
  return atom(name, over(low), over(high))
}

export const linearOf = (index: Index, spelling: Spelled): Linear => {
  const { values, style, unknowns } = spelling
  const part = (inner: Index): Linear => linearOf(inner, spelling)
  const spelled = (inner: Index): string => spellLinear(part(inner))
  const factor = (inner: Linear): string =>
    isSum(inner) ? style.parentheses(spellLinear(inner)) : spellLinear(inner)
  const [low, high] = [ends(-Infinity, unknowns), ends(Infinity, unknowns)]
  const anywhere = (written: string): Linear => atom(written, low, high)
  switch (index.kind) {
    case 'length':
      return lengthIn(index.of, spelling)
    case 'letter':
      return values.get(index.letter) ?? anywhere(index.letter.name)
    case 'plus':
      return index.terms.map(part).reduce(plus)
    case 'times': {
      const factors = index.factors.map(part)
      const by = factors.map(multipleOf).reduce((p, each) => p * each, 1)
      const [only, ...others] = factors.filter((each) => !isNumber(each)).map(withoutMultiple)
      if (!only) return constant(by, unknowns)
      const product = others.reduce((all, each) => {
        const both = productEnds(all, each)
        return atom(`${factor(all)}${style.dot}${factor(each)}`, both.low, both.high)
      }, only)
      return times(product, constant(by, unknowns))
    }
    case 'over': {
      const [above, below] = [part(index.above), part(index.below)]
      if (isNumber(above) && isNumber(below) && Number.isInteger(above.constant / below.constant))
        return constant(above.constant / below.constant, unknowns)
      return anywhere(`${factor(above)}/${factor(below)}`)
    }
    case 'raised':
      return anywhere(style.power(factor(part(index.base)), spelled(index.exponent)))
    case 'choice': {
      const [only] = index.of
      if (index.by === 'floor' || index.by === 'ceil') {
        const known = only!.kind === 'over' ? rounded(only!, part, index.by) : undefined
        if (known !== undefined) return constant(known, unknowns)
        const bound = only!.kind === 'over' ? boundsOf(only!, part, index.by) : undefined
        return atom(style[index.by](spelled(only!)), bound?.low ?? low, bound?.high ?? high)
      }
      return anywhere(style.call(index.by, '', index.of.map(spelled)))
    }
  }
}

type Over = Extract<Index, { kind: 'over' }>

/** ⌊7/2⌋ is 3. */
const rounded = (
  { above, below }: Over,
  part: (index: Index) => Linear,
  by: 'floor' | 'ceil',
): number | undefined => {
  const [a, b] = [part(above), part(below)]
  return isNumber(a) && isNumber(b) ? Math[by](a.constant / b.constant) : undefined
}

const boundsOf = (
  { above, below }: Over,
  part: (index: Index) => Linear,
  by: 'floor' | 'ceil',
): Pick<Linear, 'low' | 'high'> | undefined => {
  const [a, b] = [part(above), part(below)]
  if (b.low.some((end, k) => end !== b.high[k] || !(end > 0))) return undefined
  const over = (all: Ends): Ends => all.map((end, k) => Math[by](end / b.low[k]!))
  return { low: over(a.low), high: over(a.high) }
}
