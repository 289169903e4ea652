// One face for the two float vectors, so that a kernel is written once: f32x4 and f64x2, with the
// integer lanes of the same width.

import type { Precision } from '../plan/plan.ts'
import { f32x4, f64x2, type I32, type Int, i32x4, i64x2, type V128 } from './encoder/index.ts'
import { hasRelaxedVectors } from './features.ts'

export type Dtype = 'float32' | 'float64'

/** Integer lanes as wide as the floats: exponents, bit patterns and winners' addresses. */
export interface IntegerLanes {
  constant(...values: (number | bigint)[]): V128
  add(a: V128, b: V128): V128
  sub(a: V128, b: V128): V128
  eq(a: V128, b: V128): V128
  shl(a: V128, bits: Int): V128
  shrS(a: V128, bits: Int): V128
  /** The low 32 bits of a lane. */
  extract(a: V128, lane: number): I32
}

/** What differs between the formats of IEEE 754. */
export interface Format {
  readonly fractionBits: number
  readonly exponentBias: number
  /** 1.5 · 2^fractionBits: adding it rounds to an integer, which its low bits then hold. */
  readonly roundingMagic: number
  readonly roundingMagicBits: bigint
}

type Arithmetic = Omit<typeof f32x4, 'demoteZero'>

export interface Lanes extends Arithmetic {
  readonly dtype: Dtype
  readonly precision: Precision
  /** Lanes in a vector, and bytes in a lane. */
  readonly count: number
  readonly bytes: number
  readonly format: Format
  readonly integer: IntegerLanes
  /** Whether `madd` is one instruction. */
  readonly isFused: boolean
  /** a b + c, rounded twice; under relaxed precision as the machine likes. */
  madd(a: V128, b: V128, c: V128): V128
  /** Every lane holds the sum (or maximum, …) of all lanes, combined in a fixed order. */
  across(combine: (a: V128, b: V128) => V128, keep: (value: V128) => V128, a: V128): V128
}

const wide = (value: number | bigint): V128 => i64x2.constant(BigInt(value))

const single = {
  ...f32x4,
  dtype: 'float32' as const,
  count: 4,
  bytes: 4,
  format: {
    fractionBits: 23,
    exponentBias: 127,
    roundingMagic: 1.5 * 2 ** 23,
    roundingMagicBits: 0x4b400000n,
  },
  integer: {
    ...i32x4,
    constant: (...values: (number | bigint)[]) => {
      const [a = 0, b = a, c = a, d = a] = values.map(Number)
      return i32x4.constant(a, b, c, d)
    },
  },
  across(combine: (a: V128, b: V128) => V128, keep: (value: V128) => V128, a: V128): V128 {
    const pairs = keep(combine(a, f32x4.shuffle(a, a, [2, 3, 0, 1])))
    return combine(pairs, f32x4.shuffle(pairs, pairs, [1, 0, 3, 2]))
  },
}

const double = {
  ...f64x2,
  dtype: 'float64' as const,
  count: 2,
  bytes: 8,
  format: {
    fractionBits: 52,
    exponentBias: 1023,
    roundingMagic: 1.5 * 2 ** 52,
    roundingMagicBits: 0x4338000000000000n,
  },
  integer: {
    ...i64x2,
    constant: (...values: (number | bigint)[]) => {
      const [a = 0, b = a] = values
      return a === b ? wide(a) : i64x2.constant(BigInt(a), BigInt(b))
    },
    extract: (a: V128, lane: number) => i32x4.extract(a, 2 * lane),
  },
  across(combine: (a: V128, b: V128) => V128, _keep: (value: V128) => V128, a: V128): V128 {
    return combine(a, f64x2.shuffle(a, a, [1, 0]))
  },
}

/** Asked once: a plan asks for the lanes of every node. */
let fused: boolean | undefined
const canFuse = (): boolean => {
  fused ??= hasRelaxedVectors()
  return fused
}

export function lanesOf(dtype: Dtype, precision: Precision = 'strict'): Lanes {
  const lanes = dtype === 'float32' ? single : double
  const { add, mul, relaxedMadd } = lanes
  const isFused = precision === 'relaxed' && canFuse()
  return {
    ...lanes,
    precision,
    isFused,
    madd: isFused ? relaxedMadd : (a, b, c) => add(c, mul(a, b)),
  }
}
