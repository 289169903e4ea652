// What binds indices: sums and extrema, and the conditions in Iverson’s brackets.

import { freeIndices } from '../free.ts'
import { productLimits } from '../lexicon.ts'
import { foldedIndex } from '../names/below/shifted-index.ts'
import { isWholeAxis } from '../names/limits.ts'
import { UnknownNameError } from '../names/names.ts'
import { rational } from '../rational.ts'
import type { Resolved, ResolvedBinder, ResolvedCondition } from '../resolved.ts'
import {
  type Binder,
  ClaimError,
  type Comparison,
  type Condition,
  type Expression,
  type ReductionOperator,
} from '../syntax.ts'
import { holding } from '../walk.ts'
import { next } from './application.ts'
import { asIndex, type Context, type Of, withBound } from './context.ts'
import { all, resolveExpression } from './expression.ts'

const resolveBinders = (binders: readonly Binder[], context: Context): ResolvedBinder[] =>
  binders.map(({ name, span, isEndless, ...limits }) => {
    const isWhole = isWholeAxis(limits.lower, limits.upper, context)
    const [lower, upper] = [limits.lower, limits.upper].map((limit) => {
      const read = limit && !isWhole ? limitOf(limit, context) : undefined
      if (read && freeIndices(read).includes(name))
        throw new ClaimError(`‘${name}’ ends where it is itself: rename one of the two`, span)
      return read
    })
    return {
      name,
      ...(lower && { lower }),
      // Σ_{u≤2}: indices count from 1.
      ...(!lower && upper && { lower: { kind: 'numeral', value: rational(1n), span } as const }),
      ...(upper && { upper }),
      ...(isEndless && { isEndless }),
      span,
    }
  })

const limitOf = (limit: Expression, context: Context): Resolved =>
  context.origin === 1
    ? resolveExpression(limit, asIndex(context))
    : foldedIndex(resolveExpression(next(limit), asIndex(context)))

export const resolveReduction = (node: Of<'reduction'>, context: Context): Resolved => {
  const { operator, span } = node
  if (operator === 'product') throw new UnknownNameError(productLimits, span)
  if (node.implicit) return implicitSum(node, operator, context)
  const names = node.binders.map((binder) => binder.name)
  const inner = withBound(context, names)
  const body = resolveExpression(node.body, inner)
  const binders = resolveBinders(node.binders, inner)
  const conditions = node.conditions.map((each) =>
    resolveComparison(each, holdsEntries(each) ? { ...inner, position: 'guard' } : asIndex(inner)),
  )
  return { kind: 'reduction', operator, binders, conditions, body, span }
}

/**
 * Σ without indices binds those that the other side does not have; without any, it sums an array.
 */
const implicitSum = (
  node: Of<'reduction'>,
  operator: ReductionOperator,
  context: Context,
): Resolved => {
  const { span } = node
  const body = resolveExpression(node.body, context)
  const free = freeIndices(body).filter(
    (name) => !context.bound.has(name) && !context.outer.has(name),
  )
  if (free.length === 0) return { kind: 'call', word: 'sum', order: 0, operands: [body], span }
  const binders = free.map((name) => ({ name, span }))
  return { kind: 'reduction', operator, binders, conditions: [], body, span }
}

/** The b of y_i (wᵀ x_i + b) < 1 is a value, and no index. */
const holdsEntries = holding((node) => {
  const each = node as Expression
  return each.kind === 'name' && each.subscript !== undefined
})

const resolveComparison = (node: Comparison, context: Context) => ({
  kind: 'comparison' as const,
  operands: all(node.operands, context),
  relations: node.relations,
  span: node.span,
})

export const resolveCondition = (node: Condition, context: Context): ResolvedCondition => {
  const { span } = node
  switch (node.kind) {
    case 'comparison':
      return resolveComparison(node, context)
    case 'extremum':
      return {
        kind: 'extremum',
        which: node.which,
        operand: resolveExpression(node.operand, context),
        span,
      }
    case 'first': {
      const operand = node.operand && resolveExpression(node.operand, context)
      return { kind: 'first', which: node.which, ...(operand && { operand }), span }
    }
    case 'winner': {
      const [other] = node.conditions
      if (other) throw new ClaimError('Below arg max stand letters and their ranges', other.span)
      const inner = withBound(
        context,
        node.binders.map((binder) => binder.name),
      )
      const binders = resolveBinders(node.binders, inner)
      const body = resolveExpression(node.body, { ...inner, position: 'value' })
      return {
        kind: 'winner',
        which: node.which,
        at: all(node.at, asIndex(context)),
        binders,
        body,
        span,
      }
    }
  }
}
