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
  /** Numbers that the line names: beyond them it may be another formula. */
  readonly numbers: readonly number[]
}

const plain: Pieces = { compares: false, equates: false, numbers: [] }
/** Of a line that is not understood here: anything. */
const unknown: Pieces = { compares: true, equates: true, numbers: [] }

const own = new Set<unknown>(Object.values(ops))
const comparing = new Set(['max', 'min', 'abs', 'sign', 'floor', 'ceil'])

const join = (all: readonly Pieces[]): Pieces => ({
  compares: all.some(({ compares }) => compares),
  equates: all.some(({ equates }) => equates),
  numbers: all.flatMap(({ numbers }) => numbers),
})

const inScalar = (s: Scalar): Pieces => {
  const below = belowScalar(s)
  const isContest = s.kind === 'reduce' && s.by !== 'sum'
  const isFunction = s.kind === 'apply' && s.f.kind === 'notation' && comparing.has(s.f.name)
  const number =
    s.kind === 'number' ? [Number(s.value.numerator) / Number(s.value.denominator)] : []
  const here = { compares: isContest || isFunction, equates: false, numbers: number }
  return join([here, ...below.scalars.map(inScalar), ...below.guards.map(inGuard)])
}

const inGuard = (guard: Guard): Pieces => {
  const below = belowGuard(guard)
  const isOfValues = guard.kind !== 'indices'
  const isEquation = guard.kind === 'values' && (guard.relation === '=' || guard.relation === '≠')
  const here = { compares: isOfValues, equates: isEquation, numbers: [] }
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
