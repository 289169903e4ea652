// A line at known shapes as loops: what both engines make their generic kernels of. Letters are
// slots, counted from 1; indices are whole numbers or values; what a loop need not find again
// stands in a table of its own.
import type { FunctionName, Relation } from '@backprove/graph/notation'
import type { Affine } from './affine.ts'

/** A letter and where it ends. */
export interface Loop {
  readonly slot: number
  readonly last: Affine
}

export type Test =
  | {
      readonly kind: 'indices'
      readonly relation: Relation
      readonly left: Affine
      readonly right: Affine
    }
  | {
      readonly kind: 'values'
      readonly relation: Relation
      readonly left: Value
      readonly right: Value
    }
  /** Whether the place is that of a winner, which is a number in the order of its loops. */
  | {
      readonly kind: 'place'
      /** From 0. */
      readonly at: readonly Affine[]
      readonly lengths: readonly number[]
      readonly winner: Value
    }

/** An index, from 0, that may lie outside. */
export interface Bounded {
  readonly at: Affine
  readonly size: number
}
/** An index, from 1, that is computed: outside where it is no whole number of the axis. */
export interface Computed {
  readonly at: Value
  readonly size: number
  readonly stride: number
}

export interface Read {
  readonly kind: 'read'
  readonly operand: number
  /** Of the entry, as far as indices are whole numbers. */
  readonly offset: Affine
  readonly bounded: readonly Bounded[]
  readonly computed: readonly Computed[]
}

export interface Reduce {
  readonly kind: 'reduce'
  /** `place`: the number of the first winner in the order of the loops, −1 where nobody wins. */
  readonly by: 'Σ' | 'max' | 'min'
  readonly gives: 'value' | 'place'
  readonly loops: readonly Loop[]
  readonly body: Value
}

export type Value =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'index'; readonly of: Affine }
  | Read
  | Reduce
  /** An entry of an earlier table. */
  | { readonly kind: 'kept'; readonly table: number; readonly offset: Affine }
  | { readonly kind: 'sum'; readonly terms: readonly Value[] }
  /** Tests first, then entries: the 0 of either annuls what follows. */
  | { readonly kind: 'product'; readonly factors: readonly Value[] }
  | { readonly kind: 'negation'; readonly of: Value }
  | { readonly kind: 'quotient'; readonly above: Value; readonly below: Value }
  | { readonly kind: 'power'; readonly base: Value; readonly exponent: Value }
  | { readonly kind: 'modulo'; readonly left: Value; readonly right: Value }
  | { readonly kind: 'call'; readonly name: FunctionName; readonly of: readonly Value[] }
  | { readonly kind: 'tests'; readonly tests: readonly Test[] }

/** All values of a formula, row by row. */
export interface Table {
  readonly axes: readonly { readonly slot: number; readonly length: number }[]
  readonly value: Value
}

export interface LineProgram {
  /** Each may read those before it; the last is the result. */
  readonly tables: readonly Table[]
  readonly slots: number
}

export const sizeOfTable = ({ axes }: Table): number =>
  axes.reduce((size, { length }) => size * length, 1)

/** Entries of all tables but the result. */
export const keptEntries = ({ tables }: LineProgram): number =>
  tables.slice(0, -1).reduce((total, table) => total + sizeOfTable(table), 0)

/** Whether a value may be a 0 that annuls its product: of a test, or read outside a box. */
export function mayAnnul(value: Value): boolean {
  switch (value.kind) {
    case 'read':
      return value.bounded.length + value.computed.length > 0
    case 'tests':
      return true
    case 'product':
      return value.factors.some(mayAnnul)
    case 'negation':
      return mayAnnul(value.of)
    case 'quotient':
      return mayAnnul(value.above)
    case 'power':
      return mayAnnul(value.base)
    default:
      return false
  }
}
