// One axis of an array of a program. A type and what is asked of it.
import type { Resolved } from '../resolved.ts'

/** One axis: its recorded length, and an array with it, from which longer ones are told too. */
export interface Axis {
  readonly length: number
  readonly array: Resolved & { kind: 'array' }
  readonly axis: number
  /** That of a vector which is a column: no entry of the graph's array has an index there. */
  readonly isAdded?: boolean
  /** A part of it: its entries are counted from 1 to `length`. */
  readonly isPart?: boolean
}

export type Axes = readonly Axis[]

export const isUnit = ({ length }: Axis): boolean => length === 1

export const isLong = (axis: Axis): boolean => !isUnit(axis)

export const unit = (axis: Axis): Axis => ({ ...axis, length: 1 })
