// Derivatives as people write them: ∂C/∂W, dC/dW, ∂²C/(∂a ∂b), ∂²C/∂a² and ∂/∂x (…).

import { anyCost } from '../lexicon.ts'
import { needsVariable, nobody } from '../names/steps/lone-gradient.ts'
import { ClaimError, type Expression, type Name } from '../syntax.ts'
import { factor, nameOrApplication, startsFactor } from './factor.ts'
import { hadamard, whole } from './pratt.ts'
import { bareName, indicesIn, nameWithoutSuperscript, partsOf, scripted } from './scripts.ts'
import {
  type Cursor,
  deeper,
  finish,
  isSign,
  joinSpans,
  make,
  next,
  peek,
  within,
} from './tokens/cursor.ts'
import { extent, type Token } from './tokens/tokens.ts'

const highestOrder = 4

const isDifferentialToken = (token: Token | undefined, text: '∂' | 'd'): boolean =>
  token !== undefined &&
  token.text === text &&
  (token.type === 'sign' || token.type === 'name') &&
  token.primes === 0 &&
  token.subscript === undefined

/** ∂C, ∂, d C — but d alone is a name. */
const isDifferential = (tokens: readonly Token[]): boolean =>
  isDifferentialToken(tokens[0], '∂') || (isDifferentialToken(tokens[0], 'd') && tokens.length > 1)

/** `d` is a differential where d… / d… is written, and a name elsewhere. */
export const isTotalDerivative = (cursor: Cursor): boolean => {
  if (!isDifferentialToken(peek(cursor), 'd')) return false
  const operandLength = isSign(peek(cursor, 1), '/') ? 0 : peek(cursor, 2)?.type === 'group' ? 2 : 1
  const slash = 1 + operandLength
  const below = peek(cursor, slash + 1)
  if (!isSign(peek(cursor, slash), '/') || !below) return false
  if (below.type === 'group') return isDifferential(below.body!)
  return isDifferentialToken(below, 'd') && peek(cursor, slash + 2)?.type === 'name'
}

interface Numerator {
  /** Absent in the operator ∂/∂x. */
  readonly of: Expression | undefined
  readonly order: number
  readonly total: boolean
}

/** `whole`: all that stands above the line of a fraction, ∂ W x. */
const numerator = (cursor: Cursor, whole = false): Numerator => {
  const sign = next(cursor)
  const order = orderOf(sign)
  const ends = !peek(cursor) || isSign(peek(cursor), '/')
  const { at } = cursor
  let of = ends ? undefined : differentiated(cursor)
  if (whole && of && peek(cursor)) {
    cursor.at = at
    of = deeper(cursor, () => hadamard(cursor))
  }
  return { of, order, total: sign.text === 'd' }
}

const orderOf = (sign: Token): number => {
  if (!sign.superscript) return 1
  const [only, ...others] = sign.superscript.tokens
  const order = only?.type === 'number' && others.length === 0 ? Number(only.text) : 0
  if (!Number.isInteger(order) || order < 1 || order > highestOrder)
    throw new ClaimError(
      `The order of a derivative is a numeral from 1 to ${highestOrder}`,
      sign.superscript.span,
    )
  return order
}

/** One primary: a name with its scripts and application, or a bracket. */
const differentiated = (cursor: Cursor): Expression =>
  peek(cursor)?.type === 'name'
    ? deeper(cursor, () => nameOrApplication(cursor))
    : factor(cursor, false)

/** ∂a_i ∂b_j, or ∂a²: in a fraction all that is there, after a slash as many as the order says. */
const denominators = (cursor: Cursor, order: number, all: boolean): Expression[] => {
  const by: Expression[] = []
  while (by.length < order || (all && peek(cursor))) {
    const sign = next(cursor)
    if (!isDifferentialToken(sign, '∂') && !isDifferentialToken(sign, 'd'))
      throw new ClaimError('∂ is missing before what is differentiated by', sign.span)
    if (sign.superscript) throw new ClaimError(`A script on ‘${sign.text}’`, extent(sign))
    by.push(...variable(cursor, order - by.length))
  }
  if (by.length !== order)
    throw new ClaimError(`A derivative of order ${order} by ${by.length} variables`, cursor.span)
  return by
}

/** ∂a² counts twice where the order leaves two; of order 1 it is by the name a². */
const variable = (cursor: Cursor, left: number): Expression[] => {
  const token = peek(cursor)
  const isBracket = token?.type === 'group' && token.text === '(' && token.superscript
  if (token?.type !== 'name' && !isBracket) return [factor(cursor, false)]
  const [only, ...others] = token.superscript?.tokens ?? []
  const times = only?.type === 'number' && others.length === 0 ? Number(only.text) : 1
  const isLast =
    !isDifferentialToken(peek(cursor, 1), '∂') && !isDifferentialToken(peek(cursor, 1), 'd')
  const isPower = left > 1 && times === left && isLast
  if (isBracket) {
    if (!isPower) return [factor(cursor, false)]
    cursor.at++
    const inner = whole(cursor, token.body!, token.span)
    return Array.from({ length: times }, () => inner)
  }
  if (!isPower) return [withEntry(cursor, bareName(cursor))]
  cursor.at++
  return Array.from({ length: times }, () => nameWithoutSuperscript(cursor, token))
}

/** ∂/∂x[i] and ∂/∂K(u, v): the entry x_i, as programs write it. */
const withEntry = (cursor: Cursor, name: Name): Expression => {
  const bracket = peek(cursor)
  const isEntry =
    bracket?.type === 'group' &&
    (bracket.text === '[' ||
      (bracket.text === '(' && bracket.body!.some((each) => isSign(each, ',')))) &&
    bracket.span.start === name.span.end &&
    !name.subscript
  if (!isEntry) return name
  cursor.at++
  const { span } = bracket
  return { ...name, subscript: { parts: indicesIn(cursor, bracket.body!, span), span } }
}

/**
 * What ∂/∂x is of: what stands in brackets, or all that follows, up to another derivative.
 */
const operated = (cursor: Cursor): Expression => {
  const first = peek(cursor)
  const isValue = first?.type === 'name' || first?.type === 'fraction'
  const isOpen = isNumber(first) || (isValue && !isChain(cursor))
  return isOpen ? deeper(cursor, () => hadamard(cursor)) : factor(cursor, false)
}

const beginsDerivative = (token: Token): boolean =>
  isSign(token, '∂') ||
  isSign(token, '∇') ||
  (token.type === 'fraction' && isDifferential(token.body!) && isDifferential(token.below!))

/** ∂/∂a C ∂a/∂z: the chain rule, each operator with its own array. */
const isChain = ({ tokens, at }: Cursor): boolean => {
  const rest = tokens.slice(at)
  const end = rest.findIndex((token) => ['+', '-', '='].some((sign) => isSign(token, sign)))
  return rest.slice(0, end < 0 ? rest.length : end).some(beginsDerivative)
}

const isNumber = (token: Token | undefined): boolean =>
  token?.type === 'fraction'
    ? [token.body!, token.below!].every((part) => part.length === 1 && isNumber(part[0]))
    : token?.type === 'number' || '½¼¾'.includes(token?.text ?? ' ')

/** ∂C/∂W in one line. */
export const derivative = (cursor: Cursor): Expression => {
  const start = peek(cursor)!
  const { of, order, total } = numerator(cursor)
  const slash = next(cursor)
  if (!isSign(slash, '/'))
    throw new ClaimError('‘/’ is missing after what is differentiated', slash.span)
  const group = peek(cursor)
  const isGroup = group?.type === 'group' && group.text === '(' && isDifferential(group.body!)
  const by = isGroup ? groupedDenominators(cursor, order) : denominators(cursor, order, false)
  const operand = of ?? operated(cursor)
  const last = of ? (isGroup ? group : by.at(-1)!) : operand
  const span = joinSpans(start, last)
  const made = make(cursor, { kind: 'derivative' as const, of: operand, by, total, span })
  return of && isGroup ? scripted(cursor, made, group) : made
}

const groupedDenominators = (cursor: Cursor, order: number): Expression[] => {
  const group = next(cursor)
  const inner = within(cursor, group.body!, group.span)
  return denominators(inner, order, true)
}

const withNext = (cursor: Cursor): Cursor => ({ ...cursor, at: cursor.at + 1 })

/** \frac{∂C}{∂W}; undefined where the fraction is an ordinary one. */
export const fractionDerivative = (cursor: Cursor): Expression | undefined => {
  const token = peek(cursor)!
  const [above, below] = [token.body!, token.below!]
  // d alone above dz is an operator, where something follows.
  const isOperator = above.length === 1 && isDifferentialToken(above[0], 'd')
  const isOpen = isOperator && below[0]?.text === 'd' && startsFactor(withNext(cursor))
  if (!(isDifferential(above) || isOpen) || !isDifferential(below)) return undefined
  cursor.at++
  const top = within(cursor, above, token.span)
  const { of, order, total } = numerator(top, true)
  finish(top)
  const by = denominators(within(cursor, below, token.span), order, true)
  if (of) {
    const span = token.span
    const made = make(cursor, { kind: 'derivative' as const, of, by, total, span })
    return scripted(cursor, made, token)
  }
  const operand = operated(cursor)
  const span = joinSpans(token, operand)
  return make(cursor, { kind: 'derivative' as const, of: operand, by, total, span })
}

const isMatrix = (letter: string): boolean => /^[A-Z]$/.test(letter) && !/[CJLEF]/.test(letter)

/** θ of ∇J(θ): the one thing that the cost is said to be a function of. */
const argumentOf = (cursor: Cursor): Expression | undefined => {
  const [cost, group] = [peek(cursor), peek(cursor, 1)]
  const [only, ...others] = group?.type === 'group' && group.text === '(' ? group.body! : []
  const isOne = cost?.type === 'name' && only?.type === 'name' && others.length === 0
  return isOne ? bareName(within(cursor, [only], only.span)) : undefined
}

/** ∇_W C is ∂C/∂W. */
export const gradient = (cursor: Cursor): Expression => {
  const sign = next(cursor)
  const of = peek(cursor)
  // ∇P of a matrix is dP; of the cost it says by what.
  if (!sign.subscript && !sign.superscript && of?.type === 'name' && isMatrix(of.text)) {
    const at = { start: of.span.start, end: of.span.start }
    const d = make(cursor, { kind: 'name' as const, base: 'd', primes: 0, span: at })
    const name = bareName(cursor)
    const span = joinSpans(sign, name)
    return make(cursor, { kind: 'product' as const, factors: [d, name], span })
  }
  const argument = sign.subscript || sign.superscript ? undefined : argumentOf(cursor)
  if (argument) {
    const value = differentiated(cursor)
    const span = joinSpans(sign, value)
    return make(cursor, {
      kind: 'derivative' as const,
      of: value,
      by: [argument],
      total: false,
      span,
    })
  }
  const { subscript } = sign
  const [only, ...others] = subscript ? partsOf(cursor, subscript.tokens, subscript.span) : []
  // ∇²_w C is the matrix of all second derivatives.
  const order = sign.superscript ? orderOf(sign) : 1
  if (others.length > 0 || order > 2 || sign.primes) throw needsVariable(extent(sign))
  // ∇_Y ⊙ γ is of the cost.
  const isAlone = only !== undefined && order === 1 && !startsFactor(cursor)
  const value = isAlone
    ? make(cursor, { kind: 'name' as const, base: anyCost, primes: 0, span: extent(sign) })
    : isNumber(peek(cursor))
      ? deeper(cursor, () => hadamard(cursor))
      : differentiated(cursor)
  const span = joinSpans(sign, value)
  const by = Array.from({ length: order }, () => only ?? nobody(sign.span))
  return make(cursor, { kind: 'derivative' as const, of: value, by, total: false, span })
}
