// One expression with its names looked up, in one reading and at one layer: a table by kind.

import { derivativeOf } from '../differentiate.ts'
import { freeIndices } from '../free.ts'
import { isVector, recordedShape } from '../lengths.ts'
import { ofArrays } from '../names/below/entries.ts'
import { foldedIndex } from '../names/below/shifted-index.ts'
import { extremumOfDots, sumOfDots } from '../names/dots.ts'
import { demandInCost } from '../names/in-cost.ts'
import { saysNothing } from '../names/limits.ts'
import { lastLayer } from '../names/steps/last-layer.ts'
import { onesOf } from '../ones.ts'
import { rational } from '../rational.ts'
import type { Resolved } from '../resolved.ts'
import { ClaimError, type Expression, type Span } from '../syntax.ts'
import { isAnyCost, next, orProduct, resolveApplication } from './application.ts'
import { pairsAlike, tighter } from './besides.ts'
import { resolveCondition, resolveReduction } from './binding.ts'
import { asIndex, type Context, type Kind, type Of } from './context.ts'
import { matchIn, placesOf, resolveName } from './in-place.ts'
import { listOf } from './matrices.ts'
import { inOrder, isLiteralOne, resolveProduct, unslid } from './products.ts'
import { traceOf } from './trace.ts'
import { callOf, demandOne, gated, isGated } from './values/gated.ts'
import { lifted } from './values/lifted.ts'
import { raisedTo } from './values/powers.ts'
import { laidOut, slopeOf } from './values/slopes.ts'
import { besideColumns, spreadColumns, spreadRows } from './values/spread.ts'
import { varianceOf } from './values/variance.ts'

export const resolveExpression = (expression: Expression, context: Context): Resolved => {
  const resolve = resolvers[expression.kind] as (node: Expression, context: Context) => Resolved
  return resolve(expression, context)
}

export const all = (expressions: readonly Expression[], context: Context): Resolved[] =>
  expressions.map((each) => resolveExpression(each, context))

const resolvers: { readonly [K in Kind]: (node: Of<K>, context: Context) => Resolved } = {
  name: resolveName,
  numeral: ({ value, span }) => ({ kind: 'numeral', value, span }),
  product: resolveProduct,
  addition: ({ terms, span }, context) => {
    const dots = terms.find((term) => term.kind === 'ellipsis')
    if (!dots) return { kind: 'addition', terms: spreadColumns(all(terms, context), context), span }
    const read = terms.map((term) =>
      term.kind === 'ellipsis' ? null : resolveExpression(term, context),
    )
    return sumOfDots(read, dots.span, span, context)
  },
  negation: ({ operand, span }, context) => ({
    kind: 'negation',
    operand: resolveExpression(operand, context),
    span,
  }),
  quotient: ({ numerator: above, denominator: below, span }, context) => {
    const [numerator, denominator] = besideColumns(all([above, below], context), context)
    return { kind: 'quotient', numerator: numerator!, denominator: denominator!, span }
  },
  power: orProduct<'power'>(({ base, exponent, span }, context) =>
    raisedTo(resolveExpression(base, context), resolveExpression(exponent, context), span, context),
  ),
  transposed: orProduct<'transposed'>(({ operand, span }, context) => ({
    kind: 'transposed',
    operand: isLiteralOne(operand) ? onesOf(operand.span) : resolveExpression(operand, context),
    span,
  })),
  hadamard: (node, context) => {
    const first = tighter(node, context)
    if (first) return resolveExpression(first, context)
    const { left, right, span } = node
    const read = all([left, right], context).map((side) => slopeOf(side, context.scope))
    const [a, b] = context.program ? read : spreadRows(read, context)
    return { kind: 'hadamard', left: a!, right: b!, span }
  },
  star: (node, context) => {
    const { operation, mode, steps, span } = node
    const first = operation === 'bare' && !context.scope.slides ? tighter(node, context) : undefined
    if (first) return resolveExpression(first, context)
    const ordinal = context.ordinals.get(node)
    // (a * b) ⊗ c: of stars in stars the outermost alone makes a matrix.
    const inside: Context = { ...context, choices: { ...context.choices, outers: 'entrywise' } }
    const [left, right] = [node.left, node.right].map((each) => resolveExpression(each, inside))
    // x[2*j + k]: among indices a star multiplies.
    if (operation === 'bare' && context.position === 'index')
      return { kind: 'product', factors: [left!, right!], span }
    const made = operation === 'bare' ? unslid(left!, right!, span, context) : undefined
    if (made) return made
    const at = [...context.ordinals.keys()].indexOf(node)
    const choice = at > 0 ? 'laterPairs' : 'pairs'
    const other = context.choices[choice]
    if ([left, right].some((side) => pairsAlike(side!, context)))
      context.met.add(at > 1 ? 'manyPairs' : choice)
    return {
      kind: 'star',
      operation,
      ...(other > 0 && { other }),
      ...(ordinal !== undefined && { ordinal }),
      ...(mode && { mode }),
      ...(steps && { steps }),
      ...inOrder(left!, right!, node, context),
      span,
    }
  },
  call: ({ word, operands, along, span }, context) => {
    const call = (inner: readonly Resolved[]): Resolved => callOf(word, inner, span)
    const dots = operands.find((each) => each.kind === 'ellipsis')
    if (dots && (word === 'max' || word === 'min'))
      return extremumOf(word, operands, dots.span, context)
    // sum(A^2) and ‖A‖² are of the squares of all entries.
    const isOfEntries = word === 'sum' || word === 'mean'
    const choices = { ...context.choices, powers: 'entrywise' as const }
    const inside = isOfEntries || context.program ? { ...context, choices } : context
    if (word === 'variance' && !context.program)
      return resolveExpression(varianceOf(operands[0]!, span), context)
    if (word === 'onehot')
      throw new ClaimError('onehot(y) is of places; of a vector y that is one-hot write y', span)
    demandOne(word, operands, span)
    if (isGated(word)) return gated(word, 0, resolveExpression(operands[0]!, inside), span)
    const count = word === 'part' ? 1 : operands.length
    const places = placesOf(operands.slice(count), context)
    const read = [...all(operands.slice(0, count), inside), ...places]
    const [first] = read
    if (context.program) return { ...call(read), ...(along && { along }) }
    if (along) throw new ClaimError('An axis is named in a line of a program', span)
    if (word === 'matmul' || word === 'dot') return { kind: 'product', factors: read, span }
    const rank = first && recordedShape(first, context.scope)?.length
    // diag(p_i (1 − p_i)) is of the vector that is written by its entries.
    const letters = word === 'diag' && first && !rank ? freeIndices(first) : []
    const own = letters.filter((letter) => !context.bound.has(letter))
    const whole = own.length === 1 ? lifted(operands[0]!, own) : undefined
    if (whole) return call([resolveExpression(whole, inside)])
    if (ofArrays.has(word) && rank === 0)
      throw new ClaimError(`${word} is of an array, and this is one number`, first!.span)
    return word === 'trace' ? traceOf(first!, context.scope, span) : call(read)
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
  iverson: ({ conditions, span }, context) => {
    const inside: Context =
      context.position === 'index' ? context : { ...context, position: 'guard' }
    const written = conditions.filter(
      (each) => each.kind !== 'comparison' || !saysNothing(each, context),
    )
    if (written.length === 0) return { kind: 'numeral', value: rational(1n), span }
    return {
      kind: 'iverson',
      conditions: written.map((each) => resolveCondition(each, inside)),
      span,
    }
  },
  derivative: ({ of, by: written, span }, context) => {
    const by = written.map((each) => lastLayer(each, of, context))
    const value: Resolved = isAnyCost(of, context)
      ? { kind: 'cost', span: of.span }
      : resolveExpression(of, context)
    const read = all(by, context)
    // ∂²C/∂w ∂wᵀ is the matrix ∂²C/∂w ∂w; ∂z/∂xᵀ of two vectors is their Jacobian in any layout.
    const isVectors = [value, ...read].every(
      (each) => recordedShape(each, context.scope)?.length === 1,
    )
    const isByRow = isVectors && isVector(value, context.scope) && read[0]?.kind === 'transposed'
    const variables = read.map((each, at) =>
      each.kind === 'transposed' && (at > 0 || isByRow) ? each.operand : upright(each),
    )
    const [first, ...others] = variables
    if (value.kind === 'cost' && first?.kind === 'transposed' && others.length === 0) {
      // ∂C/∂Wᵀ is the transpose of ∂C/∂W.
      demandInCost(first.operand, context.scope)
      const by = [first.operand]
      const operand: Resolved = { kind: 'derivative', of: value, by, delta: false, span }
      return { kind: 'transposed', operand, span }
    }
    if (value.kind === 'cost') for (const each of variables) demandInCost(each, context.scope)
    const byRules = derivativeOf(
      value,
      variables,
      (each) => isVector(each, context.scope),
      (each) => recordedShape(each, context.scope)?.length === 0,
    )
    const made: Resolved = { kind: 'derivative', of: value, by: variables, delta: false, span }
    const isOne = (first?.kind === 'array' || first?.kind === 'entry') && others.length === 0
    const isByVector = isOne && isVector(first, context.scope)
    return isByVector && !isByRow ? laidOut(value, byRules ?? made, context) : (byRules ?? made)
  },
  list: ({ items, span }, context) => ({ kind: 'list', items: all(items, context), span }),
  matrix: ({ rows, span }, context) =>
    listOf(
      rows.map((row) => all(row, context)),
      span,
      context.scope,
    ),
  ellipsis: ({ span }) => {
    throw new ClaimError('Three dots stand between the terms of a sum', span)
  },
}

/** An entry of a transpose is one of the matrix: (Wᵀ)_{ij} = W_{ji}. */
const upright = (node: Resolved): Resolved => {
  if (node.kind !== 'entry' || node.array.kind !== 'transposed') return node
  if (node.indices.length !== 2) return node
  return { ...node, array: node.array.operand, indices: [...node.indices].reverse() }
}

/** max(x_1, …, x_n): over a range, or of the entries that are written out. */
const extremumOf = (
  word: 'max' | 'min',
  operands: readonly Expression[],
  dots: Span,
  context: Context,
): Resolved => {
  const read = operands.map((each) =>
    each.kind === 'ellipsis' ? null : resolveExpression(each, context),
  )
  return extremumOfDots(word, read, dots, context)
}

/** (A * B)_{ij} has two indices. The rank is known to elaboration only. */
const indicesApart = (indices: readonly Expression[]): readonly Expression[] => {
  const [only] = indices
  if (indices.length !== 1 || only?.kind !== 'product') return indices
  return only.factors.every((each) => each.kind === 'name') ? only.factors : indices
}
