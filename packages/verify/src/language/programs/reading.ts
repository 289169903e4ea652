// What the entries of lines of programs are made with: lengths of axes, letters, sums over them.
import { rational } from '../rational.ts'
import type { Resolved, Scope } from '../resolved.ts'
import type { Span } from '../syntax.ts'
import { type Axes, type Axis, isUnit } from './axis.ts'

export interface Reading {
  readonly scope: Scope
  /** A letter that nothing else has. */
  readonly fresh: () => string
  /** The entry of what a line says. */
  readonly entryAt: (node: Resolved, at: readonly Resolved[]) => Resolved
}

export type Call = Resolved & { kind: 'call' }

export const numeral = (value: bigint, span: Span): Resolved => ({
  kind: 'numeral',
  value: rational(value),
  span,
})

export const index = (name: string, span: Span): Resolved => ({ kind: 'index', name, span })

export const call = (word: Call['word'], operands: readonly Resolved[], span: Span): Resolved => ({
  kind: 'call',
  word,
  order: 0,
  operands,
  span,
})

/** How long an axis is, for all lengths: the sum of as many ones. */
export const lengthOf = ({ array, axis, length, isPart }: Axis, { scope }: Reading): Resolved => {
  const { span } = array
  if (isPart) return numeral(BigInt(length), span)
  const rank = scope.names.find(({ name }) => name === array.name)!.shape.length - array.skip
  const indices = Array.from({ length: rank }, (_, k) => (k === axis ? null : numeral(1n, span)))
  const vector: Resolved = rank === 1 ? array : { kind: 'entry', array, indices, span }
  return call('sum', [call('ones', [vector], span)], span)
}

/** The indices of one operand among those of all: an axis of length 1 stands everywhere. */
export const own = (axes: Axes, at: readonly Resolved[], span: Span): Resolved[] =>
  axes.map((axis, k) => (isUnit(axis) ? numeral(1n, span) : at[at.length - axes.length + k]!))

/** A letter that runs along an axis: of a part, through its own entries. */
export interface Letter {
  readonly name: string
  readonly axis: Axis
}

export const reduction = (
  operator: 'sum' | 'max' | 'min',
  letters: readonly Letter[],
  body: Resolved,
): Resolved => {
  const { span } = body
  if (letters.length === 0) return body
  const binders = letters.map(({ name, axis: { isPart, length } }) => ({
    name,
    ...(isPart && { lower: numeral(1n, span), upper: numeral(BigInt(length), span) }),
    span,
  }))
  return { kind: 'reduction', operator, binders, conditions: [], body, span }
}
