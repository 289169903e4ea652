// What a compiled expression runs on: the operands, the values of indices, and what is known of the
// value under way. No expression here.
import type { Doubts } from './doubts.ts'
import type { Shape } from './instantiate.ts'

export type Thunk = () => number
/** Where the value of a name is kept. */
export type Scope = ReadonlyMap<string, number>

export interface Machine {
  readonly operands: Readonly<
    Record<string, { readonly shape: Shape; readonly data: Float64Array } | undefined>
  >
  /** The values of all indices. */
  readonly slots: number[]
  /** The value just computed is a 0 that annuls its product: an Iverson 0, or outside a box. */
  strongZero: boolean
  /** Something has been read outside its box. */
  outside: boolean
  /** Where both bounds of the values are wanted. */
  readonly doubts?: Doubts | undefined
}

export interface Loop {
  readonly scope: Scope
  readonly slots: readonly number[]
  /** First index outermost. */
  run(body: () => void): void
}

/** A 0 computed here annuls nothing. */
export function weak(machine: Machine, value: Thunk): Thunk {
  return () => {
    const result = value()
    machine.strongZero = false
    return result
  }
}

/** Row-major; −1 where the array has no cell. */
export function offset(shape: Shape, at: readonly Thunk[]): number {
  let cell = 0
  for (let axis = 0; axis < at.length; axis++) {
    const size = shape[axis]!
    const index = at[axis]!() - 1
    if (!(index >= 0 && index < size) || !Number.isInteger(index)) return -1
    cell = cell * size + index
  }
  return cell
}

export function bind(name: string, scope: Map<string, number>, machine: Machine): number {
  const slot = machine.slots.push(0) - 1
  scope.set(name, slot)
  return slot
}
