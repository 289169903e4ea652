// Between which numbers an index lies that is not linear in its letters: 10^2, |j|, max(j, 2), i^2.
import type { Interval } from '../../core/statement.ts'
import type { Resolved } from '../../language/resolved.ts'
import type { Boxes, Intervals } from './constraints.ts'

const span = (values: readonly number[]): Interval | undefined =>
  values.some(Number.isNaN) ? undefined : { low: Math.min(...values), high: Math.max(...values) }

const ends = ({ low, high }: Interval): readonly number[] => [low, high]

const crossing = (a: Interval, b: Interval, combine: (x: number, y: number) => number) =>
  span(ends(a).flatMap((x) => ends(b).map((y) => combine(x, y))))

const holdsZero = ({ low, high }: Interval): boolean => low <= 0 && high >= 0

/** Monotone in base and exponent above 1; of one exponent least and most at the ends or at 0. */
const raised = (base: Interval, exponent: Interval): Interval | undefined => {
  if (base.low >= 1 && exponent.low >= 0) return crossing(base, exponent, (x, y) => x ** y)
  const { low: e, high } = exponent
  if (e !== high || !Number.isInteger(e) || (e <= 0 && holdsZero(base))) return undefined
  const found = ends(base).map((x) => x ** e)
  return span(holdsZero(base) ? [...found, 0] : found)
}

/** Undefined where nothing is known of it. */
export const intervalOf = (
  node: Resolved,
  boxes: Boxes,
  known: Intervals,
): Interval | undefined => {
  const of = (inner: Resolved) => intervalOf(inner, boxes, known)
  const folded = (
    nodes: readonly Resolved[],
    combine: (a: Interval, b: Interval) => Interval | undefined,
  ) => nodes.map(of).reduce((a, b) => (a && b ? combine(a, b) : undefined))
  switch (node.kind) {
    case 'numeral':
      return span([Number(node.value.numerator) / Number(node.value.denominator)])
    case 'size': {
      const length = boxes.size(node.name)
      return length === undefined ? undefined : span([length])
    }
    case 'index':
      return known.get(node.name)
    case 'negation': {
      const inner = of(node.operand)
      return inner && { low: -inner.high, high: -inner.low }
    }
    case 'addition':
      return folded(node.terms, (a, b) => ({ low: a.low + b.low, high: a.high + b.high }))
    case 'product':
      return folded(node.factors, (a, b) => crossing(a, b, (x, y) => x * y))
    case 'quotient':
      return folded([node.numerator, node.denominator], (a, b) =>
        holdsZero(b) ? undefined : crossing(a, b, (x, y) => x / y),
      )
    case 'power':
      return folded([node.base, node.exponent], raised)
    case 'call':
      return calledBetween(node.word, node.operands.map(of))
    default:
      return undefined
  }
}

const calledBetween = (
  word: string,
  operands: readonly (Interval | undefined)[],
): Interval | undefined => {
  const [first] = operands
  if (!first || operands.includes(undefined)) return undefined
  const all = operands as readonly Interval[]
  switch (word) {
    case 'floor':
      return { low: Math.floor(first.low), high: Math.floor(first.high) }
    case 'ceil':
      return { low: Math.ceil(first.low), high: Math.ceil(first.high) }
    case 'abs':
      return span([...ends(first).map(Math.abs), ...(holdsZero(first) ? [0] : [])])
    case 'max':
    case 'min': {
      const [lows, highs] = [all.map(({ low }) => low), all.map(({ high }) => high)]
      return { low: Math[word](...lows), high: Math[word](...highs) }
    }
    default:
      return undefined
  }
}
