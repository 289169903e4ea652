// A line at known shapes as a person would write it: numbers for letters, s(i-1)+d(u-1)+1 as i+u-1,
// no index over an axis of length 1. For reading; to compute, a line is instantiated instead.

import { isExactProduct, negate, number, productOf, sumOf } from '../algebra.ts'
import type { Instance } from '../meaning/instantiate.ts'
import { substitute } from '../substitute.ts'
import type { Expression, Line, Variable } from '../syntax.ts'
import { mapChildren, mapGuard, nodes } from '../traverse.ts'
import { formatExpression } from './format.ts'

type Ranges = ReadonlyMap<string, number>

/** The same line, its packs left as they are, its letters numbers, its indices in normal form. */
export function specialise(line: Line, instance: Instance): Line {
  const letters = new Set(line.indices.flatMap((i) => (i.kind === 'symbol' ? [i.name] : [])))
  const values = Object.entries(instance.symbols)
    .filter(([name]) => !letters.has(name))
    .map(([name, value]) => [name, number(value)] as const)
  const body = substitute(line.body, new Map(values))
  const ranges = new Map<string, number>()
  narrow(ranges, line.indices, instance.shape)
  return {
    ...line,
    indices: line.indices.map((index) => linear(index, ranges)),
    body: simplify(body, rangesOf(body, instance, ranges), instance),
  }
}

/** 1 ≤ letter ≤ size, wherever a letter indexes an axis bare. */
function rangesOf(body: Expression, instance: Instance, known: Ranges): Ranges {
  const ranges = new Map(known)
  for (const node of nodes(body)) {
    const shape = node.kind === 'access' ? instance.shapes[node.array] : undefined
    if (node.kind === 'access' && shape) narrow(ranges, node.indices, shape)
    if (node.kind === 'reduction') {
      for (const { name, upTo } of node.variables) {
        if (!upTo) continue
        const size = upTo.kind === 'number' ? upTo.value : Number.POSITIVE_INFINITY
        ranges.set(name, Math.max(size, ranges.get(name) ?? 0))
      }
    }
  }
  return ranges
}

/** Axes are counted from the right: a pack may stand at the left. */
function narrow(
  ranges: Map<string, number>,
  indices: readonly Expression[],
  shape: readonly number[],
) {
  indices.forEach((index, position) => {
    const size = shape.at(position - indices.length)
    if (index.kind !== 'symbol' || index.name === '…' || size === undefined) return
    ranges.set(index.name, Math.max(size, ranges.get(index.name) ?? 0))
  })
}

function simplify(expression: Expression, ranges: Ranges, instance: Instance): Expression {
  const change = (part: Expression): Expression => simplify(part, ranges, instance)
  const index = (part: Expression): Expression => linear(change(part), ranges)
  switch (expression.kind) {
    case 'access':
      return { ...expression, indices: expression.indices.map(index) }
    case 'iverson':
      return {
        kind: 'iverson',
        guards: expression.guards.map((guard) =>
          guard.kind === 'relation'
            ? mapGuard(guard, index)
            : { ...mapGuard(guard, change), at: guard.at.map(index) },
        ),
      }
    case 'reduction': {
      const { variables, body } = withoutUnits(expression, ranges)
      if (variables.length === 0 && expression.reduction === 'Σ') return change(body)
      return {
        ...expression,
        variables: variables.map((v) => bounded(v, index)),
        body: change(body),
      }
    }
    case 'product':
      return foldProduct(expression.factors.map(change))
    default:
      return mapChildren(expression, change)
  }
}

function bounded(variable: Variable, index: (part: Expression) => Expression): Variable {
  return variable.upTo ? { ...variable, upTo: index(variable.upTo) } : variable
}

/** Σ over an axis of length 1 is its one term. A winner’s search keeps its indices. */
function withoutUnits(
  { reduction, variables, body }: Extract<Expression, { kind: 'reduction' }>,
  ranges: Ranges,
) {
  if (reduction !== 'Σ') return { variables, body }
  const units = variables.filter(({ name }) => ranges.get(name) === 1)
  const ones = new Map(units.map(({ name }) => [name, number(1)]))
  const kept = variables.filter((variable) => !units.includes(variable))
  return { variables: kept, body: substitute(body, ones) }
}

/** 2 · 3 is 6, where that is exact; numerals come first. */
function foldProduct(factors: readonly Expression[]): Expression {
  const numerals = factors.filter((factor) => factor.kind === 'number')
  const rest = factors.filter((factor) => factor.kind !== 'number')
  if (!isExactProduct(numerals.map(({ value }) => value))) return productOf([...numerals, ...rest])
  const value = numerals.reduce((product, factor) => product * factor.value, 1)
  return productOf([number(value), ...rest])
}

/** constant + Σ coefficient · atom */
export interface LinearForm {
  readonly constant: number
  readonly terms: ReadonlyMap<string, { readonly atom: Expression; readonly coefficient: number }>
}

/** An index in normal form: i + 2u − 1. */
export function linear(expression: Expression, ranges: Ranges): Expression {
  const { constant, terms } = linearForm(expression, ranges)
  const written = [...terms.values()]
    .toSorted((a, b) => Math.sign(b.coefficient) - Math.sign(a.coefficient))
    .map(({ atom, coefficient }) => {
      const size = productOf([number(Math.abs(coefficient)), atom])
      return coefficient < 0 ? negate(size) : size
    })
  // 4 − j, not −j + 4.
  const startsNegative = written[0]?.kind === 'negation'
  const last = constant < 0 ? negate(number(-constant)) : number(constant)
  return sumOf(startsNegative && constant > 0 ? [last, ...written] : [...written, last])
}

export function linearForm(expression: Expression, ranges: Ranges): LinearForm {
  const form = (part: Expression): LinearForm => linearForm(part, ranges)
  switch (expression.kind) {
    case 'number':
      return { constant: expression.value, terms: new Map() }
    case 'negation':
      return scaled(form(expression.operand), -1)
    case 'sum':
      return expression.terms.map(form).reduce(added)
    case 'product': {
      const forms = expression.factors.map(form)
      const numbers = forms.filter(({ terms }) => terms.size === 0)
      const value = numbers.reduce((product, { constant }) => product * constant, 1)
      const others = forms.filter(({ terms }) => terms.size > 0)
      if (others.length <= 1) return scaled(others[0] ?? { constant: 1, terms: new Map() }, value)
      const rest = expression.factors.filter((_, position) => forms[position]!.terms.size > 0)
      return atomic(productOf(rest.map((factor) => linear(factor, ranges))), value)
    }
    case 'quotient': {
      const divisor = form(expression.denominator)
      if (divisor.terms.size === 0 && divisor.constant === 1) return form(expression.numerator)
      break
    }
    case 'call': {
      const value = roundedValue(expression, ranges)
      if (value) return value
      break
    }
    default:
  }
  return atomic(mapChildren(expression, (part) => linear(part, ranges)))
}

/** ⌊n⌋ = n, and ⌊(f-1)/F⌋ = 0 while f ≤ F. */
function roundedValue(
  { name, operands }: Extract<Expression, { kind: 'call' }>,
  ranges: Ranges,
): LinearForm | undefined {
  const [operand] = operands
  if (!operand || (name !== 'floor' && name !== 'ceil')) return undefined
  const whole = linear(operand, ranges)
  if ([...nodes(whole)].every(({ kind }) => INTEGRAL.has(kind))) return linearForm(whole, ranges)
  if (operand.kind !== 'quotient') return undefined
  const divisor = linearForm(operand.denominator, ranges)
  const { constant, terms } = linearForm(operand.numerator, ranges)
  if (divisor.terms.size > 0) return undefined
  const round = name === 'floor' ? Math.floor : Math.ceil
  let [least, greatest] = [constant, constant]
  for (const { atom, coefficient } of terms.values()) {
    const range = atom.kind === 'symbol' ? ranges.get(atom.name) : undefined
    if (range === undefined) return undefined
    least += Math.min(coefficient, coefficient * range)
    greatest += Math.max(coefficient, coefficient * range)
  }
  const value = round(least / divisor.constant)
  return value === round(greatest / divisor.constant)
    ? { constant: value, terms: new Map() }
    : undefined
}

/** Letters are integers, and so is what these make of them. */
const INTEGRAL = new Set<Expression['kind']>(['number', 'symbol', 'sum', 'product', 'negation'])

function atomic(atom: Expression, coefficient = 1): LinearForm {
  if (coefficient === 0) return { constant: 0, terms: new Map() }
  return { constant: 0, terms: new Map([[formatExpression(atom), { atom, coefficient }]]) }
}

function scaled({ constant, terms }: LinearForm, by: number): LinearForm {
  if (by === 0) return { constant: 0, terms: new Map() }
  const times = [...terms].map(
    ([key, { atom, coefficient }]) => [key, { atom, coefficient: coefficient * by }] as const,
  )
  return { constant: constant * by, terms: new Map(times) }
}

function added(a: LinearForm, b: LinearForm): LinearForm {
  const terms = new Map(a.terms)
  for (const [key, { atom, coefficient }] of b.terms) {
    const total = coefficient + (terms.get(key)?.coefficient ?? 0)
    if (total === 0) terms.delete(key)
    else terms.set(key, { atom, coefficient: total })
  }
  return { constant: a.constant + b.constant, terms }
}
