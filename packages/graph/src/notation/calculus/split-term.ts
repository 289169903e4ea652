// A term of a line taken apart: its sign, the indices that it sums over, the guards that say where
// in the result it goes, and what is left to be computed.

import type { Expression, Guard, Line, Variable } from '../syntax.ts'
import { mentions } from '../traverse.ts'

/** A summand, and where along each axis of the result it goes. */
export interface SplitTerm {
  readonly sign: 1 | -1
  /** The indices of the outermost Σ. */
  readonly variables: readonly Variable[]
  /**
   * Result index → where the term goes along that axis, by a guard `[h = s(i-1)+u]` whose right
   * side is free of result indices: the index is computed, the term is scattered.
   */
  readonly places: ReadonlyMap<string, Expression>
  /** The body without those guards. */
  readonly rest: Expression
}

/** The terms that a line adds up, each taken apart. */
export function splitTerms(line: Line): SplitTerm[] {
  const terms = line.body.kind === 'sum' ? line.body.terms : [line.body]
  const letters = line.indices.flatMap((index) => (index.kind === 'symbol' ? [index.name] : []))
  return terms.map((term) => {
    const { sign, variables, body } = peel(term)
    // A bound index of the same name hides the result's own.
    const hidden = new Set(variables.map(({ name }) => name))
    const free = letters.filter((name) => !hidden.has(name))
    return { sign, variables, ...placed(body, free) }
  })
}

/** −Σ_v body, taken apart. */
function peel(term: Expression): Pick<SplitTerm, 'sign' | 'variables'> & { body: Expression } {
  if (term.kind === 'negation') {
    const { sign, variables, body } = peel(term.operand)
    return { sign: sign === 1 ? -1 : 1, variables, body }
  }
  if (term.kind === 'reduction' && term.reduction === 'Σ') {
    return { sign: 1, variables: term.variables, body: term.body }
  }
  return { sign: 1, variables: [], body: term }
}

/** Takes the guards `[h = e]` out of a body, h a result index and e free of result indices. */
function placed(body: Expression, free: readonly string[]): Pick<SplitTerm, 'places' | 'rest'> {
  const places = new Map<string, Expression>()
  const isPlace = (guard: Guard): boolean => {
    if (guard.kind !== 'relation' || guard.relations.join() !== '=') return false
    const [left, right] = guard.operands as [Expression, Expression]
    if (left.kind !== 'symbol' || !free.includes(left.name) || places.has(left.name)) return false
    if (free.some((name) => mentions(right, name))) return false
    places.set(left.name, right)
    return true
  }
  const without = (expression: Expression): Expression => {
    switch (expression.kind) {
      case 'iverson':
        return { kind: 'iverson', guards: expression.guards.filter((guard) => !isPlace(guard)) }
      case 'product':
        return { kind: 'product', factors: expression.factors.map(without) }
      case 'quotient':
        return { ...expression, numerator: without(expression.numerator) }
      default:
        return expression
    }
  }
  return { places, rest: without(body) }
}
