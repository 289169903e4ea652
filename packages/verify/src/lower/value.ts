// What an expression of a claim becomes on its way to the core: a number, or an array that can be
// read at any index of its box.

import { at as letterAt, read } from '../core/build.ts'
import { type Index, letterOf, type Scalar, type Table } from '../core/core.ts'
import type { Shape } from '../network/lengths.ts'

export interface NumberValue {
  readonly kind: 'number'
  readonly scalar: Scalar
}

export interface ArrayValue {
  readonly kind: 'array'
  readonly shape: Shape
  /** A row: transposed, and not a matrix. */
  readonly dual: boolean
  /** At an index inside the box. */
  readonly at: (index: readonly Index[]) => Scalar
  /** `at` is 0 outside the box too, and annuls: the array merely reads one that has a name. */
  readonly isRead?: true
  /** ∂A/∂B: how many of its axes are those of A. */
  readonly derived?: number
}

export type Value = NumberValue | ArrayValue

export const numberValue = (scalar: Scalar): NumberValue => ({ kind: 'number', scalar })

/** An array without axes is a number. */
export const arrayValue = (
  shape: Shape,
  at: ArrayValue['at'],
  more: Partial<Pick<ArrayValue, 'dual' | 'isRead' | 'derived'>> = {},
): Value =>
  shape.length === 0 ? numberValue(at([])) : { kind: 'array', shape, dual: false, at, ...more }

export const shapeOf = (value: Value): Shape => (value.kind === 'number' ? [] : value.shape)

/** What the axes of an array are called that nobody named. */
export const names = ['i', 'j', 'k', 'l', 'm', 'n']

const tables = new WeakMap<ArrayValue, Table>()

/** The array written out: what is read of it at a computed index. */
export const tableOf = (value: ArrayValue): Table => {
  const known = tables.get(value)
  if (known) return known
  const axes = value.shape.map((length, axis) => ({ letter: letterOf(names[axis] ?? 'i'), length }))
  const body = value.at(axes.map(({ letter }) => letterAt(letter)))
  const table: Table = { kind: 'table', axes, body }
  tables.set(value, table)
  return table
}

/** At any index: 0 outside the box. */
export const readValue = (value: ArrayValue, index: readonly Index[]): Scalar =>
  value.isRead ? value.at(index) : read(tableOf(value), ...index)
