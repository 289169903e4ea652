// The one grammar of claims, by precedence climbing over grouped tokens; both front ends end here.
// Tight to loose: scripts, juxtaposition, /, star, ⊙, the body of Σ, + −, relations.

import { modes } from '../lexicon.ts'
import {
  ClaimError,
  type Comparison,
  type Expression,
  limits,
  type Mode,
  type RelationSign,
  type Span,
} from '../syntax.ts'
import { isTotalDerivative } from './differential.ts'
import { factor, startsFactor } from './factor.ts'
import { type UnderStar, underStar } from './star-steps.ts'
import {
  type Cursor,
  deeper,
  finish,
  isRelation,
  isSign,
  joinSpans,
  make,
  next,
  peek,
  splitAt,
  within,
  withoutScripts,
} from './tokens/cursor.ts'
import { extent, type Token } from './tokens/tokens.ts'

/** All of these tokens as one expression. */
export const whole = (cursor: Cursor, tokens: readonly Token[], span: Span): Expression => {
  const inner = within(cursor, tokens, span)
  const read = addition(inner)
  finish(inner)
  return read
}

/** (m, n) ∈ R_{ij} */
const place = (cursor: Cursor): Expression | undefined => {
  const token = peek(cursor)
  const isPlace = token?.type === 'group' && token.text === '(' && isSign(peek(cursor, 1), '∈')
  if (!isPlace || !token.body!.some((each) => isSign(each, ','))) return undefined
  const { body, span } = next(cursor)
  const items = splitAt(body!, ',').map((part) => whole(cursor, part, span))
  return make(cursor, { kind: 'list' as const, items, span })
}

/** A chain of relations; one operand where there is none. */
export const comparison = (cursor: Cursor): Comparison => {
  const operands = [place(cursor) ?? addition(cursor)]
  const relations: RelationSign[] = []
  while (isRelation(peek(cursor))) {
    const sign = next(cursor)
    withoutScripts(sign)
    relations.push((sign.text === ':=' ? '=' : sign.text) as RelationSign)
    operands.push(addition(cursor))
  }
  const span = joinSpans(operands[0]!, operands.at(-1)!)
  return make(cursor, { kind: 'comparison', operands, relations, span })
}

export const addition = (cursor: Cursor): Expression =>
  deeper(cursor, () => {
    const terms = [term(cursor)]
    while (continuesSum(cursor, terms.at(-1)!)) {
      const sign = peek(cursor)!
      const isMinus = isSign(sign, '-')
      if (isMinus || isSign(sign, '+')) withoutScripts(next(cursor))
      const operand = term(cursor)
      const span = joinSpans(sign, operand)
      terms.push(isMinus ? make(cursor, { kind: 'negation' as const, operand, span }) : operand)
    }
    if (terms.length === 1) return terms[0]!
    const span = joinSpans(terms[0]!, terms.at(-1)!)
    return make(cursor, { kind: 'addition' as const, terms, span })
  })

/** A sign and a term; beside dots people leave the sign out: x_1 + x_2 … x_9. */
const continuesSum = (cursor: Cursor, last: Expression): boolean => {
  if (['+', '-', '…'].some((sign) => isSign(peek(cursor), sign))) return true
  return last.kind === 'ellipsis' && startsFactor(cursor)
}

/** −a ⊙ b is −(a ⊙ b). */
const term = (cursor: Cursor): Expression => {
  const sign = peek(cursor)
  if (isSign(sign, '…')) {
    withoutScripts(sign!)
    cursor.at++
    return make(cursor, { kind: 'ellipsis', span: sign!.span })
  }
  if (!isSign(sign, '+')) return signed(cursor, hadamard)
  withoutScripts(next(cursor))
  return deeper(cursor, () => term(cursor))
}

/** A minus may stand before an operand of any level: a ⊙ −b. */
export const signed = (cursor: Cursor, operand: (cursor: Cursor) => Expression): Expression => {
  const minus = peek(cursor)
  if (!isSign(minus, '-')) return operand(cursor)
  return deeper(cursor, () => {
    withoutScripts(next(cursor))
    const inner = signed(cursor, operand)
    return make(cursor, {
      kind: 'negation' as const,
      operand: inner,
      span: joinSpans(minus!, inner),
    })
  })
}

/** Operators of one level, from left to right; the tree is as deep as they are many. */
const leftToRight = (
  cursor: Cursor,
  operators: readonly string[],
  operand: (cursor: Cursor) => Expression,
  combine: (left: Expression, sign: Token, right: () => Expression) => Expression,
): Expression => {
  let left = operand(cursor)
  for (let length = 1; ; length++) {
    const sign = peek(cursor)
    if (sign?.type !== 'sign' || !operators.includes(sign.text)) return left
    cursor.at++
    if (length > limits.depth)
      throw new ClaimError(`More than ${limits.depth} operators in a row`, sign.span)
    left = make(
      cursor,
      combine(left, sign, () => signed(cursor, operand)),
    )
  }
}

/** a ⊙ b, and everything that binds tighter: what a Σ takes as its body. */
export const hadamard = (cursor: Cursor): Expression =>
  leftToRight(cursor, ['⊙'], star, (left, sign, read) => {
    withoutScripts(sign)
    const right = read()
    return { kind: 'hadamard', left, right, span: joinSpans(left, right) }
  })

const star = (cursor: Cursor): Expression =>
  leftToRight(cursor, ['*', 'conv'], quotient, (left, sign, read) => {
    const { mode, steps } = modeOf(cursor, sign)
    const right = read()
    const operation = sign.text === 'conv' ? 'convolution' : mode ? 'correlation' : 'bare'
    const span = joinSpans(left, right)
    const below = { ...(mode && { mode }), ...(steps && { steps }) }
    return { kind: 'star', operation, ...below, left, right, span }
  })

/** `*full`, `*_{full}`, `\overset{full}{*}`, `conv full`, `convfull`, `*_{s=2,p=1}`. */
const modeOf = (cursor: Cursor, sign: Token): UnderStar => {
  const script = sign.subscript ?? sign.superscript
  if (!script && !sign.primes) {
    const mode = sign.mode ?? (sign.text === 'conv' ? modeAhead(cursor) : undefined)
    return mode ? { mode } : {}
  }
  if (!script || sign.mode || sign.primes || (sign.subscript && sign.superscript))
    throw new ClaimError('The mode of a star is valid, full or same', extent(sign))
  return underStar(sign, script)
}

/** The word after `conv`, as a word of its own. */
const modeAhead = (cursor: Cursor): Mode | undefined => {
  const touches = (ahead: number): boolean =>
    peek(cursor, ahead)?.type === 'name' &&
    (ahead === 0 || extent(peek(cursor, ahead - 1)!).end === peek(cursor, ahead)!.span.start)
  let length = 0
  while (length < 16 && touches(length)) length++
  const letters = cursor.tokens.slice(cursor.at, cursor.at + length)
  const mode = modes.get(letters.map((token) => token.text).join(''))
  if (mode) cursor.at += length
  return mode
}

/** b (c), b (c)^2, b (c)ᵀ without brackets around all of it. */
const beginsApplied = (node: Expression, start = node.span.start): boolean => {
  if (node.kind === 'application') return start === node.head.span.start
  if (node.kind === 'power') return beginsApplied(node.base, start)
  if (node.kind === 'transposed') return beginsApplied(node.operand, start)
  return node.kind === 'entry' && beginsApplied(node.array, start)
}

const quotient = (cursor: Cursor): Expression => {
  const numerator = (inner: Cursor) => product(inner, true)
  const denominator = (inner: Cursor) => product(inner, false)
  let first = true
  const operand = (inner: Cursor): Expression => {
    const read = first ? numerator : denominator
    first = false
    return read(inner)
  }
  const divided = leftToRight(cursor, ['/'], operand, (left, sign, read) => {
    withoutScripts(sign)
    const right = read()
    const span = joinSpans(left, right)
    const first = right.kind === 'product' ? right.factors[0] : undefined
    const isBeside = beginsApplied(right) || (right.kind === 'call' && right.bare === true)
    const loose = first && right.span.start === first.span.start && { loose: true }
    const beside = isBeside && { beside: true }
    return { kind: 'quotient', numerator: left, denominator: right, ...loose, ...beside, span }
  })
  if (divided.kind !== 'quotient' || !startsFactor(cursor)) return divided
  const rest = deeper(cursor, () => quotient(cursor))
  const factors = rest.kind === 'product' ? [divided, ...rest.factors] : [divided, rest]
  return make(cursor, { kind: 'product', factors, span: joinSpans(divided, rest) })
}

/** Nobody means 1/(N Σ…) by 1/N Σ…: what is divided by ends before Σ and ∂. */
const endsDenominator = (cursor: Cursor): boolean =>
  ['Σ', '∂', '∇'].some((sign) => isSign(peek(cursor), sign)) || isTotalDerivative(cursor)

/** `folds`: a numeral over a numeral is one number, but not in a denominator: a/1/2 is (a/1)/2. */
const product = (cursor: Cursor, folds: boolean): Expression => {
  const factors = [factor(cursor, folds)]
  const dots: number[] = []
  for (;;) {
    if (isSign(peek(cursor), '·')) {
      withoutScripts(next(cursor))
      dots.push(factors.length)
      factors.push(signed(cursor, (inner) => factor(inner, folds)))
    } else if (isSign(peek(cursor), '@')) {
      // As programs multiply matrices.
      withoutScripts(next(cursor))
      factors.push(factor(cursor, folds))
    } else if (startsFactor(cursor) && (folds || !endsDenominator(cursor)))
      factors.push(factor(cursor, folds))
    else break
  }
  if (factors.length === 1) return factors[0]!
  const span = joinSpans(factors[0]!, factors.at(-1)!)
  return make(cursor, { kind: 'product', factors, ...(dots.length > 0 && { dots }), span })
}
