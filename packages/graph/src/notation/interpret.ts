// The reference interpreter: what a line means, in float64, obvious and slow. No kernels here.

import { compile, type Machine, type Scope } from './compile.ts'
import { type Instance, instantiate, type Shape } from './instantiate.ts'
import { type SplitTerm, splitTerms } from './split-term.ts'
import type { Line, Variable } from './syntax.ts'

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
  for (const term of splitTerms(line)) accumulate(term, line, shape, operands, result)
  return result
}

/** Adds one term of the line's body; an index with a place is computed and not searched for. */
function accumulate(
  { sign, variables, places, rest }: SplitTerm,
  line: Line,
  shape: Shape,
  operands: Evaluation['operands'],
  result: Float64Array,
): void {
  const free = line.indices.flatMap((index, axis): readonly Variable[] =>
    index.kind === 'symbol'
      ? [{ name: index.name, upTo: { kind: 'number', value: shape[axis]! } }]
      : [],
  )
  const machine: Machine = { operands, slots: [], strongZero: false, outside: false }
  const looped = free.filter(({ name }) => !places.has(name))
  const root: Scope = new Map()
  const outer = compile.loop(looped, root, machine)
  const inner = compile.loop(variables, outer.scope, machine)
  const scope = new Map(inner.scope)
  const assignments = [...places].map(([name, value]) => ({
    slot: compile.bind(name, scope, machine),
    value: compile.expression(value, inner.scope, machine),
  }))
  // The result's own letters, which a bound index of the same name may hide in the body.
  const resultScope = new Map([...outer.scope, ...[...scope].filter(([name]) => places.has(name))])
  const at = line.indices.map((index) => compile.expression(index, resultScope, machine))
  const value = compile.expression(rest, scope, machine)
  outer.run(() =>
    inner.run(() => {
      for (const { slot, value: place } of assignments) machine.slots[slot] = place()
      const offset = compile.offset(shape, at)
      if (offset >= 0) result[offset]! += sign * value()
    }),
  )
}
