// Where the code of a line's values stands, and indices: whole numbers in 32 bits.
import type { Affine } from '../../line/affine.ts'
import {
  type Body,
  type Expression,
  f32,
  f64,
  type I32,
  i32,
  type Local,
} from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'

export type F64 = Expression<'f64'>

/** Where the code of a value stands. */
export interface Context {
  readonly f: Body
  readonly lanes: Lanes
  readonly operands: readonly number[]
  /** Of tables, which hold doubles. */
  readonly kept: readonly number[]
  readonly slots: readonly Local<'i32'>[]
  /** Set to 1 where something is read outside its box. */
  readonly outside?: Local<'i32'>
}

/** A value, and whether it annuls its product where it may. */
export interface Code {
  readonly value: F64
  readonly annuls?: Local<'i32'>
}

export function indexCode({ constant, terms }: Affine, { slots }: Context): I32 {
  let total: I32 = i32.constant(constant)
  let isZero = constant === 0
  for (const [slot, by] of terms) {
    const part = i32.mul(slots[slot]!, by)
    total = isZero ? part : i32.add(total, part)
    isZero = false
  }
  return total
}

/** A number of an array, as a double. */
export const entry = ({ lanes }: Context, address: number, at: I32): F64 => {
  const place = i32.mul(at, lanes.bytes)
  return lanes.dtype === 'float64' ? f64.load(place, address) : f32Entry(place, address)
}
const f32Entry = (place: I32, address: number): F64 => f32.promote(f32.load(place, address))
