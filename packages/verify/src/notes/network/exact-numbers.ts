// Numbers of a network's text, computed exactly: 1/3 is no double.
import { add, div, type Graph } from '@backprove/graph'
import {
  addRational,
  equalRational,
  multiplyRational,
  type Rational,
  rational,
} from '../../arithmetic/rational.ts'
import { exactRational } from '../../core/exact.ts'
import { readRational } from '../../language/rational.ts'
import type { Span } from '../../language/syntax.ts'
import type { Value } from './operations.ts'

const onNumbers = {
  '+': (a: number, b: number) => a + b,
  '-': (a: number, b: number) => a - b,
  '*': (a: number, b: number) => a * b,
  '/': (a: number, b: number) => a / b,
} as const

/** 1/3 is no double: two whole numbers, one divided by the other, where a double is not enough. */
const exactly = (value: number, exact: Rational, graph: Graph): Value => {
  const { numerator, denominator } = exact
  const isExact = Number.isFinite(value) && equalRational(exactRational(value), exact)
  const [above, below] = [Number(numerator), Number(denominator)]
  if (isExact || !Number.isSafeInteger(above) || !Number.isSafeInteger(below)) return value
  return div(graph.constant(above), graph.constant(below))
}

const onRationals = (operator: keyof typeof onNumbers, a: Rational, b: Rational): Rational => {
  const negative = { ...b, numerator: -b.numerator }
  if (operator === '+') return addRational(a, b)
  if (operator === '-') return addRational(a, negative)
  if (operator === '*') return multiplyRational(a, b)
  return multiplyRational(a, rational(b.denominator, b.numerator))
}

/** More digits than a double has, as a sum of two: 10²¹ + 1, π to twenty places. */
export const literal = (
  { value, text, span }: { readonly value: number; readonly text: string; readonly span: Span },
  graph: Graph,
): Value => {
  if (!Number.isFinite(value) || text.length < 16) return value
  const exact = readRational(text.toLowerCase().replace('e+', 'e'), span)
  const left = onRationals('-', exact, exactRational(value))
  const rest = Number(left.numerator) / Number(left.denominator)
  const isWhole = rest !== 0 && equalRational(exactRational(rest), left)
  return isWhole ? add(graph.constant(value), graph.constant(rest)) : value
}

/** Numbers alone are computed exactly, unless an option takes the number. */
export const computed = (
  operator: keyof typeof onNumbers,
  left: number,
  right: number,
  isOption: boolean,
  graph: Graph,
): Value => {
  const value = onNumbers[operator](left, right)
  if (isOption || !Number.isFinite(value)) return value
  return exactly(value, onRationals(operator, exactRational(left), exactRational(right)), graph)
}

/** Above it the doubles are taken. */
const mostTurns = 64

export const powerOf = (base: number, exponent: number, graph: Graph): Value => {
  if (base === 0 || !Number.isInteger(exponent) || Math.abs(exponent) > mostTurns)
    return base ** exponent
  let exact = rational(1n)
  for (let turn = 0; turn < Math.abs(exponent); turn++)
    exact = onRationals(exponent < 0 ? '/' : '*', exact, exactRational(base))
  return exactly(base ** exponent, exact, graph)
}
