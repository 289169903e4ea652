// The reference interpreter: what a line means, in float64, obvious and slow. No kernels here.

import { compile, type Machine, type Scope } from './compile.ts'
import { type Instance, instantiate, type Shape } from './instantiate.ts'
import type { Expression, Guard, Line, Variable } from './syntax.ts'
import { mentions } from './traverse.ts'

/** Row-major. */
export interface Values {
  readonly shape: Shape
  readonly data: Float64Array
}

export interface Evaluation {
  /** By the names of the line; an absent one reads 0. */
  readonly operands: Readonly<Record<string, Values | undefined>>
  readonly symbols: Readonly<Record<string, number>>
  /** Of the result. */
  readonly shape: Shape
}

/**
 * The values of a line's result, row-major.
 * Outside its box an array is 0 and annuls its product; in max, min and medians it is nothing.
 * @throws LineError when the line does not fit the shapes, or mentions a letter without a value
 */
export function evaluateLine(line: Line, evaluation: Evaluation): Float64Array {
  const { operands, symbols, shape } = evaluation
  const shapes = Object.fromEntries(
    Object.entries(operands).map(([name, values]) => [name, values?.shape]),
  )
  const instance: Instance = { shapes, symbols, shape }
  return evaluateInstance(instantiate(line, instance), evaluation)
}

function evaluateInstance(line: Line, { operands, shape }: Evaluation): Float64Array {
  const result = new Float64Array(shape.reduce((size, axis) => size * axis, 1))
  const terms = line.body.kind === 'sum' ? line.body.terms : [line.body]
  for (const term of terms) accumulate(term, line, shape, operands, result)
  return result
}

/**
 * Adds one term of the line's body. Where a guard `[h = s(i-1)+u]` pins a result index, the index
 * is computed and not searched for: the term is scattered.
 */
function accumulate(
  term: Expression,
  line: Line,
  shape: Shape,
  operands: Evaluation['operands'],
  result: Float64Array,
): void {
  const { sign, variables, body } = peel(term)
  const free = line.indices.flatMap((index, axis): readonly Variable[] =>
    index.kind === 'symbol'
      ? [{ name: index.name, upTo: { kind: 'number', value: shape[axis]! } }]
      : [],
  )
  const { pins, rest } = pinned(
    body,
    free.map(({ name }) => name).filter((name) => !variables.some((v) => v.name === name)),
  )
  const machine: Machine = { operands, slots: [], strongZero: false, outside: false }
  const looped = free.filter(({ name }) => !pins.has(name))
  const root: Scope = new Map()
  const outer = compile.loop(looped, root, machine)
  const inner = compile.loop(variables, outer.scope, machine)
  const scope = new Map(inner.scope)
  const assignments = [...pins].map(([name, value]) => ({
    slot: compile.bind(name, scope, machine),
    value: compile.expression(value, inner.scope, machine),
  }))
  // The result's own letters, which a bound index of the same name may hide in the body.
  const resultScope = new Map([...outer.scope, ...[...scope].filter(([name]) => pins.has(name))])
  const at = line.indices.map((index) => compile.expression(index, resultScope, machine))
  const value = compile.expression(rest, scope, machine)
  outer.run(() =>
    inner.run(() => {
      for (const { slot, value: pin } of assignments) machine.slots[slot] = pin()
      const offset = compile.offset(shape, at)
      if (offset >= 0) result[offset]! += sign * value()
    }),
  )
}

/** −Σ_v body, taken apart. */
function peel(term: Expression): {
  sign: number
  variables: readonly Variable[]
  body: Expression
} {
  if (term.kind === 'negation') {
    const { sign, variables, body } = peel(term.operand)
    return { sign: -sign, variables, body }
  }
  if (term.kind === 'reduction' && term.reduction === 'Σ') {
    return { sign: 1, variables: term.variables, body: term.body }
  }
  return { sign: 1, variables: [], body: term }
}

/** Takes the guards `[t = e]` out of a body, t a result index and e free of result indices. */
function pinned(body: Expression, free: readonly string[]) {
  const pins = new Map<string, Expression>()
  const isPin = (guard: Guard): boolean => {
    if (guard.kind !== 'relation' || guard.relations.join() !== '=') return false
    const [left, right] = guard.operands as [Expression, Expression]
    if (left.kind !== 'symbol' || !free.includes(left.name) || pins.has(left.name)) return false
    if (free.some((name) => mentions(right, name))) return false
    pins.set(left.name, right)
    return true
  }
  const without = (expression: Expression): Expression => {
    switch (expression.kind) {
      case 'iverson':
        return { kind: 'iverson', guards: expression.guards.filter((guard) => !isPin(guard)) }
      case 'product':
        return { kind: 'product', factors: expression.factors.map(without) }
      case 'quotient':
        return { ...expression, numerator: without(expression.numerator) }
      default:
        return expression
    }
  }
  return { pins, rest: without(body) }
}
