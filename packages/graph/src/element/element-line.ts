// A line at one entry, as a mathjs expression: sums and maxima written out, index arithmetic
// carried out, conditions on values as conditionals.

import {
  type Expression,
  evaluateSize,
  type Guard,
  type Line,
  type Relation,
  type Variable,
} from '../notation/index.ts'
import { nodes } from '../notation/traverse.ts'
import { isZero } from '../read/compose/tidy.ts'
import type { Node } from '../record/node.ts'
import type { Builder, Sized } from './element.ts'
import { added, all, type Candidate, chosen, compared, isChosen } from './element-choice.ts'

type Letters = Readonly<Record<string, number>>

interface Translation {
  readonly operands: ReadonlyMap<string, Node>
  readonly builder: Builder
  readonly level: number
}

/** What an expression comes to; `outside` means that an array was read outside its box. */
type Value = Sized | 'nothing'

/** The expression of an instantiated line's entry at 1-based indices. */
export function translateEntry(
  line: Line,
  at: readonly number[],
  operands: ReadonlyMap<string, Node>,
  builder: Builder,
  level: number,
): Sized {
  const letters: Record<string, number> = {}
  line.indices.forEach((index, axis) => {
    if (index.kind === 'symbol') letters[index.name] = at[axis]!
  })
  return present(translate(line.body, letters, { operands, builder, level }), builder)
}

const given = (values: readonly Value[]): Sized[] => values.filter((v) => v !== 'nothing')

/** What is outside its box, or masked out, counts 0 in a sum. */
const present = (value: Value, builder: Builder): Sized =>
  value === 'nothing' ? builder.number(0) : value

function translate(expression: Expression, letters: Letters, to: Translation): Value {
  const { builder } = to
  const size = indexValue(expression, letters)
  if (size !== undefined) return builder.number(size)
  const value = (part: Expression): Value => translate(part, letters, to)
  const sure = (part: Expression): Sized => present(value(part), builder)
  switch (expression.kind) {
    case 'access': {
      const operand = to.operands.get(expression.array)!
      const at = expression.indices.map((index) => indexValue(index, letters) ?? 0)
      const isInside = at.every((i, axis) => i >= 1 && i <= operand.shape[axis]!)
      return isInside ? builder.entry(operand, at, to.level + 1) : 'nothing'
    }
    case 'sum':
      return added(given(expression.terms.filter((term) => !isZero(term)).map(value)), builder)
    case 'negation':
      return builder.operator('-', 'unaryMinus', [sure(expression.operand)])
    case 'product':
      return product(expression.factors, letters, to)
    case 'quotient': {
      const above = value(expression.numerator)
      if (above === 'nothing') return above
      return builder.operator('/', 'divide', [above, sure(expression.denominator)])
    }
    case 'power':
      return builder.operator('^', 'pow', [sure(expression.base), sure(expression.exponent)])
    case 'modulo':
      return builder.call('mod', [sure(expression.left), sure(expression.right)])
    case 'call':
      if (expression.name === 'π') return builder.constant('pi')
      return builder.call(
        FUNCTIONS[expression.name] ?? expression.name,
        expression.operands.map(sure),
      )
    case 'iverson':
      return product([expression], letters, to)
    case 'reduction':
      return reduction(expression, letters, to)
    default:
      return builder.refuse(`reads “${expression.kind}”, which has no value`)
  }
}

const FUNCTIONS: Readonly<Record<string, string>> = { '√': 'sqrt' }

/** The number that an expression in letters alone comes to. */
function indexValue(expression: Expression, letters: Letters): number | undefined {
  if (expression.kind === 'number') return expression.value
  for (const node of nodes(expression)) if (!INTEGRAL.has(node.kind)) return undefined
  try {
    return evaluateSize(expression, letters)
  } catch {
    return undefined
  }
}
const INTEGRAL: ReadonlySet<Expression['kind']> = new Set([
  'number',
  'symbol',
  'sum',
  'product',
  'negation',
  'quotient',
  'modulo',
  'call',
])

/** Masks first: where one does not hold the rest is not computed, not even an infinity. */
function product(factors: readonly Expression[], letters: Letters, to: Translation): Value {
  const { builder } = to
  const conditions: Sized[] = []
  for (const factor of factors) {
    if (factor.kind !== 'iverson') continue
    for (const guard of factor.guards) {
      const holds = condition(guard, letters, to)
      if (holds === false) return 'nothing'
      if (holds !== true) conditions.push(holds)
    }
  }
  const values: Sized[] = []
  for (const factor of factors) {
    if (factor.kind === 'iverson') continue
    const value = translate(factor, letters, to)
    if (value === 'nothing') return value
    values.push(value)
  }
  const whole =
    values.length === 0
      ? builder.number(1)
      : values.length === 1
        ? values[0]!
        : builder.operator('*', 'multiply', values)
  return conditions.length === 0
    ? whole
    : builder.choice(all(conditions, builder), whole, builder.number(0))
}

const HOLDS: Readonly<Record<Relation, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '≠': (a, b) => a !== b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
  '≥': (a, b) => a >= b,
  '≤': (a, b) => a <= b,
}

/** A condition on indices is decided; one on values is a condition of the expression. */
function condition(guard: Guard, letters: Letters, to: Translation): Sized | boolean {
  if (guard.kind === 'winner') return wins(guard, letters, to)
  const open: Sized[] = []
  for (const [k, relation] of guard.relations.entries()) {
    const sides = [guard.operands[k]!, guard.operands[k + 1]!] as const
    const [left, right] = sides.map((side) => indexValue(side, letters))
    if (left !== undefined && right !== undefined) {
      if (!HOLDS[relation](left, right)) return false
      continue
    }
    const [a, b] = sides.map((side) => present(translate(side, letters, to), to.builder))
    open.push(compared(a!, relation, b!, to.builder))
  }
  return open.length === 0 ? true : all(open, to.builder)
}

interface Binder {
  readonly variables: readonly Variable[]
  readonly body: Expression
}

/** The body at every assignment of the variables, the first of them outermost. */
function* assignments({ variables }: Binder, letters: Letters): Generator<Letters> {
  const [first, ...rest] = variables
  if (!first) {
    yield letters
    return
  }
  const size = first.upTo ? (indexValue(first.upTo, letters) ?? 0) : 0
  for (let k = 1; k <= size; k++) {
    yield* assignments({ variables: rest, body: NOTHING }, { ...letters, [first.name]: k })
  }
}
const NOTHING: Expression = { kind: 'number', value: 0 }

function reduction(
  expression: Extract<Expression, { kind: 'reduction' }>,
  letters: Letters,
  to: Translation,
): Value {
  const { builder } = to
  const values: Sized[] = []
  for (const inner of assignments(expression, letters)) {
    const value = translate(expression.body, inner, to)
    if (value !== 'nothing') values.push(value)
  }
  if (expression.reduction === 'Σ') return added(values, builder)
  return values.length === 0 ? 'nothing' : chosen(expression.reduction, values, builder)
}

/** The first winner stands at `at`: nothing before it is as good, nothing after it better. */
function wins(
  guard: Extract<Guard, { kind: 'winner' }>,
  letters: Letters,
  to: Translation,
): Sized | boolean {
  const at = guard.at.map((index) => indexValue(index, letters))
  const candidates: Candidate[] = []
  for (const inner of assignments(guard, letters)) {
    const value = translate(guard.body, inner, to)
    if (value === 'nothing') continue
    const isHere = guard.variables.every(({ name }, k) => inner[name] === at[k])
    candidates.push({ value, isHere })
  }
  return isChosen(guard.reduction, candidates, to.builder)
}
