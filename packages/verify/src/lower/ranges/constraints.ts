// Linear constraints on indices, and the intervals that they leave. Which constraints a claim's
// arrays make is not said here.
import type { Interval } from '../../core/statement.ts'
import type { Resolved, ResolvedBinder, ResolvedComparison } from '../../language/resolved.ts'

import { intervalOf } from './interval-of.ts'

export type Intervals = ReadonlyMap<string, Interval>

/** Σ coefficient · index + something between low and high. */
interface LinearForm {
  readonly coefficients: ReadonlyMap<string, number>
  readonly low: number
  readonly high: number
}
/** The form lies between low and high. */
export interface Constraint extends Interval {
  readonly form: LinearForm
}

/** What the ranges need to know of a claim's arrays. */
export interface Boxes {
  readonly shapeOf: (array: Resolved) => readonly number[] | undefined
  readonly size: (name: string) => number | undefined
}

const fixed = (low: number, high = low): LinearForm => ({ coefficients: new Map(), low, high })

const scaled = (form: LinearForm, by: number): LinearForm => {
  const ends = [form.low * by, form.high * by]
  return {
    coefficients: new Map([...form.coefficients].map(([name, c]) => [name, c * by])),
    low: Math.min(...ends),
    high: Math.max(...ends),
  }
}

const plus = (a: LinearForm, b: LinearForm): LinearForm => {
  const coefficients = new Map(a.coefficients)
  for (const [name, c] of b.coefficients) coefficients.set(name, (coefficients.get(name) ?? 0) + c)
  return { coefficients, low: a.low + b.low, high: a.high + b.high }
}

/** Undefined where the index is not linear. */
const formOf = (node: Resolved, boxes: Boxes): LinearForm | undefined => {
  const each = (
    nodes: readonly Resolved[],
    combine: (a: LinearForm, b: LinearForm) => LinearForm | undefined,
  ) =>
    nodes
      .map((inner) => formOf(inner, boxes))
      .reduce((a, b) => (a && b ? combine(a, b) : undefined))
  switch (node.kind) {
    case 'numeral':
      return fixed(Number(node.value.numerator) / Number(node.value.denominator))
    case 'size': {
      const value = boxes.size(node.name)
      return value === undefined ? undefined : fixed(value)
    }
    case 'index':
      return { coefficients: new Map([[node.name, 1]]), low: 0, high: 0 }
    case 'negation':
      return each([node.operand], plus) && scaled(formOf(node.operand, boxes)!, -1)
    case 'addition':
      return each(node.terms, plus)
    case 'product':
      return each(node.factors, (a, b) => {
        if (b.coefficients.size === 0 && b.low === b.high) return scaled(a, b.low)
        return a.coefficients.size === 0 && a.low === a.high ? scaled(b, a.low) : undefined
      })
    case 'quotient': {
      const [above, below] = [formOf(node.numerator, boxes), formOf(node.denominator, boxes)]
      const isNumber = below?.coefficients.size === 0 && below.low === below.high && below.low !== 0
      return above && isNumber ? scaled(above, 1 / below.low) : undefined
    }
    case 'call': {
      const inner = node.operands.length === 1 ? formOf(node.operands[0]!, boxes) : undefined
      if (node.word === 'ceil') return inner && plus(inner, fixed(0, 1))
      if (node.word === 'floor') return inner && plus(inner, fixed(-1, 0))
      return undefined
    }
    default:
      return undefined
  }
}

export const within = (node: Resolved, low: number, high: number, boxes: Boxes): Constraint[] => {
  const form = formOf(node, boxes)
  return form ? [{ form, low, high }] : withinCurve(node, low, high, boxes)
}

/** What |e|, max, min and powers between `low` and `high` leave to what they are of. */
const withinCurve = (node: Resolved, low: number, high: number, boxes: Boxes): Constraint[] => {
  const each = (nodes: readonly Resolved[], from: number, to: number) =>
    nodes.flatMap((inner) => within(inner, from, to, boxes))
  if (node.kind === 'call') {
    const { word, operands } = node
    if (word === 'abs') return each(operands, -high, high)
    if (word === 'max') return each(operands, Number.NEGATIVE_INFINITY, high)
    return word === 'min' ? each(operands, low, Number.POSITIVE_INFINITY) : []
  }
  if (node.kind !== 'power') return []
  const [base, exponent] = [node.base, node.exponent].map((part) => formOf(part, boxes)?.low)
  if (node.exponent.kind === 'numeral' && exponent! >= 1) {
    const most = high ** (1 / exponent!)
    return each([node.base], exponent! % 2 === 0 ? -most : Math.min(low, 1), most)
  }
  const isGrowing = node.base.kind === 'numeral' && base! > 1 && low > 0
  if (!isGrowing) return []
  const [from, to] = [low, high].map((end) => Math.log(end) / Math.log(base!))
  return each([node.exponent], from!, to!)
}

const difference = (a: Resolved, b: Resolved, boxes: Boxes): LinearForm | undefined => {
  const [left, right] = [formOf(a, boxes), formOf(b, boxes)]
  return left && right && plus(left, scaled(right, -1))
}

export const comparison = (node: ResolvedComparison, boxes: Boxes): Constraint[] =>
  node.relations.flatMap((relation, k) => {
    const form = difference(node.operands[k]!, node.operands[k + 1]!, boxes)
    if (!form || relation === '≠' || relation === '∈') return []
    const low = relation === '≥' || relation === '>' || relation === '=' ? 0 : -Infinity
    const high = relation === '≤' || relation === '<' || relation === '=' ? 0 : Infinity
    return [{ form, low, high }]
  })

/** What the limits of letters leave, as far as they are known. */
export const bounds = (
  binders: readonly ResolvedBinder[],
  boxes: Boxes,
  known: Intervals,
): Constraint[] =>
  binders.flatMap(({ name, lower, upper, span }) => {
    const self: Resolved = { kind: 'index', name, span }
    const beside = (limit: Resolved): LinearForm | undefined => {
      const linear = difference(self, limit, boxes)
      const between = linear ? undefined : intervalOf(limit, boxes, known)
      if (!between) return linear
      return { coefficients: new Map([[name, 1]]), low: -between.high, high: -between.low }
    }
    const from = lower && beside(lower)
    const to = upper && beside(upper)
    return [
      ...(from ? [{ form: from, low: 0, high: Infinity }] : []),
      ...(to ? [{ form: to, low: -Infinity, high: 0 }] : []),
    ]
  })

export const without = (known: Intervals, names: ReadonlySet<string>): Intervals =>
  new Map([...known].filter(([name]) => !names.has(name)))

export const single = (name: string, { low, high }: Interval): Constraint => ({
  form: { coefficients: new Map([[name, 1]]), low: 0, high: 0 },
  low,
  high,
})

const rounds = 6
const slack = 1e-9

/** Intervals of all indices that occur, by propagation. */
export const solve = (constraints: readonly Constraint[], known: Intervals): Intervals => {
  const found = new Map(known)
  const at = (name: string): Interval => found.get(name) ?? { low: -Infinity, high: Infinity }
  let isChanged = true
  for (let round = 0; isChanged && round < rounds; round++) {
    isChanged = false
    for (const { form, low, high } of constraints)
      for (const [name, c] of form.coefficients) {
        if (c === 0) continue
        let [least, most] = [form.low, form.high]
        for (const [other, d] of form.coefficients) {
          if (other === name || d === 0) continue
          const range = at(other)
          least += Math.min(d * range.low, d * range.high)
          most += Math.max(d * range.low, d * range.high)
        }
        const ends = [(low - most) / c, (high - least) / c] as const
        const before = at(name)
        const after = {
          low: Math.max(before.low, Math.ceil(Math.min(ends[0], ends[1]) - slack)),
          high: Math.min(before.high, Math.floor(Math.max(ends[0], ends[1]) + slack)),
        }
        if (found.has(name) && after.low === before.low && after.high === before.high) continue
        found.set(name, after)
        isChanged = true
      }
  }
  return found
}
