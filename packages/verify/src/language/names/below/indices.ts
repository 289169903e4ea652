// Subscripts against the axes of an array: how many there are, and where digits are cut.

import { rational } from '../../rational.ts'
import type { ScopeName } from '../../resolved.ts'
import { ClaimError, type Expression, type Span } from '../../syntax.ts'
import { factorsOf, visibleRanks } from '../names.ts'

const digitsOf = (numeral: Expression & { kind: 'numeral' }): Expression[] =>
  [...numeral.text].map((text, at) => ({
    kind: 'numeral',
    text,
    value: { numerator: BigInt(text), denominator: 1n },
    span: { start: numeral.span.start + at, end: numeral.span.start + at + 1 },
  }))

/** `11`, `k11`, `ij`, and `k-ij`, cut into single indices; t-1 is the one before t. */
const pieces = (part: Expression): { indices: Expression[]; digits: boolean } => {
  const terms =
    part.kind === 'addition' &&
    part.terms.every((term, at) => (term.kind === 'negation') === at > 0)
      ? part.terms.map((term) => (term.kind === 'negation' ? term.operand : term))
      : [part]
  const isDifference = terms.length > 1 && cut(terms.slice(1)).length < 2
  const factors = factorsOf(isDifference ? [part] : terms)
  const digits = factors.some((each) => each.kind === 'numeral' && each.text.length > 1)
  return { indices: cut(isDifference ? [part] : terms), digits }
}

const cut = (terms: readonly Expression[]): Expression[] =>
  factorsOf(terms).flatMap((each) =>
    each.kind === 'numeral' && /^\d+$/.test(each.text) ? digitsOf(each) : [each],
  )

export interface Indices {
  /** One for each visible axis; null is the whole axis. Empty for the whole array. */
  readonly indices: readonly (Expression | null)[]
  /** How many leading axes are invisible. */
  readonly skip: number
}

const isWholeAxis = (index: Expression | null): boolean =>
  index?.kind === 'name' && index.base === ':'

/** @throws ClaimError when they are too many, too few, or digits that could be cut in two ways. */
export const indicesOf = (
  array: ScopeName,
  leading: readonly Expression[],
  parts: readonly Expression[] | undefined,
  span: Span,
): Indices => {
  const { indices, skip } = asWrittenOf(array, leading, parts, span)
  return { indices: indices.map((index) => (isWholeAxis(index) ? null : index)), skip }
}

const asWrittenOf = (
  array: ScopeName,
  leading: readonly Expression[],
  parts: readonly Expression[] | undefined,
  span: Span,
): Indices => {
  const ranks = visibleRanks(array)
  const whole = ranks.find((rank) => rank >= leading.length)
  if (!parts) {
    if (leading.length === 0) return { indices: [], skip: array.rank - ranks[0]! }
    if (whole === undefined) throw wrongCount(array, ranks, leading.length, span)
    const rest = Array.from({ length: whole - leading.length }, () => null)
    return { indices: [...leading, ...rest], skip: array.rank - whole }
  }
  const fits = (count: number) => ranks.find((rank) => rank === leading.length + count)
  const asWritten = fits(parts.length)
  const cut = parts.length === 1 ? pieces(parts[0]!) : { indices: parts, digits: false }
  const rank = fits(cut.indices.length)
  // P_{11} of one entry: there is no eleventh.
  const isApart = cut.digits && rank !== undefined && array.shape.every((length) => length === 1)
  if (asWritten !== undefined && !isApart && !parts.some(isRunOfLetters))
    return { indices: [...leading, ...parts], skip: array.rank - asWritten }
  const map = mapOf(array, ranks, leading.length + cut.indices.length)
  if (rank === undefined && map !== undefined && !cut.digits)
    return { indices: [...leading, ...cut.indices, null, null], skip: array.rank - map }
  // x_i, the i-th row of a matrix.
  const isRow = leading.length + cut.indices.length === 1 && ranks.includes(2)
  if (rank === undefined && isRow && !cut.digits)
    return { indices: [...leading, ...cut.indices, null], skip: array.rank - 2 }
  const placed = withUnitsFilled(array, [...leading, ...cut.indices], span)
  if (rank === undefined && placed && !cut.digits) return { indices: placed, skip: 0 }
  if (rank === undefined) throw wrongCount(array, ranks, leading.length + cut.indices.length, span)
  const long = array.shape.slice(array.rank - rank).find((length) => length > 9)
  if (cut.digits && long !== undefined)
    throw new ClaimError(
      `Commas are missing: an axis of ${array.name} has length ${long}, more than one digit`,
      parts[0]!.span,
    )
  return { indices: [...leading, ...cut.indices], skip: array.rank - rank }
}

/** ij is i and j, never their product. */
const isRunOfLetters = (part: Expression): boolean =>
  part.kind === 'product' &&
  part.factors.every(
    (each) =>
      each.kind === 'name' && !each.superscript && !each.subscript && /^\p{Ll}$/u.test(each.base),
  )

/** w_{kuv} of one channel, [4, 1, 3, 3]: as many indices as there are axes longer than 1. */
const withUnitsFilled = (
  { letters, shape, recorded = shape }: ScopeName,
  indices: readonly Expression[],
  span: Span,
): Expression[] | undefined => {
  const long = recorded.filter((length) => length !== 1)
  if (letters.length > 0 || long.length < 2 || indices.length !== long.length) return undefined
  const first: Expression = { kind: 'numeral', text: '1', value: rational(1n), span }
  let next = 0
  return recorded.map((length) => (length === 1 ? first : indices[next++]!))
}

/** x_c, w_{fc}: the map or filter that is left where the indices of rows and columns are not given. */
const mapOf = (
  { shape }: ScopeName,
  ranks: readonly number[],
  given: number,
): number | undefined =>
  given > 0 && shape.length > 2 ? ranks.find((rank) => rank === given + 2) : undefined

const wrongCount = (array: ScopeName, ranks: readonly number[], count: number, span: Span) =>
  new ClaimError(
    `${array.name} takes ${ranks.join(' or ')} ${ranks[0] === 1 ? 'index' : 'indices'}, here are ${count}`,
    span,
  )
