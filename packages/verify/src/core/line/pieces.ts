// What a line compares, whatever its op says of itself: an op of one's own has the traits that its
// author thought of, and a maximum in its line is another formula beyond a number all the same.
import { type Node, operandNames, ops } from '@backprove/graph'
import { AnswerError } from '../../language/answer-error.ts'
import type { Guard, Scalar } from '../core.ts'
import { belowGuard, belowScalar } from '../walk.ts'
import { recordedTable } from './recorded.ts'

export interface Pieces {
  /** Some value is compared with another: by a function, a bracket or a contest. */
  readonly compares: boolean
  /** By = or ≠, which no sample decides. */
  readonly equates: boolean
  /** Some part may have no value: a quotient, a logarithm, a root. */
  readonly lacks: boolean
  /** Numbers that the line names: beyond them it may be another formula. */
  readonly numbers: readonly number[]
}

const plain: Pieces = { compares: false, equates: false, lacks: false, numbers: [] }
/** Of a line that is not understood here: anything. */
const unknown: Pieces = { compares: true, equates: true, lacks: true, numbers: [] }

const own = new Set<unknown>(Object.values(ops))
const comparing = new Set(['max', 'min', 'abs', 'sign', 'floor', 'ceil'])

const join = (all: readonly Pieces[]): Pieces => ({
  compares: all.some(({ compares }) => compares),
  equates: all.some(({ equates }) => equates),
  lacks: all.some(({ lacks }) => lacks),
  numbers: all.flatMap(({ numbers }) => numbers),
})

/** By the written form alone: 1 + e^x, x^2 + 1. */
const isPositive = (s: Scalar): boolean => {
  if (s.kind === 'number') return s.value.numerator > 0n
  if (s.kind === 'sum') return s.terms.some(isPositive) && s.terms.every(isNotNegative)
  if (s.kind === 'product') return s.factors.every(isPositive)
  if (s.kind === 'quotient') return isPositive(s.above) && isPositive(s.below)
  if (s.kind === 'power') return isPositive(s.base)
  if (s.kind === 'reduce') return isPositive(s.body) && s.when.length === 0
  return s.kind === 'apply' && 'name' in s.f && s.f.name === 'exp'
}

const isNotNegative = (s: Scalar): boolean => {
  const isEven = (e: Scalar) => e.kind === 'number' && e.value.numerator % 2n === 0n
  if (s.kind === 'power' && isEven(s.exponent)) return true
  if (s.kind === 'apply' && 'name' in s.f && ['abs', '√'].includes(s.f.name)) return true
  return s.kind === 'guard' || isPositive(s)
}

const mayLack = (s: Scalar): boolean => {
  if (s.kind === 'quotient') {
    const { below } = s
    return below.kind === 'number' ? below.value.numerator === 0n : !isPositive(below)
  }
  if (s.kind === 'apply' && 'name' in s.f)
    return /^(?:log|log1p|√)$/.test(s.f.name) && !s.to.every(isPositive)
  if (s.kind !== 'power') return false
  const { base, exponent } = s
  const isWhole = exponent.kind === 'number' && exponent.value.denominator === 1n
  return !(isWhole && exponent.value.numerator >= 0n) && !isPositive(base)
}

const inScalar = (s: Scalar): Pieces => {
  const below = belowScalar(s)
  const isContest = s.kind === 'reduce' && s.by !== 'sum'
  const isFunction = s.kind === 'apply' && s.f.kind === 'notation' && comparing.has(s.f.name)
  const number =
    s.kind === 'number' ? [Number(s.value.numerator) / Number(s.value.denominator)] : []
  const compares = isContest || isFunction
  const here = { compares, equates: false, lacks: mayLack(s), numbers: number }
  return join([here, ...below.scalars.map(inScalar), ...below.guards.map(inGuard)])
}

const inGuard = (guard: Guard): Pieces => {
  const below = belowGuard(guard)
  const isOfValues = guard.kind !== 'indices'
  const isEquation = guard.kind === 'values' && (guard.relation === '=' || guard.relation === '≠')
  const here = { compares: isOfValues, equates: isEquation, lacks: false, numbers: [] }
  return join([here, ...below.scalars.map(inScalar), ...below.guards.map(inGuard)])
}

const stepping = new Set(['floor', 'ceil', 'sign'])

/** A value is read in brackets and roundings alone: what else varies with it has a slope. */
const isStepwise = (s: Scalar): boolean => {
  const isFunction = s.kind === 'apply' && s.f.kind === 'notation' && stepping.has(s.f.name)
  if (isFunction || s.kind === 'guard') return true
  return s.kind !== 'read' && belowScalar(s).scalars.every(isStepwise)
}

/** Operands of one's own op that no derivative flows to, though its value may vary with them. */
export const withoutRule = (node: Node): readonly Node[] => {
  const { op, args } = node
  if (own.has(op) || op.traits?.leaf) return []
  if (op.traits?.stepwise && ofOwnLine(node, isStepwise, false)) return []
  const rules = op.vjp as Readonly<Record<string, unknown>>
  const names = operandNames(op, args.length)
  return args.filter((_, k) => rules[op.traits?.variadic ? 'operand' : names[k]!] === null)
}

const known = new WeakMap<Node, Pieces>()

/** Of an op that is not the package's, whose traits are tested against its line. */
export const piecesOf = (node: Node): Pieces => {
  if (own.has(node.op)) return plain
  const before = known.get(node)
  if (before) return before
  const found = ofOwnLine(node, inScalar, unknown)
  known.set(node, found)
  return found
}

const ofOwnLine = <Found>(node: Node, of: (body: Scalar) => Found, unread: Found): Found => {
  try {
    return of(recordedTable(node, 'line').body)
  } catch (error) {
    if (error instanceof AnswerError) return unread
    throw error
  }
}
