// Columns that stand side by side, y (1 − y): no product of matrices, so that it is entry by entry
// where that is tried.
import { recordedShape, shapeIn } from '../lengths.ts'
import type { Resolved } from '../resolved.ts'
import type { Expression } from '../syntax.ts'
import type { Context, Of } from './context.ts'

export const isColumn = (node: Resolved, context: Context): boolean => {
  const shape = shapeIn(node, { scope: context.scope, lengths: new Map() })
  return shape?.lengths.length === 1 && !shape.isRow
}

/** W^T δ · σ'(z): what stands before a dot and after it have one shape. */
export const isOneShape = (a: Resolved, b: Resolved, { scope }: Context): boolean => {
  const [left, right] = [a, b].map((side) => recordedShape(side, scope))
  return left !== undefined && left.length > 0 && left.join() === right?.join()
}

const joined = (left: Resolved, right: Resolved): Resolved => {
  const span = { start: left.span.start, end: right.span.end }
  const before = left.kind === 'product' ? left.factors : [left]
  return { kind: 'product', factors: [...before, right], span }
}

/** w_j of a matrix W: a row, which is a column as it is read. */
const rowOf = (node: Resolved): string | undefined => {
  if (node.kind !== 'entry' || node.array.kind !== 'array') return undefined
  const [index, rest, ...others] = node.indices
  return index && rest === null && others.length === 0 ? node.array.name : undefined
}

const nameOf = (node: Resolved): string | undefined =>
  node.kind === 'array' ? node.name : rowOf(node)

/**
 * w_j x, x w_j and q_i k_j, of a row and another array: their inner product, a number. So is w x of
 * any two columns, where that convention is tried.
 */
const withRowProducts = (
  factors: readonly Resolved[],
  context: Context,
): readonly Resolved[] | undefined => {
  const { dots } = context.choices
  const result: Resolved[] = []
  for (const right of dots === 'beside last' ? [...factors].reverse() : factors) {
    const left = result.at(-1)
    const names = left ? [nameOf(left), nameOf(right)] : []
    const isPair = new Set(names).size === 2 && !names.includes(undefined)
    const isOfRow = isPair && left && (rowOf(left) ?? rowOf(right)) !== undefined
    const isMeant = isOfRow || dots.startsWith('beside')
    const areColumns = left && [left, right].every((each) => isColumn(each, context))
    if (!isMeant || !areColumns || !isOneShape(left, right, context)) {
      result.push(right)
      continue
    }
    const span = { start: left.span.start, end: right.span.end }
    const entries: Resolved = { kind: 'hadamard', left, right, span }
    result[result.length - 1] = { kind: 'call', word: 'sum', order: 0, operands: [entries], span }
  }
  if (result.length === factors.length) return undefined
  return dots === 'beside last' ? result.reverse() : result
}

/**
 * y (1 − y) of two columns, which no product of matrices is: entry by entry. W^T δ y is taken from
 * the left, W^T (p − t) y from the right where that alone fits.
 */
export const besides = (
  factors: readonly Resolved[],
  context: Context,
): readonly Resolved[] | undefined => {
  let isMet = false
  let isMisfit = false
  const entrywise = (left: Resolved, right: Resolved): Resolved | undefined => {
    const areColumns = isColumn(left, context) && isColumn(right, context)
    const isBeside = areColumns && isOneShape(left, right, context)
    isMet ||= isBeside
    isMisfit ||= areColumns && !isBeside
    const span = { start: left.span.start, end: right.span.end }
    return isBeside ? { kind: 'hadamard', left, right, span } : undefined
  }
  const all = factors.flatMap((each) => (each.kind === 'product' ? each.factors : [each]))
  const fold = (given: readonly Resolved[]): Resolved =>
    given.reduce((left, right) => entrywise(left, right) ?? joined(left, right))
  const fromLeft = fold(all)
  const isFromLeft = !isMisfit
  const runs: Resolved[] = []
  for (const each of all) {
    const run = runs.length > 0 ? entrywise(runs.at(-1)!, each) : undefined
    if (run) runs[runs.length - 1] = run
    else runs.push(each)
  }
  if (!isMet) return undefined
  context.met.add('dots')
  if (context.choices.dots !== 'entrywise') return withRowProducts(all, context)
  return [isFromLeft ? fromLeft : fold(runs)]
}

/** As many filters as channels. */
export const pairsAlike = (side: Resolved, { scope }: Context): boolean => {
  const shape = recordedShape(side, scope)
  return !shape || (shape.length === 4 && shape[0] === shape[1] && shape[0]! > 1)
}

/** δ ⊙ σ'(z) aᵀ as (δ ⊙ σ'(z)) aᵀ, where that is tried. */
export const tighter = (
  node: Of<'hadamard' | 'star'>,
  context: Context,
): Expression | undefined => {
  const { left, right } = node
  if (context.program || right.kind !== 'product') return undefined
  context.met.add('hadamards')
  if (context.choices.hadamards === 'last') return undefined
  const [inner, ...others] = right.factors
  const span = { start: left.span.start, end: inner!.span.end }
  const joined: Expression = { ...node, right: inner!, span }
  return { kind: 'product', factors: [joined, ...others], span: { ...span, end: right.span.end } }
}
