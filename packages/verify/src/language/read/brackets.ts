// Brackets of every kind: parentheses, lists, ⌊⌋, |x|, fractions and roots.

import { rational } from '../rational.ts'
import { ClaimError, type Expression, type Word } from '../syntax.ts'
import { cases, isCases } from './cases.ts'
import { fractionDerivative } from './differential.ts'
import { call, factor, quotientOf } from './factor.ts'
import { addition, whole } from './pratt.ts'
import { iverson } from './reduction.ts'
import { partsOf, raised, scripted } from './scripts.ts'
import { splitApplication } from './split-application.ts'
import {
  type Cursor,
  isRelation,
  isSign,
  joinSpans,
  make,
  next,
  peek,
  splitAt,
  withoutScripts,
} from './tokens/cursor.ts'
import { extent, type Script, type Token } from './tokens/tokens.ts'

const bracketWords: ReadonlyMap<string, Word> = new Map([
  ['⌊', 'floor'],
  ['⌈', 'ceil'],
])

/** (z > 0) beside arrays is the mask [z > 0]. */
const isInequality = (each: Token): boolean =>
  ['<', '≤', '>', '≥'].some((sign) => isSign(each, sign))

export const group = (cursor: Cursor): Expression => {
  const token = next(cursor)
  const { span } = token
  const body = token.body!
  if (token.text === '⟨') return inner(cursor, token)
  if (isCases(token)) return scripted(cursor, cases(cursor, token), token)
  const word = bracketWords.get(token.text)
  if (word) return scripted(cursor, call(cursor, word, [whole(cursor, body, span)], span), token)
  const isMask = token.text === '(' && body.some((each) => isInequality(each))
  if (
    isMask ||
    (token.text === '[' && body.some((each) => isRelation(each) || each.type === 'keyword'))
  )
    return scripted(cursor, iverson(cursor, token), token)
  if (token.text === '[' && body.some((each) => isSign(each, ';')))
    return scripted(cursor, matrix(cursor, token), token)
  const parts = partsOf(cursor, body, span)
  if (parts.length === 1) {
    const inner = kept(cursor, parts[0]!, token)
    const unseen = token.unseen && inner.kind === 'addition' && { unseen: true }
    return entryRead(cursor, scripted(cursor, { ...inner, ...unseen, span }, token))
  }
  if (token.text !== '[') throw new ClaimError('A list of values in parentheses', span)
  return scripted(cursor, make(cursor, { kind: 'list', items: parts, span }), token)
}

/** [a, b; c, d]: rows of entries; a last semicolon ends the last row. */
const matrix = (cursor: Cursor, { body, span }: Token): Expression => {
  const written = splitAt(body!, ';')
  const rows = (written.at(-1)!.length === 0 ? written.slice(0, -1) : written).map((row) =>
    partsOf(cursor, row, span),
  )
  if (rows.some((row) => row.length !== rows[0]!.length))
    throw new ClaimError('The rows of a matrix are of one length', span)
  return make(cursor, { kind: 'matrix', rows, span })
}

const withScripts = ({ superscript, subscript, primes }: Token): boolean =>
  superscript !== undefined || subscript !== undefined || primes > 0

/**
 * (w(x))^2 is the square of what is in brackets, and w(x)^2 may be w · x^2: a product of one factor
 * keeps them apart.
 */
export const kept = (cursor: Cursor, inner: Expression, bracket: Token): Expression => {
  const base = (node: Expression): Expression =>
    node.kind === 'transposed'
      ? base(node.operand)
      : node.kind === 'power'
        ? base(node.base)
        : node.kind === 'entry'
          ? base(node.array)
          : node
  if (!withScripts(bracket) || base(inner).kind !== 'application') return inner
  return make(cursor, { kind: 'product', factors: [inner], span: inner.span })
}

/** (X * W)(i, j): at least two operands, for (a)(b) is a product. */
const entryRead = (cursor: Cursor, array: Expression): Expression => {
  const group = peek(cursor)
  if (group?.type !== 'group' || group.text !== '(') return array
  if (splitAt(group.body!, ',').length < 2) return array
  cursor.at++
  const indices = partsOf(cursor, group.body!, group.span)
  const span = joinSpans(array, group)
  return scripted(cursor, make(cursor, { kind: 'entry', array, indices, span }), group)
}

export const fraction = (cursor: Cursor): Expression => {
  const asDerivative = fractionDerivative(cursor)
  if (asDerivative) return asDerivative
  const token = next(cursor)
  const { span } = token
  const numerator = whole(cursor, token.body!, span)
  const denominator = whole(cursor, token.below!, span)
  const isNumber =
    numerator.kind === 'numeral' &&
    denominator.kind === 'numeral' &&
    denominator.value.numerator !== 0n
  const made: Expression = isNumber
    ? {
        kind: 'numeral',
        value: quotientOf(numerator.value, denominator.value),
        text: `${numerator.text}/${denominator.text}`,
        span,
      }
    : { kind: 'quotient', numerator, denominator, span }
  return scripted(cursor, make(cursor, made), token)
}

export const root = (cursor: Cursor): Expression => {
  const token = next(cursor)
  const under = whole(cursor, token.body!, token.span)
  return scripted(cursor, call(cursor, 'sqrt', [under], token.span), token)
}

/** √(…) and √x. */
export const prefixRoot = (cursor: Cursor): Expression => {
  const sign = next(cursor)
  withoutScripts(sign)
  const isBracket = peek(cursor)?.type === 'group'
  const operand = factor(cursor, false)
  const span = joinSpans(sign, operand)
  const loose = isBracket && operand.kind === 'power' && { loose: true }
  const bare = !isBracket && splitApplication(operand) && { bare: true }
  return make(cursor, { kind: 'call', word: 'sqrt', operands: [operand], ...loose, ...bare, span })
}

export const absolute = (cursor: Cursor): Expression => {
  const open = next(cursor)
  withoutScripts(open)
  cursor.bars++
  const inner = addition(cursor)
  cursor.bars--
  const close = peek(cursor)
  if (!isSign(close, '|')) throw new ClaimError('‘|’ is never closed', open.span)
  cursor.at++
  return scripted(cursor, call(cursor, 'abs', [inner], joinSpans(open, close!)), close!)
}

/** ⟨a, b⟩ is the sum of all products of entries. */
export const inner = (cursor: Cursor, token: Token): Expression => {
  const { span } = token
  const [left, right, ...others] = partsOf(cursor, token.body!, span)
  if (!left || !right || others.length > 0) throw new ClaimError('⟨a, b⟩ is of two arrays', span)
  const products = make(cursor, { kind: 'hadamard' as const, left, right, span })
  return scripted(cursor, call(cursor, 'sum', [products], span), token)
}

/** ‖x‖² is the sum of all squares, ‖x‖ its root. */
export const norm = (cursor: Cursor): Expression => {
  const open = next(cursor)
  withoutScripts(open)
  const length = cursor.tokens.slice(cursor.at).findIndex((token) => isSign(token, '‖'))
  if (length < 0) throw new ClaimError('‘‖’ is never closed', open.span)
  const close = cursor.tokens[cursor.at + length]!
  const span = { start: open.span.start, end: extent(close).end }
  const inner = whole(cursor, cursor.tokens.slice(cursor.at, cursor.at + length), span)
  cursor.at += length + 1
  const says = (script: Script | undefined, text: string) =>
    script?.tokens.length === 1 && script.tokens[0]!.text === text
  const isTwo = (script: Script | undefined) => says(script, '2')
  const { subscript, superscript, primes } = close
  const isFrobenius = says(subscript, 'F')
  if (says(subscript, '1') && !primes) {
    const size = call(cursor, 'sum', [call(cursor, 'abs', [inner], span)], span)
    return superscript ? raised(cursor, size, superscript) : size
  }
  if (
    (subscript && !isTwo(subscript) && !isFrobenius) ||
    (superscript && !superscript.tokens.every(({ type }) => type === 'number')) ||
    primes
  )
    throw new ClaimError('A norm is Euclidean, of all entries: ‖x‖, ‖x‖², ‖x‖_F', extent(close))
  const two: Expression = { kind: 'numeral', value: rational(2n), text: '2', span }
  const squares = make(cursor, { kind: 'power' as const, base: inner, exponent: two, span })
  const sum = call(cursor, 'sum', [squares], span)
  const root = call(cursor, 'sqrt', [sum], span)
  if (!superscript) return root
  return isTwo(superscript) ? sum : raised(cursor, root, superscript)
}
