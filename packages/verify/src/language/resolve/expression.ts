// One expression with its names looked up, in one reading and at one layer: a table by kind.

import { derivativeOf } from '../differentiate.ts'
import { isVector } from '../lengths.ts'
import { withoutDots } from '../names/ellipsis.ts'
import { demandInCost } from '../names/in-cost.ts'
import { foldedIndex } from '../names/shifted-index.ts'
import { onesOf, withOnes } from '../ones.ts'
import type { Resolved } from '../resolved.ts'
import { ClaimError, type Expression } from '../syntax.ts'
import { next, orProduct, resolveApplication } from './application.ts'
import { resolveCondition, resolveReduction } from './binding.ts'
import { asIndex, type Context, type Kind, type Of } from './context.ts'
import { isLoss, matchIn, resolveName } from './in-place.ts'
import { powerOf } from './powers.ts'

export const resolveExpression = (expression: Expression, context: Context): Resolved => {
  const resolve = resolvers[expression.kind] as (node: Expression, context: Context) => Resolved
  return resolve(expression, context)
}

/** 1, which in 1ᵀ a is the vector of ones. */
const isLiteralOne = (node: Expression): boolean => node.kind === 'numeral' && node.text === '1'

export const all = (expressions: readonly Expression[], context: Context): Resolved[] =>
  expressions.map((each) => resolveExpression(each, context))

const resolvers: { readonly [K in Kind]: (node: Of<K>, context: Context) => Resolved } = {
  name: resolveName,
  numeral: ({ value, span }) => ({ kind: 'numeral', value, span }),
  product: ({ factors, span }, context) =>
    factors.length === 1
      ? resolveExpression(factors[0]!, context)
      : {
          kind: 'product',
          factors: withOnes(
            all(factors, context),
            (at) => isLiteralOne(factors[at]!),
            context.scope,
          ),
          span,
        },
  addition: ({ terms, span }, context) => {
    const dots = terms.find((term) => term.kind === 'ellipsis')
    if (!dots) return { kind: 'addition', terms: all(terms, context), span }
    const read = terms.map((term) =>
      term.kind === 'ellipsis' ? null : resolveExpression(term, context),
    )
    return { kind: 'addition', terms: withoutDots(read, dots.span, context.scope), span }
  },
  negation: ({ operand, span }, context) => ({
    kind: 'negation',
    operand: resolveExpression(operand, context),
    span,
  }),
  quotient: ({ numerator, denominator, span }, context) => ({
    kind: 'quotient',
    numerator: resolveExpression(numerator, context),
    denominator: resolveExpression(denominator, context),
    span,
  }),
  power: orProduct<'power'>(({ base, exponent, span }, context) =>
    powerOf(resolveExpression(base, context), resolveExpression(exponent, context), span),
  ),
  transposed: orProduct<'transposed'>(({ operand, span }, context) => ({
    kind: 'transposed',
    operand: isLiteralOne(operand) ? onesOf(operand.span) : resolveExpression(operand, context),
    span,
  })),
  hadamard: ({ left, right, span }, context) => ({
    kind: 'hadamard',
    left: resolveExpression(left, context),
    right: resolveExpression(right, context),
    span,
  }),
  star: (node, context) => {
    const { operation, mode, steps, span } = node
    const ordinal = context.ordinals.get(node)
    return {
      kind: 'star',
      operation,
      ...(ordinal !== undefined && { ordinal }),
      ...(mode && { mode }),
      ...(steps && { steps }),
      left: resolveExpression(node.left, context),
      right: resolveExpression(node.right, context),
      span,
    }
  },
  call: ({ word, operands, span }, context) => {
    const call = (name: typeof word, inner: readonly Resolved[]): Resolved => ({
      kind: 'call',
      word: name,
      order: 0,
      operands: inner,
      span,
    })
    const read = all(operands, context)
    return word === 'trace' ? call('sum', [call('diag', read)]) : call(word, read)
  },
  application: orProduct<'application'>(resolveApplication),
  entry: orProduct<'entry'>(({ array, indices, span }, context) => {
    // (δ^l)_{uv} is δ^l_{uv}; (Wᵀ)_{ij} and (a²)_{ij} are not.
    const match = array.kind === 'name' && !array.subscript ? matchIn(array, context) : undefined
    if (array.kind === 'name' && match && !match.transposed && !match.power)
      return resolveName({ ...array, subscript: { parts: indices, span } }, context)
    // (∂C/∂W)_{uv} is ∂C/∂W_{uv}.
    const [by, ...others] = array.kind === 'derivative' ? array.by : []
    if (
      array.kind === 'derivative' &&
      by?.kind === 'name' &&
      !by.subscript &&
      others.length === 0
    ) {
      const entry = { ...by, subscript: { parts: indices, span } }
      const read = resolveExpression({ ...array, by: [entry] }, context)
      if (read.kind === 'derivative' && read.of.kind === 'cost') return read
    }
    const apart = indicesApart(indices)
    return {
      kind: 'entry',
      array: resolveExpression(array, context),
      indices:
        context.origin === 1
          ? all(apart, asIndex(context))
          : all(apart.map(next), asIndex(context)).map(foldedIndex),
      span,
    }
  }),
  reduction: resolveReduction,
  iverson: ({ conditions, span }, context) => ({
    kind: 'iverson',
    conditions: conditions.map((each) =>
      resolveCondition(
        each,
        context.position === 'index' ? context : { ...context, position: 'guard' },
      ),
    ),
    span,
  }),
  derivative: ({ of, by, span }, context) => {
    const value: Resolved = isLoss(of, context)
      ? { kind: 'cost', span: of.span }
      : resolveExpression(of, context)
    const variables = all(by, context)
    if (value.kind === 'cost') for (const each of variables) demandInCost(each, context.scope)
    const byRules = derivativeOf(value, variables, (each) => isVector(each, context.scope))
    return byRules ?? { kind: 'derivative', of: value, by: variables, delta: false, span }
  },
  list: ({ items, span }, context) => ({ kind: 'list', items: all(items, context), span }),
  ellipsis: ({ span }) => {
    throw new ClaimError('Three dots stand between the terms of a sum', span)
  },
}

/** (A * B)_{ij} has two indices. The rank is known to elaboration only. */
const indicesApart = (indices: readonly Expression[]): readonly Expression[] => {
  const [only] = indices
  if (indices.length !== 1 || only?.kind !== 'product') return indices
  return only.factors.every((each) => each.kind === 'name') ? only.factors : indices
}
