// Solving the equations [T = I] of an adjoint's term: what one determines need not be summed.

import { iverson, negate, relation, sumOf } from '../algebra.ts'
import { substitute } from '../substitute.ts'
import type { Expression, Guard, Variable } from '../syntax.ts'
import { mentionsFree } from '../traverse.ts'

/** An index of the adjoint, and what it has to equal. */
interface Constraint {
  readonly index: Expression
  readonly is: Expression
}

/** Σ_variables [constraints] Π factors */
interface Unsettled {
  /** The indices of the cotangent: outside their range the cotangent is 0. */
  readonly free: readonly string[]
  readonly variables: readonly Variable[]
  readonly constraints: readonly Constraint[]
  readonly factors: readonly Expression[]
}

/** name = value, by the constraint or the guard that says so and is used up. */
interface Step {
  readonly name: string
  readonly value: Expression
  readonly used: Constraint | Guard
}

/** Eliminates variables while an equation determines one. */
export function settlePlace(unsettled: Unsettled): Unsettled {
  let state = unsettled
  while (true) {
    const step = bareIndex(state) ?? ownGuard(state) ?? solvedIndex(state)
    if (!step) return state
    state = eliminate(state, step)
  }
}

/** t = i says what i is. */
function bareIndex({ constraints, variables }: Unsettled): Step | undefined {
  for (const used of constraints) {
    const { index, is } = used
    if (is.kind !== 'symbol' || !variables.some(({ name }) => name === is.name)) continue
    return { name: is.name, value: index, used }
  }
  return undefined
}

/** The line's own guard [h = e], h an index of the cotangent: read the cotangent at e. */
function ownGuard({ factors, free, variables }: Unsettled): Step | undefined {
  const open = variables.filter(({ name }) => free.includes(name)).map(({ name }) => name)
  for (const guard of factors.flatMap((factor) =>
    factor.kind === 'iverson' ? factor.guards : [],
  )) {
    const equation = asEquation(guard)
    if (equation?.left.kind !== 'symbol') continue
    const { name } = equation.left
    if (open.includes(name) && !mentionsFree(equation.right, name)) {
      return { name, value: equation.right, used: guard }
    }
  }
  return undefined
}

/** t = i − 1, i an index of the cotangent and the only open variable: i = t + 1. */
function solvedIndex({ constraints, free, variables }: Unsettled): Step | undefined {
  for (const used of constraints) {
    const { index, is } = used
    const open = variables.filter(({ name }) => mentionsFree(is, name))
    const [only] = open
    if (open.length !== 1 || !free.includes(only!.name)) continue
    const value = solve(is, only!.name, index)
    if (value) return { name: only!.name, value, used }
  }
  return undefined
}

function asEquation(guard: Guard): { left: Expression; right: Expression } | undefined {
  if (guard.kind !== 'relation' || guard.relations.join() !== '=') return undefined
  const [left, right] = guard.operands as [Expression, Expression]
  return { left, right }
}

/** Puts the value for the name; a range that the value may leave stays as a guard. */
function eliminate(state: Unsettled, { name, value, used }: Step): Unsettled {
  const replacement = new Map([[name, value]])
  const change = (part: Expression): Expression => substitute(part, replacement)
  const gone = state.variables.find((variable) => variable.name === name)!
  const range = gone.upTo ? [iverson([relation(value, '≤', gone.upTo)])] : []
  return {
    free: state.free,
    variables: state.variables
      .filter((variable) => variable !== gone)
      .map((variable) => (variable.upTo ? { ...variable, upTo: change(variable.upTo) } : variable)),
    constraints: state.constraints
      .filter((constraint) => constraint !== used)
      .map(({ index, is }) => ({ index, is: change(is) })),
    factors: [...state.factors.flatMap((factor) => without(factor, used)).map(change), ...range],
  }
}

function without(factor: Expression, used: Constraint | Guard): readonly Expression[] {
  if (factor.kind !== 'iverson') return [factor]
  const guards = factor.guards.filter((guard) => guard !== used)
  return guards.length > 0 ? [iverson(guards)] : []
}

/** t = … ± name …, solved; undefined unless the name stands alone with coefficient ±1. */
function solve(side: Expression, name: string, t: Expression): Expression | undefined {
  const terms = side.kind === 'sum' ? side.terms : [side]
  const mine = terms.filter((term) => mentionsFree(term, name))
  const rest = terms.filter((term) => !mine.includes(term))
  const [term] = mine
  if (mine.length !== 1) return undefined
  if (term!.kind === 'symbol') return sumOf([t, ...rest.map(negate)])
  const isMinus = term!.kind === 'negation' && term!.operand.kind === 'symbol'
  return isMinus ? sumOf([...rest, negate(t)]) : undefined
}
