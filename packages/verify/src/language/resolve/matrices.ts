// Matrices of entries, [a, b; c, d]: a claim about one is a claim for each entry.
import { recordedShape } from '../lengths.ts'
import { rational } from '../rational.ts'
import type { Resolved, ResolvedClaim, Scope } from '../resolved.ts'
import { ClaimError, type Span } from '../syntax.ts'
import { childNodes, holding } from '../walk.ts'

type List = Resolved & { readonly kind: 'list' }

/** [W, b] and [h; x] of arrays, and the rows of a matrix of entries. */
export const listOf = (rows: readonly Resolved[][], span: Span, scope: Scope): Resolved => {
  const isOfArrays = rows.some((row) =>
    row.some((each) => recordedShape(each, scope)?.length !== 0),
  )
  const isRow = rows.length === 1
  if (isOfArrays && (isRow || rows.every(({ length }) => length === 1)))
    return { kind: 'list', items: rows.flat(), ...(!isRow && { isBelow: true }), span }
  return {
    kind: 'list',
    items: rows.map((items): Resolved => ({ kind: 'list', items, span })),
    span,
  }
}

/** Rows and columns; a vector is a column. */
type Size = readonly [rows: number, columns: number]

const mostEntries = 100

const isMatrix = (node: object): node is List => {
  const { kind, items = [] } = node as Partial<List>
  return kind === 'list' && items.length > 0 && items.every((item) => item.kind === 'list')
}

const holdsMatrix = holding(isMatrix)

const refuse = (why: string, span: Span) => new ClaimError(`A matrix of entries: ${why}`, span)

const numeral = (value: number, span: Span): Resolved => ({
  kind: 'numeral',
  value: rational(BigInt(value)),
  span,
})

/** Leading axes of length 1 are invisible where there are more than rows and columns. */
const visibleShape = (node: Resolved, scope: Scope): readonly number[] | undefined => {
  const shape = recordedShape(node, scope)
  if (!shape || shape.length <= 2 || shape.slice(0, -2).some((length) => length !== 1)) return shape
  return shape.slice(-2)
}

/** Undefined of a number. */
const sizeOf = (node: Resolved, scope: Scope): Size | undefined => {
  if (isMatrix(node)) return [node.items.length, (node.items[0] as List).items.length]
  if (node.kind === 'transposed') {
    const size = sizeOf(node.operand, scope)
    return size && [size[1], size[0]]
  }
  if (node.kind === 'product') {
    const sizes = node.factors.flatMap((factor) => {
      const size = sizeOf(factor, scope)
      return size ? [size] : []
    })
    return sizes.length === 0 ? undefined : [sizes[0]![0], sizes.at(-1)![1]]
  }
  if (holdsMatrix(node)) {
    const [size] = childNodes<Resolved>(node).flatMap((child) => {
      const own = sizeOf(child, scope)
      return own ? [own] : []
    })
    return size
  }
  const shape = visibleShape(node, scope)
  if (!shape || shape.length > 2)
    throw refuse('the shape of what is beside it is not known', node.span)
  return shape.length === 0 ? undefined : [shape[0]!, shape[1] ?? 1]
}

/** The entry of a whole array in a row and a column, counted from 0. */
const at = (node: Resolved, row: number, column: number, scope: Scope): Resolved => {
  const { span } = node
  const inner = (each: Resolved) => at(each, row, column, scope)
  if (isMatrix(node)) return (node.items[row] as List).items[column]!
  switch (node.kind) {
    case 'transposed':
      return at(node.operand, column, row, scope)
    case 'negation':
      return { ...node, operand: inner(node.operand) }
    case 'addition':
      return { ...node, terms: node.terms.map(inner) }
    case 'hadamard':
      return { ...node, left: inner(node.left), right: inner(node.right) }
    case 'product':
      return productAt(node.factors, row, column, scope, span)
    case 'quotient':
      return { ...node, numerator: inner(node.numerator) }
    default:
      break
  }
  const rank = recordedShape(node, scope)?.length
  if (holdsMatrix(node) || rank === undefined)
    throw refuse('it stands where its entries are not plain', span)
  if (rank === 0) return node
  const hidden = Array.from({ length: Math.max(0, rank - 2) }, () => 0)
  const visible = [row, column].slice(0, rank)
  const indices = [...hidden, ...visible].map((index) => numeral(index + 1, span))
  return { kind: 'entry', array: node, indices, span }
}

/** Numbers times a chain of matrices. */
const productAt = (
  factors: readonly Resolved[],
  row: number,
  column: number,
  scope: Scope,
  span: Span,
): Resolved => {
  const numbers = factors.filter((factor) => !sizeOf(factor, scope))
  const arrays = factors.filter((factor) => sizeOf(factor, scope))
  const [first, ...others] = arrays
  if (!first) return { kind: 'product', factors, span }
  const rest: Resolved = others.length > 1 ? { kind: 'product', factors: others, span } : others[0]!
  const length = sizeOf(first, scope)![1]
  if (others.length > 0 && sizeOf(rest, scope)![0] !== length)
    throw refuse('the lengths of its product do not fit', span)
  const terms =
    others.length === 0
      ? [at(first, row, column, scope)]
      : Array.from({ length }, (_, k): Resolved => {
          const pair = [at(first, row, k, scope), at(rest, k, column, scope)]
          return { kind: 'product', factors: pair, span }
        })
  const value: Resolved = terms.length === 1 ? terms[0]! : { kind: 'addition', terms, span }
  return numbers.length === 0 ? value : { kind: 'product', factors: [...numbers, value], span }
}

/**
 * The claims for all entries; the claim itself where it has no matrix of entries.
 * @throws ClaimError where the sides have different sizes, or there are too many entries
 */
export const overEntries = (claim: ResolvedClaim, scope: Scope): readonly ResolvedClaim[] => {
  if (!claim.operands.some(holdsMatrix)) return [claim]
  const sizes = claim.operands.map((operand) => sizeOf(operand, scope))
  const [first] = sizes
  const { span } = claim
  if (!first || sizes.some((size) => size?.join() !== first.join()))
    throw refuse(
      `its sides have the shapes ${sizes.map((size) => size?.join('×') ?? 'of a number').join(' and ')}`,
      span,
    )
  const [rows, columns] = first
  if (rows * columns > mostEntries) throw refuse(`at most ${mostEntries} entries`, span)
  return Array.from({ length: rows * columns }, (_, k) => ({
    ...claim,
    operands: claim.operands.map((operand) =>
      at(operand, Math.floor(k / columns), k % columns, scope),
    ),
  }))
}
