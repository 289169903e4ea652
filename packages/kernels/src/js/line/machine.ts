// What closures of a line run on, and indices: whole numbers made of slots.
import type { Memory } from '../../backend.ts'
import type { Affine } from '../../line/affine.ts'

export type Thunk = () => number

/** What closures run on. */
export interface Machine {
  readonly operands: readonly Memory[]
  /** Tables before the one under way. */
  readonly kept: readonly Float64Array[]
  readonly slots: Int32Array
  /** The value just computed is a 0 that annuls its product; asked of values that may be one. */
  annuls: boolean
  /** Something has been read outside its box. */
  outside: boolean
}

export function indexOf({ constant, terms }: Affine, { slots }: Machine): Thunk {
  const [[first, n] = [0, 0], [second, m] = [0, 0], ...others] = [...terms]
  if (others.length > 0) {
    const all = [...terms]
    return () => {
      let total = constant
      for (const [slot, by] of all) total += by * slots[slot]!
      return total
    }
  }
  if (m !== 0) return () => constant + n * slots[first]! + m * slots[second]!
  return n === 0 ? () => constant : () => constant + n * slots[first]!
}
