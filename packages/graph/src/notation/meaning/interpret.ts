// The reference interpreter: what a line means, in float64, obvious and slow. No kernels here.

import { type SplitTerm, splitTerms } from '../calculus/split-term.ts'
import type { Expression, Line, Variable } from '../syntax.ts'
import { compile } from './compile.ts'
import { CANCELLED, checkSum, type Doubts, MAYBE_NAN, UNSIGNED } from './doubts.ts'
import { type Instance, instantiate, type Shape } from './instantiate.ts'
import type { Machine, Scope } from './machine.ts'

/** Row-major. */
export interface Values {
  readonly shape: Shape
  readonly data: Float64Array
}

/** What `evaluateLine` is given beside the line. */
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
 * With `doubts`, 0 · NaN is 0, and which entries an engine may give differently is written there.
 * @throws LineError when the line does not fit the shapes, or mentions a letter without a value
 */
export function evaluateLine(line: Line, evaluation: Evaluation, doubts?: Doubts): Float64Array {
  const { operands, symbols, shape } = evaluation
  const shapes = Object.fromEntries(
    Object.entries(operands).map(([name, values]) => [name, values?.shape]),
  )
  const instance: Instance = { shapes, symbols, shape }
  return evaluateInstance(instantiate(line, instance), evaluation, doubts)
}

function evaluateInstance(
  line: Line,
  { operands, shape }: Evaluation,
  doubts: Doubts | undefined,
): Float64Array {
  const result = new Float64Array(shape.reduce((size, axis) => size * axis, 1))
  const magnitudes = doubts && new Float64Array(result.length)
  for (const term of splitTerms(line)) {
    accumulate(term, line, shape, { operands, doubts }, { result, magnitudes })
  }
  return result
}

interface Sums {
  readonly result: Float64Array
  /** Of all that was added to each entry: what its rounding is measured by. */
  readonly magnitudes: Float64Array | undefined
}

/** Adds one term of the line's body; an index with a place is computed and not searched for. */
function accumulate(
  { sign, variables, places, rest }: SplitTerm,
  line: Line,
  shape: Shape,
  { operands, doubts }: Pick<Machine, 'operands' | 'doubts'>,
  { result, magnitudes }: Sums,
): void {
  const free = line.indices.flatMap((index, axis): readonly Variable[] =>
    index.kind === 'symbol'
      ? [{ name: index.name, upTo: { kind: 'number', value: shape[axis]! } }]
      : [],
  )
  const machine: Machine = { operands, slots: [], strongZero: false, outside: false, doubts }
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
  if (doubts && places.size > 0) doubtScatter(rest, operands, doubts)
  outer.run(() =>
    inner.run(() => {
      for (const { slot, value: place } of assignments) machine.slots[slot] = place()
      const offset = compile.offset(shape, at)
      if (offset < 0) return
      if (!doubts || !magnitudes) {
        result[offset]! += sign * value()
        return
      }
      doubts.now = 0
      const term = value()
      result[offset]! += sign * term
      magnitudes[offset]! += Math.abs(term)
      checkSum(doubts, result[offset]!, magnitudes[offset]!)
      // A sum that has cancelled may grow again.
      doubts.result[offset] = (doubts.result[offset]! & ~CANCELLED) | doubts.now
    }),
  )
}

/**
 * A scattered product is as well a sum over everything, with zeros in between where nothing is
 * sent: an engine that multiplies those may make a NaN of what is not finite.
 */
function doubtScatter(
  rest: Expression,
  operands: Evaluation['operands'],
  { result, operands: doubted }: Doubts,
): void {
  if (rest.kind !== 'product') return
  const reads = rest.factors.flatMap((factor) => (factor.kind === 'access' ? [factor.array] : []))
  if (reads.length < 2) return
  const isDoubtful = (name: string): boolean =>
    operands[name]?.data.some((value) => !Number.isFinite(value)) === true ||
    doubted[name]?.some((doubt) => (doubt & ~UNSIGNED) !== 0) === true
  if (!reads.some(isDoubtful)) return
  for (let at = 0; at < result.length; at++) result[at]! |= MAYBE_NAN
}
