// 128-bit vector instructions: v128 (bits), i32x4, i64x2, f32x4, f64x2.
import { float32Bytes, float64Bytes } from './bytes.ts'
import {
  access,
  binary,
  type Expression,
  type I32,
  type Int,
  instruction,
  int,
  load,
  type Statement,
  simd,
  store,
  unary,
  type V128,
  type ValueType,
} from './expression.ts'

const one = (opcode: number) => unary('v128', 'v128', simd(opcode))
const two = (opcode: number) => binary('v128', 'v128', simd(opcode))
const three = (opcode: number) => {
  const code = simd(opcode)
  return (a: V128, b: V128, c: V128): V128 => instruction('v128', [a, b, c], code)
}
const shift = (opcode: number) => {
  const code = simd(opcode)
  return (a: V128, bits: Int): V128 => instruction('v128', [a, int(bits)], code)
}
const splat = <T extends ValueType>(type: T, opcode: number) => unary(type, 'v128', simd(opcode))
const extract =
  <T extends ValueType>(type: T, opcode: number) =>
  (a: V128, lane: number): Expression<T> =>
    instruction(type, [a], [...simd(opcode), lane])
const loadLane =
  (opcode: number, alignment: number) =>
  (address: Int, into: V128, lane: number, offset = 0): V128 =>
    access('v128', [int(address), into], [...simd(opcode), alignment], offset, [lane])
const storeLane =
  (opcode: number, alignment: number) =>
  (address: Int, from: V128, lane: number, offset = 0): Statement =>
    access('none', [int(address), from], [...simd(opcode), alignment], offset, [lane])

const bits = (bytes: readonly number[]): V128 => instruction('v128', [], [0xfd, 12, ...bytes])

/** Lanes of `width` bytes chosen from the 16 / width lanes of a, then those of b. */
const shuffle =
  (width: number) =>
  (a: V128, b: V128, lanes: readonly number[]): V128 => {
    const bytes = lanes.flatMap((lane) =>
      Array.from({ length: width }, (_, byte) => lane * width + byte),
    )
    return instruction('v128', [a, b], [0xfd, 13, ...bytes])
  }

const unsignedWords = (values: readonly number[]): number[] => [
  ...new Uint8Array(Int32Array.from(values).buffer),
]

export const v128 = {
  zero: bits(Array(16).fill(0)),
  load: load('v128', simd(0), 2),
  store: store('v128', simd(11), 2),
  not: one(77),
  and: two(78),
  /** a and not b */
  andNot: two(79),
  or: two(80),
  xor: two(81),
  /** Bits of a where the mask is 1, of b where it is 0. */
  bitselect: three(82),
  anyTrue: (a: V128): I32 => instruction('i32', [a], simd(83)),
}

export const i32x4 = {
  constant: (a: number, b = a, c = a, d = a): V128 => bits(unsignedWords([a, b, c, d])),
  splat: splat('i32', 17),
  extract: extract('i32', 27),
  eq: two(55),
  shl: shift(171),
  shrS: shift(172),
  add: two(174),
  sub: two(177),
}

export const i64x2 = {
  constant: (a: bigint, b = a): V128 => bits([...new Uint8Array(BigInt64Array.of(a, b).buffer)]),
  eq: two(214),
  shl: shift(203),
  shrS: shift(204),
  shrU: shift(205),
  add: two(206),
  sub: two(209),
}

export const f32x4 = {
  constant: (a: number, b = a, c = a, d = a): V128 => bits([a, b, c, d].flatMap(float32Bytes)),
  load: v128.load,
  store: v128.store,
  loadSplat: load('v128', simd(9), 2),
  /** One float in lane 0, zeros in the others. */
  loadZero: load('v128', simd(92), 2),
  loadLane: loadLane(86, 2),
  storeLane: storeLane(90, 2),
  shuffle: shuffle(4),
  eq: two(65),
  ne: two(66),
  lt: two(67),
  gt: two(68),
  le: two(69),
  ge: two(70),
  nearest: one(106),
  abs: one(224),
  neg: one(225),
  sqrt: one(227),
  add: two(228),
  sub: two(229),
  mul: two(230),
  div: two(231),
  min: two(232),
  max: two(233),
  /** b < a ? b : a, one machine instruction; a NaN in a stays. */
  pmin: two(234),
  /** a < b ? b : a: of two equal values the first; a NaN in a stays. */
  pmax: two(235),
  /** a b + c, rounded once or twice as the machine likes; relaxed SIMD only. */
  relaxedMadd: three(0x105),
  /** The two doubles of a as floats in lanes 0 and 1. */
  demoteZero: one(94),
}

export const f64x2 = {
  constant: (a: number, b = a): V128 => bits([a, b].flatMap(float64Bytes)),
  load: v128.load,
  store: v128.store,
  loadSplat: load('v128', simd(10), 3),
  loadZero: load('v128', simd(93), 3),
  loadLane: loadLane(87, 3),
  storeLane: storeLane(91, 3),
  splat: splat('f64', 20),
  extract: extract('f64', 33),
  shuffle: shuffle(8),
  eq: two(71),
  ne: two(72),
  lt: two(73),
  gt: two(74),
  le: two(75),
  ge: two(76),
  nearest: one(148),
  abs: one(236),
  neg: one(237),
  sqrt: one(239),
  add: two(240),
  sub: two(241),
  mul: two(242),
  div: two(243),
  min: two(244),
  max: two(245),
  pmin: two(246),
  pmax: two(247),
  relaxedMadd: three(0x107),
  /** Lanes 0 and 1 of an f32x4 as doubles. */
  promoteLow: one(95),
}

/** Fills or copies memory: addresses and length in bytes. */
export const memory = {
  fill: (address: Int, byte: Int, length: Int): Statement =>
    instruction('none', [int(address), int(byte), int(length)], [0xfc, 11, 0]),
  copy: (to: Int, from: Int, length: Int): Statement =>
    instruction('none', [int(to), int(from), int(length)], [0xfc, 10, 0, 0]),
}
