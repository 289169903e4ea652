// The vector of ones 𝟙 and the identity I, whose lengths are those of what they stand beside: each
// 𝟙 becomes ones(v) of an array that has the length. Also δ ⊗ a as an outer product.
import {
  type Inference,
  isOpen,
  isVector,
  type Length,
  type Ones,
  settled,
  shapeIn,
  together,
} from './lengths.ts'
import { rational } from './rational.ts'
import type { Resolved, Scope } from './resolved.ts'
import { ClaimError, type Span } from './syntax.ts'
import { childNodes, holding, mapped } from './walk.ts'

/** 𝟙 until its length is known; `length` is a numeral or a size that was written below it. */
export const onesOf = (span: Span, length?: Resolved): Resolved => ({
  kind: 'call',
  word: 'ones',
  order: 0,
  operands: length ? [length] : [],
  span,
})

/** I is diag(𝟙). */
export const identityOf = (span: Span, length?: Resolved): Resolved => ({
  kind: 'call',
  word: 'diag',
  order: 0,
  operands: [onesOf(span, length)],
  span,
})

const isIn = holding(isOpen)

const recordedLength = ({ array, axis }: Length & { kind: 'axis' }, { names }: Scope): number =>
  names.find(({ name }) => name === array.name)!.shape[array.skip + axis]!

/** An array whose only axis has the length: the array itself, or its first row along the axis. */
const vectorOf = ({ array, axis }: Length & { kind: 'axis' }, scope: Scope): Resolved => {
  const { span } = array
  const rank = scope.names.find(({ name }) => name === array.name)!.shape.length - array.skip
  if (rank === 1) return array
  const first: Resolved = { kind: 'numeral', value: rational(1n), span }
  const indices = Array.from({ length: rank }, (_, k) => (k === axis ? null : first))
  return { kind: 'entry', array, indices, span }
}

const filled = (node: object, { lengths, scope }: Inference): Resolved | undefined => {
  if (!isOpen(node)) return undefined
  const { operands, span } = node as Ones
  const length = lengths.get(node)
  const known = length && settled(length)
  if (known?.kind !== 'axis')
    throw new ClaimError('How long 𝟙 (or I) is here, nothing beside it says', span)
  const [given] = operands
  const recorded = BigInt(recordedLength(known, scope))
  if (given?.kind === 'numeral' && given.value.numerator !== recorded)
    throw new ClaimError(`Beside this stands an axis of length ${recorded}`, given.span)
  return { ...(node as Ones), operands: [vectorOf(known, scope)] }
}

const termsOf = (node: Resolved) => (node.kind === 'addition' ? node.terms : [node])

/**
 * δ ⊗ a where the other side is a matrix: the outer product δ aᵀ. No convolution of two vectors is
 * a matrix. Where there are other stars the readings tell them apart.
 */
export const withOuterProducts = (
  operands: readonly Resolved[],
  scope: Scope,
): readonly Resolved[] => {
  const stars = operands.flatMap(starsIn)
  const [star] = stars
  if (!star || stars.length > 1 || star.mode || star.operation !== 'bare') return operands
  const shapeOf = (node: Resolved) => shapeIn(node, { scope, lengths: new Map() })
  const isOuter =
    [star.left, star.right].every((side) => isVector(side, scope)) &&
    operands.flatMap(termsOf).some((term) => shapeOf(term)?.lengths.length === 2)
  if (!isOuter) return operands
  const product = outerOf(star.left, star.right, star.span)
  return operands.map((operand) => mapped(operand, (node) => (node === star ? product : undefined)))
}

/** a bᵀ. */
export const outerOf = (left: Resolved, right: Resolved, span: Span): Resolved => {
  const row: Resolved = { kind: 'transposed', operand: right, span }
  return { kind: 'product', factors: [left, row], span }
}

type Star = Resolved & { kind: 'star' }

export const isStar = (node: object): node is Star => (node as Resolved).kind === 'star'

const holdsStar = holding(isStar)

const starsIn = (node: Resolved): Star[] =>
  holdsStar(node)
    ? [...(isStar(node) ? [node] : []), ...childNodes<Resolved>(node).flatMap(starsIn)]
    : []

/**
 * A factor 1 beside a row or a column is the vector of ones in 1 yᵀ and yᵀ 1, and after a matrix in
 * A 1: as a number it would say nothing.
 */
export const withOnes = (
  factors: readonly Resolved[],
  isOne: (at: number) => boolean,
  dots: ReadonlySet<number>,
  scope: Scope,
): Resolved[] => {
  const shapeOf = (node: Resolved) => shapeIn(node, { scope, lengths: new Map() })
  const isRow = (node: Resolved | undefined) =>
    node?.kind === 'transposed' && shapeOf(node)?.isRow === true
  const isMatrix = (at: number) => at > 0 && shapeOf(factors[at - 1]!)?.lengths.length === 2
  return factors.map((factor, at) => {
    const isBeside = isRow(factors[at - 1]) || isRow(factors[at + 1])
    const isLast = at === factors.length - 1 && !dots.has(at) && isMatrix(at)
    return isOne(at) && (isBeside || isLast) ? onesOf(factor.span) : factor
  })
}

/**
 * The operands of a chain with the length of every 𝟙 settled.
 * @throws ClaimError at a 𝟙 whose length nothing says
 */
export const withLengths = (operands: readonly Resolved[], scope: Scope): readonly Resolved[] => {
  if (!operands.some(isIn)) return operands
  const inference: Inference = { scope, lengths: new Map() }
  // A length may be settled by what stands to the right of a 𝟙, or by the other side.
  for (let round = 0; round < 2; round++)
    together(operands.map((operand) => shapeIn(operand, inference)))
  return operands.map((operand) => mapped(operand, (node) => filled(node, inference)))
}
