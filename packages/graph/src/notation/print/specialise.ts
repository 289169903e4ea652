// A line at known shapes as a person would write it: numbers for letters, s(i-1)+d(u-1)+1 as i+u-1,
// no index over an axis of length 1. For reading; to compute, a line is instantiated instead.

import { isExactProduct, number, productOf } from '../algebra.ts'
import type { Instance } from '../meaning/instantiate.ts'
import { substitute } from '../substitute.ts'
import type { Expression, Line, Variable } from '../syntax.ts'
import { mapChildren, mapGuard, nodes } from '../traverse.ts'
import { linear, type Ranges } from './linear.ts'

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
