// Products as they are read: dW for ∂C/∂W, a · b of two vectors, 1ᵀ.

import { recordedShape, shapeIn } from '../lengths.ts'
import { costLetter, gradient, gradientBy } from '../names/in-cost.ts'
import { outerOf, withOnes } from '../ones.ts'
import type { Resolved } from '../resolved.ts'
import type { Expression, Name, Span } from '../syntax.ts'
import { besides, isColumn, isOneShape } from './besides.ts'
import { type Context, inScope, isBare, type Of } from './context.ts'
import { resolveExpression } from './expression.ts'
import { matchIn } from './in-place.ts'
import { scaled } from './values/spread.ts'
import { inLayout } from './values/turned-chains.ts'

/** 1, which in 1ᵀ a is the vector of ones. */
export const isLiteralOne = (node: Expression): boolean =>
  node.kind === 'numeral' && node.text === '1'

/**
 * The d of dW, and the δ of δW: a bare letter that the graph has not. Where d is a length, only
 * what touches it is differentiated by; δ x is an error times x.
 */
const isDifferential = (node: Expression, next: Name, context: Context): boolean =>
  node.kind === 'name' &&
  (node.base === 'd' || (node.base === 'δ' && !matchIn(node, context))) &&
  isBare(node) &&
  node.primes === 0 &&
  !context.bound.has(node.base) &&
  !context.definitions.has(node.base) &&
  (node.span.end === next.span.start ||
    (node.base === 'd' && !context.scope.sizes?.some(({ name }) => name === 'd'))) &&
  (!inScope(node, context) || isMeantSo(node, next, context))

/** dx where an array is called d: its product with x, or the gradient. */
const isMeantSo = (d: Name, { base, span }: Name, { ambiguities, asPower }: Context): boolean => {
  if (d.span.end !== span.start) return false
  ambiguities.set(`d${base}`, ['a product with the array d', 'a gradient'])
  return asPower
}

const derivedBy = (name: Name, context: Context): Expression | undefined => {
  const match = matchIn(name, context)
  const cost = costLetter(context.scope)
  if (!match || match.power || !cost || match.array.name === context.scope.costName)
    return undefined
  return match.transposed ? gradientBy(name, cost) : gradient(name, cost)
}

/** A name, or what dP[i] is of. */
const nameIn = (node: Expression): Name | undefined => {
  if (node.kind === 'name') return node
  const isEntry = node.kind === 'application' && !node.bar && isBare(node.head)
  if (!isEntry || node.head.primes > 0) return undefined
  return { ...node.head, subscript: { parts: node.operands, span: node.span } }
}

/** d followed by an array, as ∂C by the array: the factors that are left. */
const withDifferentials = (
  { factors, dots }: Of<'product'>,
  context: Context,
): { factors: readonly Expression[]; dots: ReadonlySet<number> } => {
  const result: Expression[] = []
  const kept = new Set<number>()
  for (let at = 0; at < factors.length; at++) {
    const [factor, next] = [factors[at]!, factors[at + 1]]
    if (dots?.includes(at)) kept.add(result.length)
    const name = next && nameIn(next)
    const derivative =
      name && isDifferential(factor, name, context) && !dots?.includes(at + 1)
        ? derivedBy(name, context)
        : undefined
    result.push(derivative ?? factor)
    if (derivative) at++
  }
  return { factors: result, dots: kept }
}

const isRow = (node: Resolved, scope: Context['scope']): boolean =>
  shapeIn(node, { scope, lengths: new Map() })?.isRow === true

/** The factors between dots, and what they make. */
const segmentsOf = (factors: readonly Resolved[], dots: ReadonlySet<number>): Resolved[] => {
  const parts: Resolved[][] = []
  for (const [at, factor] of factors.entries())
    if (at === 0 || dots.has(at)) parts.push([factor])
    else parts.at(-1)!.push(factor)
  return parts.map(([first, ...others]) => {
    const span = { start: first!.span.start, end: (others.at(-1) ?? first!).span.end }
    return others.length === 0 ? first! : { kind: 'product', factors: [first!, ...others], span }
  })
}

/** A row is no pair of a column: xᵀ · δ, δ · xᵀ. */
const isPair = (left: Resolved, right: Resolved, context: Context): boolean =>
  isOneShape(left, right, context) && isRow(left, context.scope) === isRow(right, context.scope)

const entryByEntry = (
  factors: readonly Resolved[],
  dots: ReadonlySet<number>,
  context: Context,
): readonly Resolved[] => {
  const [first, ...others] = segmentsOf(factors, dots)
  let result: Resolved[] = [first!]
  for (const right of others) {
    const last = result.at(-1)!
    const isBesideLast = isPair(last, right, context)
    const left = isBesideLast ? last : wholeOf(result)
    const span = { start: left.span.start, end: right.span.end }
    const entries: Resolved = { kind: 'hadamard', left, right, span }
    if (isBesideLast) result[result.length - 1] = entries
    else result = isPair(left, right, context) ? [entries] : [...result, right]
  }
  return result
}

const wholeOf = (factors: readonly Resolved[]): Resolved => {
  const [first, ...others] = factors
  if (others.length === 0) return first!
  return { kind: 'product', factors, span: { ...first!.span, end: others.at(-1)!.span.end } }
}

/** a · b of two columns is their inner product, or entry by entry: what fits is seen from shapes. */
const withInner = (
  factors: readonly Resolved[],
  dots: ReadonlySet<number>,
  context: Context,
): readonly Resolved[] => {
  const segments = dots.size > 0 ? segmentsOf(factors, dots) : []
  // δ · Wᵀ × f'(z): what stands before a dot is all that was multiplied so far.
  const pairs = segments.map(
    (right, at) =>
      at > 0 &&
      (isPair(segments[at - 1]!, right, context) ||
        isPair(wholeOf(segments.slice(0, at)), right, context)),
  )
  if (pairs.includes(true)) {
    const isChain = pairs.some((each, at) => each && pairs[at + 1])
    const choice = isChain ? 'chains' : 'dots'
    context.met.add(choice)
    // Of (a · b) in a · b · (a · b) all dots are alike.
    const { choices } = context
    if (choices[choice] === 'entrywise' || choices.dots === 'entrywise')
      return entryByEntry(factors, dots, context)
  }
  const result: Resolved[] = []
  for (const [at, factor] of factors.entries()) {
    const before = result.at(-1)
    if (!before || !dots.has(at) || !isColumn(before, context) || !isColumn(factor, context)) {
      result.push(factor)
      continue
    }
    const span = { start: before.span.start, end: factor.span.end }
    const entries: Resolved = { kind: 'hadamard', left: before, right: factor, span }
    result[result.length - 1] = { kind: 'call', word: 'sum', order: 0, operands: [entries], span }
  }
  return result
}

export const resolveProduct = (node: Of<'product'>, context: Context): Resolved => {
  const { factors, dots } = withDifferentials(node, context)
  const [only, second] = factors
  if (only && !second) return resolveExpression(only, context)
  const read = factors.map((each) => resolveExpression(each, context))
  const whole = withOnes(read, (at) => isLiteralOne(factors[at]!), dots, context.scope)
  const made =
    (dots.size === 0 ? besides(whole, context) : undefined) ?? withInner(whole, dots, context)
  if (made.length === 1) return made[0]!
  const beside = dots.size === 0 && !context.program ? scaled(made, node.span, context) : undefined
  return beside ?? { kind: 'product', factors: inLayout(made, context), span: node.span }
}

/** a * b of two arrays of one shape is ⊙ in a network where nothing slides. */
const isEntrywise = (left: Resolved, right: Resolved, context: Context): boolean => {
  const { scope, choices, met } = context
  const [a, b] = [left, right].map((side) => recordedShape(side, scope))
  if (!a || !b) return scope.slides === false
  if (a.length === 0 || a.join() !== b.join()) return false
  if (isRow(left, scope) !== isRow(right, scope)) return false
  // Of square matrices it may as well be their product, where the network has any.
  const isSquare = scope.multiplies !== false && a.length === 2 && a[0] === a[1] && a[0] !== 1
  if (scope.slides === false && !isSquare) return true
  if (scope.slides === false) met.add('stars')
  if (scope.slides) met.add('stars')
  return choices.stars === 'entrywise'
}

/** A * B of matrices that fit is their product in a network where nothing slides; so is 2 * A. */
const isMultiplied = (left: Resolved, right: Resolved, { scope }: Context): boolean => {
  const [a, b] = [left, right].map((side) => recordedShape(side, scope))
  if (!a || !b || scope.slides !== false) return false
  if (a.length === 0 || b.length === 0) return true
  if (a.length === 1 && b.length === 1)
    return isRow(right, scope) ? !isRow(left, scope) : isRow(left, scope) && a[0] === b[0]
  return a.length + b.length > 2 && a.at(-1) === b[0]
}

/** A bare star where nothing slides, or nothing need slide; undefined where it is a star. */
export const unslid = (
  left: Resolved,
  right: Resolved,
  span: Span,
  context: Context,
): Resolved | undefined => {
  if (context.program || isEntrywise(left, right, context)) {
    // a ⊗ b of one length: entry by entry, and their outer product where a matrix is meant.
    const mayBeOuter = !context.program && isColumn(left, context) && isColumn(right, context)
    if (mayBeOuter) context.met.add('outers')
    return mayBeOuter && context.choices.outers === 'matrix'
      ? outerOf(left, right, span)
      : { kind: 'hadamard', left, right, span }
  }
  return isMultiplied(left, right, context)
    ? { kind: 'product', factors: [left, right], span }
    : undefined
}

/** The image and the kernel of a full star, of which the kernel may stand first. */
export const inOrder = (
  left: Resolved,
  right: Resolved,
  { mode, operation }: Of<'star'>,
  context: Context,
) => {
  const isOpen = mode === 'full' && operation === 'correlation' && context.isLatex
  if (isOpen) context.met.add('kernels')
  const isTurned = isOpen && context.choices.kernels === 'left'
  return isTurned ? { left: right, right: left } : { left, right }
}
