// A vector beside a matrix, entry by entry: it stands beside every row, or beside every column.
import { recordedShape } from '../../lengths.ts'
import { onesOf } from '../../ones.ts'
import type { Resolved } from '../../resolved.ts'
import type { Span } from '../../syntax.ts'
import { isColumn } from '../besides.ts'
import type { Context } from '../context.ts'

type Shapes = readonly (readonly number[] | undefined)[]

const shapesOf = (sides: readonly Resolved[], { scope }: Context): Shapes =>
  sides.map((side) => recordedShape(side, scope))

const onesAcross = (span: Span): Resolved => ({ kind: 'transposed', operand: onesOf(span), span })

const inProduct = (left: Resolved, right: Resolved): Resolved => {
  const { span } = left
  return { kind: 'product', factors: [left, right], span }
}

const inRows = (side: Resolved): Resolved =>
  inProduct(onesOf(side.span), { kind: 'transposed', operand: side, span: side.span })

const inColumns = (side: Resolved): Resolved => inProduct(side, onesAcross(side.span))

/** A 𝟙 and −A 𝟙: a number for each row. */
const isOfRows = (node: Resolved): boolean => {
  if (node.kind === 'negation') return isOfRows(node.operand)
  const last = node.kind === 'product' ? node.factors.at(-1) : undefined
  return last !== undefined && last.kind === 'call' && last.word === 'ones'
}

/**
 * W X + b of a b with one column: b 𝟙ᵀ, where that convention is tried. What rowsum(A) is called is
 * A 𝟙 𝟙ᵀ beside a matrix, as rowsum(A) itself is.
 */
export const spreadColumns = (
  terms: readonly Resolved[],
  context: Context,
): readonly Resolved[] => {
  const shapes = shapesOf(terms, context)
  const wide = shapes.find((shape) => shape?.length === 2)
  const isOfEachRow = terms.map(
    (term, at) => shapes[at]?.length === 1 && shapes[at]?.[0] === wide?.[0] && isOfRows(term),
  )
  if (!isOfEachRow.includes(true)) return besideColumns(terms, context, shapes)
  return terms.map((term, at) => (isOfEachRow[at] ? inColumns(term) : term))
}

/** Where a column stands beside a matrix; a vector as long as a row does so by itself. */
export const besideColumns = (
  sides: readonly Resolved[],
  context: Context,
  shapes = shapesOf(sides, context),
) => {
  const wide = shapes.find((shape) => shape?.length === 2)
  const isOpen = shapes.some(
    (shape) => shape?.[1] === 1 || (shape?.length === 1 && shape[0] !== wide?.[1]),
  )
  return isOpen ? spreadRows(sides, context, shapes) : sides
}

/** A vector beside a matrix, entry by entry: 𝟙 gᵀ, where that convention is tried. */
export const spreadRows = (
  sides: readonly Resolved[],
  context: Context,
  shapes = shapesOf(sides, context),
): readonly Resolved[] => {
  const { choices, met, scope } = context
  const matrices = shapes.filter((shape) => shape?.length === 2)
  const wide = [0, 1].map((axis) => Math.max(...matrices.map((shape) => shape![axis]!)))
  const isWhole = matrices.some((shape) => shape!.join() === wide.join())
  const is = (at: number, rows: number, columns: number) =>
    shapes[at]?.join() === [rows, columns].join()
  const isVector = (at: number, axis: 0 | 1) =>
    shapes[at]?.length === 1 && shapes[at]?.[0] === wide[axis] && isColumn(sides[at]!, context)
  const ways = sides.map((_, at): ((side: Resolved) => Resolved) | undefined => {
    if (is(at, wide[0]!, 1)) return inColumns
    // A row and a column make a matrix, as they do in the network.
    if (scope.crosses && !isWhole && is(at, 1, wide[1]!))
      return (row) => inProduct(onesOf(row.span), row)
    return isVector(at, 1) ? inRows : isVector(at, 0) ? inColumns : undefined
  })
  if (!(wide[1]! > 1) || ways.every((way) => !way)) return sides
  met.add('spread')
  return choices.spread === 'never' ? sides : sides.map((side, at) => ways[at]?.(side) ?? side)
}

/** γ X of a γ and an X that are no product: γ is a factor of every row, or of every column. */
export const scaled = (factors: readonly Resolved[], span: Span, context: Context) => {
  const shapes = shapesOf(factors, context)
  const arrays = factors.flatMap((_, at) => (shapes[at]?.length === 0 ? [] : [at]))
  const [left, right, ...others] = arrays.map((at) => factors[at]!)
  if (!left || !right || others.length > 0) return undefined
  const own = arrays.map((at) => shapes[at])
  const [a = [], b = []] = own
  const isProduct = a.length === 1 ? b[0] === 1 : a[1] === b[0]
  if (a.length + b.length !== 3 || isProduct) return undefined
  const sides = spreadRows([left, right], context, own)
  if (sides[0] === left && sides[1] === right) return undefined
  const entries: Resolved = { kind: 'hadamard', left: sides[0]!, right: sides[1]!, span }
  const numbers = factors.filter((_, at) => !arrays.includes(at))
  return numbers.length > 0
    ? ({ kind: 'product', factors: [...numbers, entries], span } as const)
    : entries
}
