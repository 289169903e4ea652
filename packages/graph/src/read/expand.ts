// A line at one entry: numbers for its letters, sums and maxima written out, long sums with dots.

import { number, productOf, sumOf } from '../notation/algebra.ts'
import {
  type Expression,
  evaluateSize,
  type Line,
  specialise,
  type Variable,
} from '../notation/index.ts'
import { substitute } from '../notation/substitute.ts'
import { mapChildren, mentionsFree, nodes } from '../notation/traverse.ts'
import type { Node } from '../record/node.ts'
import type { Shape } from '../shape.ts'
import { isZero, settleConditions } from './compose/tidy.ts'

const DOTS = '⋯'

/**
 * What stands in a sum for the terms that are left out. Each has a name of its own: two sums leave
 * out different terms, which neither cancel nor are twice one.
 */
export const areDots = (name: string): boolean => name.startsWith(DOTS)

/** Sums longer than this are abridged to their first two terms and the last. */
const MOST_TERMS = 4
/** Assignments of bound indices that are tried before a sum is left as it is. */
const MOST_STEPS = 20_000

/** The line's body at 1-based indices; every sum written out, up to `terms` of them. */
export function expandLine(
  line: Line,
  at: readonly number[],
  arrays: ReadonlyMap<string, Node>,
  terms = MOST_TERMS,
): Line {
  const shapeOf = (key: string): Shape => arrays.get(key)!.shape
  const values = new Map<string, Expression>()
  line.indices.forEach((index, axis) => {
    if (index.kind === 'symbol') values.set(index.name, number(at[axis]!))
  })
  const expansion: Expansion = { shapeOf, terms, steps: MOST_STEPS, dots: 0 }
  const shapes = Object.fromEntries([...arrays].map(([key, node]) => [key, node.shape]))
  const placed = { ...line, indices: at.map(number), body: substitute(line.body, values) }
  const body = expand(fold(placed.body, shapeOf), expansion)
  return specialise({ ...placed, body }, { shapes, symbols: {}, shape: at.map(() => 1) })
}

interface Expansion {
  readonly shapeOf: (key: string) => Shape
  readonly terms: number
  steps: number
  /** How many sums are abridged so far. */
  dots: number
}

function expand(expression: Expression, expansion: Expansion): Expression {
  if (expression.kind === 'reduction') return expandReduction(expression, expansion)
  if (expression.kind === 'iverson') return expression
  return tidied(mapChildren(expression, (part) => expand(part, expansion)))
}

type Reduction = Extract<Expression, { kind: 'reduction' }>

const NAMES: Readonly<Record<string, 'max' | 'min'>> = { max: 'max', min: 'min' }

function expandReduction(reduction: Reduction, expansion: Expansion): Expression {
  const { shapeOf } = expansion
  const isSum = reduction.reduction === 'Σ'
  const name = NAMES[reduction.reduction]
  if (!isSum && !name) return reduction
  const variables = reduction.variables.map((variable) =>
    bounded(variable, reduction.body, shapeOf),
  )
  const entries = assignments(reduction.body, variables, expansion)
  if (!entries) return reduction
  if (name) {
    const inside = entries.filter((entry) => !isZero(entry))
    const isShort = inside.length === entries.length && inside.length <= 2 * expansion.terms
    return isShort ? { kind: 'call', name, operands: inside } : reduction
  }
  const terms = entries.filter((entry) => !isZero(entry))
  if (terms.length <= expansion.terms) return sumOf(terms.map((term) => expand(term, expansion)))
  const isWhole = terms.length === entries.length && isCount(entries.length, variables)
  if (!isWhole || !dotsAreClear(reduction.body, variables, shapeOf)) return reduction
  const [first, second] = [terms[0]!, terms[1]!].map((term) => expand(term, expansion))
  const last = expand(terms.at(-1)!, expansion)
  // Of a + b + a' + b' + ⋯ nobody knows which are one term.
  if (first!.kind === 'sum') return reduction
  const dots: Expression = { kind: 'symbol', name: `${DOTS}${++expansion.dots}` }
  return { kind: 'sum', terms: [first!, second!, dots, last] }
}

const isCount = (count: number, variables: readonly Variable[]): boolean =>
  count === variables.reduce((all, { upTo }) => all * (upTo as { value: number }).value, 1)

/**
 * Whether three dots can mean one sum only: entries step by one, along one axis or row by row to
 * the end of an axis that is there to be seen. Others keep their Σ.
 */
function dotsAreClear(
  body: Expression,
  variables: readonly Variable[],
  shapeOf: (key: string) => Shape,
): boolean {
  if (variables.length > 2) return false
  const names = new Set(variables.map(({ name }) => name))
  const fastest = variables.at(-1)!
  let isClear = true
  let isWhole = variables.length === 1
  for (const part of nodes(body)) {
    if (part.kind === 'reduction' || part.kind === 'iverson') isClear = false
    if (part.kind !== 'access') continue
    const moving = part.indices.filter((index) =>
      [...names].some((name) => mentionsFree(index, name)),
    )
    if (moving.some((index) => !stepsByOne(index, names))) isClear = false
    part.indices.forEach((index, axis) => {
      const isBare = index.kind === 'symbol' && index.name === fastest.name
      if (isBare && shapeOf(part.array)[axis] === (fastest.upTo as { value: number }).value)
        isWhole = true
    })
  }
  return isClear && isWhole
}

/** i + u − 1: one of the letters, alone or with numbers. */
const stepsByOne = (index: Expression, names: ReadonlySet<string>): boolean => {
  const terms = index.kind === 'sum' ? index.terms : [index]
  const moving = terms.filter((term) => [...names].some((name) => mentionsFree(term, name)))
  const [only] = moving
  const bare = only?.kind === 'negation' ? only.operand : only
  return moving.length === 1 && bare?.kind === 'symbol'
}

/** The body at every assignment of the variables, in order; undefined where there are too many. */
function assignments(
  body: Expression,
  variables: readonly Variable[],
  expansion: Expansion,
): Expression[] | undefined {
  let bodies: Expression[] = [body]
  for (const { name, upTo } of variables) {
    if (upTo?.kind !== 'number') return undefined
    expansion.steps -= bodies.length * upTo.value
    if (expansion.steps < 0) return undefined
    bodies = bodies.flatMap((part) =>
      Array.from({ length: upTo.value }, (_, k) =>
        fold(substitute(part, new Map([[name, number(k + 1)]])), expansion.shapeOf),
      ).filter((entry) => variables.length === 1 || !isZero(entry)),
    )
  }
  return bodies
}

/** A bound that goes without saying, said. */
function bounded(variable: Variable, body: Expression, shapeOf: (key: string) => Shape): Variable {
  if (variable.upTo) return variable
  let longest = 0
  const visit = (part: Expression): Expression => {
    if (part.kind === 'access') {
      part.indices.forEach((index, axis) => {
        if (index.kind === 'symbol' && index.name === variable.name) {
          longest = Math.max(longest, shapeOf(part.array)[axis]!)
        }
      })
    }
    return mapChildren(part, visit)
  }
  visit(body)
  return { name: variable.name, upTo: number(longest) }
}

/** Indices computed, what is outside its box 0, conditions on numbers decided. */
function fold(expression: Expression, shapeOf: (key: string) => Shape): Expression {
  return settleConditions(compute(expression, shapeOf), new Map())
}

function compute(expression: Expression, shapeOf: (key: string) => Shape): Expression {
  const inner = mapChildren(expression, (part) => compute(part, shapeOf))
  if (inner.kind === 'access') {
    const shape = shapeOf(inner.array)
    const isOutside = inner.indices.some((raw, axis) => {
      const index = sizeValue(raw)
      return index !== undefined && (index < 1 || index > shape[axis]!)
    })
    if (isOutside) return number(0)
    return { ...inner, indices: inner.indices.map((index) => numeral(index)) }
  }
  if (inner.kind !== 'iverson') return inner
  const guards = inner.guards.map((guard) =>
    guard.kind === 'relation'
      ? { ...guard, operands: guard.operands.map(numeral) }
      : { ...guard, at: guard.at.map(numeral) },
  )
  return { kind: 'iverson', guards }
}

const ARITHMETIC: ReadonlySet<Expression['kind']> = new Set([
  'number',
  'sum',
  'product',
  'negation',
  'quotient',
  'modulo',
  'call',
])

/** The number that index arithmetic without letters comes to. */
function sizeValue(expression: Expression): number | undefined {
  let isClosed = true
  const visit = (part: Expression): Expression => {
    if (!ARITHMETIC.has(part.kind)) isClosed = false
    return isClosed ? mapChildren(part, visit) : part
  }
  visit(expression)
  if (!isClosed) return undefined
  try {
    return evaluateSize(expression, {})
  } catch {
    return undefined
  }
}

function numeral(expression: Expression): Expression {
  const value = sizeValue(expression)
  return value === undefined ? expression : number(value)
}

function tidied(expression: Expression): Expression {
  if (expression.kind === 'sum') return sumOf(expression.terms)
  if (expression.kind === 'product') {
    return expression.factors.some(isZero) ? number(0) : productOf(expression.factors)
  }
  return expression
}
