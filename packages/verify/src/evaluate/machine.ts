// What a core compiles against: a domain, where letters keep their values, and who knows the
// entries of what has a name.

import type { Budget } from '../arithmetic/budget.ts'
import type { Domain } from '../concrete/domains/domain.ts'
import type { FunctionRef, Letter, Named, Table } from '../core/core.ts'

/** null is the 0 that annuls a product: an Iverson 0, or an array outside its box. */
export type Value<T> = T | null

export type Thunk<T> = () => Value<T>

/** What a source holds, row-major. */
export interface Entries<T> {
  readonly shape: readonly number[]
  readonly at: (cell: number) => T
  /** All of them, where they are known together. */
  readonly all?: () => readonly T[]
}

export interface Machine<T> {
  readonly domain: Domain<T>
  readonly budget: Budget
  readonly slots: number[]
  readonly slotOf: (letter: Letter) => number
  readonly entriesOf: (source: Named) => Entries<T>
  readonly functionOf: (f: FunctionRef, order: number) => (values: readonly T[]) => T
  /** The entries of tables that were compiled, each once. */
  readonly tables: Map<Table, () => readonly T[]>
}

type Given<T> = Pick<Machine<T>, 'domain' | 'budget' | 'entriesOf' | 'functionOf'>

export const createMachine = <T>(given: Given<T>): Machine<T> => {
  const places = new Map<Letter, number>()
  const slots: number[] = []
  return {
    ...given,
    slots,
    slotOf: (letter) => {
      const known = places.get(letter)
      if (known !== undefined) return known
      const slot = slots.push(0) - 1
      places.set(letter, slot)
      return slot
    },
    tables: new Map(),
  }
}

export const sizeOf = (shape: readonly number[]): number =>
  shape.reduce((size, length) => size * length, 1)

/** Row-major; −1 where the array has no cell. */
export const offsetOf = (shape: readonly number[], at: readonly (() => number)[]): number => {
  let cell = 0
  for (let axis = 0; axis < at.length; axis++) {
    const index = at[axis]!() - 1
    const length = shape[axis]!
    if (!(index >= 0 && index < length) || !Number.isInteger(index)) return -1
    cell = cell * length + index
  }
  return cell
}
