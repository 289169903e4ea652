// Products as they are read: dW for ∂C/∂W, a · b of two vectors, 1ᵀ.

import { recordedShape, shapeIn } from '../lengths.ts'
import { withoutTranspose } from '../names/names.ts'
import { onesOf, withOnes } from '../ones.ts'
import type { Resolved } from '../resolved.ts'
import type { Expression, Name } from '../syntax.ts'
import { type Context, inScope, isBare, type Of } from './context.ts'
import { resolveExpression } from './expression.ts'
import { matchIn } from './in-place.ts'

/** 1, which in 1ᵀ a is the vector of ones. */
export const isLiteralOne = (node: Expression): boolean =>
  node.kind === 'numeral' && node.text === '1'

/** The d of dW: a bare letter that the graph has not. */
const isDifferential = (node: Expression, context: Context): boolean =>
  node.kind === 'name' &&
  node.base === 'd' &&
  isBare(node) &&
  node.primes === 0 &&
  !context.bound.has('d') &&
  !context.definitions.has('d') &&
  !context.scope.sizes?.some(({ name }) => name === 'd') &&
  !inScope(node, context)

/** A letter that means the cost in this graph. */
const costLetter = ({ scope }: Context): string | undefined =>
  ['C', 'J', 'L', 'E'].find(
    (letter) => letter === scope.costName || !scope.names.some(({ base }) => base === letter),
  )

/** dW^T is (dW)^T. */
const derivedBy = (name: Name, context: Context): Expression | undefined => {
  const match = matchIn(name, context)
  const base = costLetter(context)
  if (!match || match.power || !base || match.array.name === context.scope.costName)
    return undefined
  const { span } = name
  const of: Name = { kind: 'name', base, primes: 0, span }
  const plain = match.transposed ? withoutTranspose(name, name.superscript!.parts) : name
  const made = { kind: 'derivative', of, by: [plain!], total: false, span } as const
  return match.transposed ? { kind: 'transposed', operand: made, span } : made
}

const nameIn = (node: Expression): Name | undefined => (node.kind === 'name' ? node : undefined)

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
      name && isDifferential(factor, context) && !dots?.includes(at + 1)
        ? derivedBy(name, context)
        : undefined
    result.push(derivative ?? factor)
    if (derivative) at++
  }
  return { factors: result, dots: kept }
}

const isColumn = (node: Resolved, context: Context): boolean => {
  const shape = shapeIn(node, { scope: context.scope, lengths: new Map() })
  return shape?.lengths.length === 1 && !shape.isRow
}

/** a · b of two columns is their inner product, or entry by entry: what fits is seen from shapes. */
const withInner = (
  factors: readonly Resolved[],
  dots: ReadonlySet<number>,
  context: Context,
): readonly Resolved[] => {
  const result: Resolved[] = []
  for (const [at, factor] of factors.entries()) {
    const before = result.at(-1)
    if (!before || !dots.has(at) || !isColumn(before, context) || !isColumn(factor, context)) {
      result.push(factor)
      continue
    }
    context.met.add('dots')
    const span = { start: before.span.start, end: factor.span.end }
    const entries: Resolved = { kind: 'hadamard', left: before, right: factor, span }
    result[result.length - 1] =
      context.choices.dots === 'entrywise'
        ? entries
        : { kind: 'call', word: 'sum', order: 0, operands: [entries], span }
  }
  return result
}

export const resolveProduct = (node: Of<'product'>, context: Context): Resolved => {
  const { factors, dots } = withDifferentials(node, context)
  const [only, second] = factors
  if (only && !second) return resolveExpression(only, context)
  const read = factors.map((each) => resolveExpression(each, context))
  const whole = withOnes(read, (at) => isLiteralOne(factors[at]!), context.scope)
  const made = withInner(whole, dots, context)
  return made.length === 1 ? made[0]! : { kind: 'product', factors: made, span: node.span }
}

/** a * b of two arrays of one shape is ⊙ in a network where nothing slides. */
export const isEntrywise = (left: Resolved, right: Resolved, context: Context): boolean => {
  const { scope, choices, met } = context
  const [a, b] = [left, right].map((side) => recordedShape(side, scope))
  if (!a || !b || a.length === 0 || a.join() !== b.join()) return false
  if (scope.slides === false) return true
  if (scope.slides) met.add('stars')
  return choices.stars === 'entrywise'
}

/** A vector beside a matrix, entry by entry: 𝟙 gᵀ, where that convention is tried. */
export const spreadRows = (sides: readonly Resolved[], context: Context): readonly Resolved[] => {
  const { scope, choices, met } = context
  const shapes = sides.map((side) => recordedShape(side, scope))
  const wide = shapes.find((shape) => shape?.length === 2)
  const isVector = (at: number) =>
    shapes[at]?.length === 1 && shapes[at]?.[0] === wide?.[1] && isColumn(sides[at]!, context)
  if (!wide || !sides.some((_, at) => isVector(at))) return sides
  met.add('spread')
  if (choices.spread === 'never') return sides
  return sides.map((side, at): Resolved => {
    if (!isVector(at)) return side
    const { span } = side
    const row: Resolved = { kind: 'transposed', operand: side, span }
    return { kind: 'product', factors: [onesOf(span), row], span }
  })
}
