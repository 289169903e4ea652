// Scalar instructions: i32 for addresses and counts, i64, f32 and f64.
import { float64Bytes, signed, unsigned } from './bytes.ts'
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
  store,
  unary,
} from './expression.ts'

const integer = (opcode: number) => {
  const code = [opcode]
  return (a: Int, b: Int): I32 => instruction('i32', [int(a), int(b)], code)
}

const addInts = integer(0x6a)
const subtractInts = integer(0x6b)
const multiplyInts = integer(0x6c)

export const i32 = {
  constant: int,
  add: (a: Int, b: Int): I32 => (b === 0 ? int(a) : a === 0 ? int(b) : addInts(a, b)),
  sub: (a: Int, b: Int): I32 => (b === 0 ? int(a) : subtractInts(a, b)),
  mul: (a: Int, b: Int): I32 => (b === 1 ? int(a) : a === 1 ? int(b) : multiplyInts(a, b)),
  divU: integer(0x6e),
  remU: integer(0x70),
  and: integer(0x71),
  or: integer(0x72),
  shl: integer(0x74),
  shrU: integer(0x76),
  eq: integer(0x46),
  ne: integer(0x47),
  ltS: integer(0x48),
  ltU: integer(0x49),
  gtS: integer(0x4a),
  gtU: integer(0x4b),
  leS: integer(0x4c),
  geS: integer(0x4e),
  geU: integer(0x4f),
  eqz: unary('i32', 'i32', [0x45]),
  load: load('i32', [0x28], 2),
  store: store('i32', [0x36], 2),
  /** Towards 0, of an f64; the nearest i32 where there is none. */
  truncate: unary('f64', 'i32', [0xfc, 2]),
  atomicLoad: load('i32', [0xfe, 0x10], 2),
  atomicStore: store('i32', [0xfe, 0x17], 2),
  /** Adds to memory and gives the value that stood there before. */
  atomicAdd: (address: Int, value: Int, offset = 0): I32 =>
    access('i32', [int(address), int(value)], [0xfe, 0x1e, 2], offset),
}

/** 64-bit integers: only constants of 32 bits, which is what a timeout in nanoseconds needs. */
export const i64 = {
  constant: (value: number): Expression<'i64'> => instruction('i64', [], signed(value, [0x42])),
}

/** What threads wait by; `address` is that of an i32 in shared memory. */
export const atomic = {
  /** Sleeps while the i32 is `expected`, at most so long; wakes early or late as it likes. */
  wait: (address: number, expected: I32, nanoseconds: number): Statement => {
    const operands = [int(0), expected, i64.constant(nanoseconds)]
    const code = unsigned(address, [0xfe, 0x01, 2])
    return drop(instruction('i32', operands, code))
  },
  /** Wakes everybody who sleeps there. */
  notify: (address: number): Statement =>
    drop(instruction('i32', [int(0), int(-1)], unsigned(address, [0xfe, 0x00, 2]))),
}

const drop = (value: Expression): Statement => instruction('none', [value], [0x1a])

/** Ends the run with an error. */
export const unreachable: Statement = instruction('none', [], [0x00])

export const f32 = {
  add: binary('f32', 'f32', [0x92]),
  promote: unary('f32', 'f64', [0xbb]),
  load: load('f32', [0x2a], 2),
  store: store('f32', [0x38], 2),
}

export const f64 = {
  constant: (value: number): Expression<'f64'> =>
    instruction('f64', [], [0x44, ...float64Bytes(value)]),
  eq: binary('f64', 'i32', [0x61]),
  ne: binary('f64', 'i32', [0x62]),
  lt: binary('f64', 'i32', [0x63]),
  gt: binary('f64', 'i32', [0x64]),
  le: binary('f64', 'i32', [0x65]),
  ge: binary('f64', 'i32', [0x66]),
  abs: unary('f64', 'f64', [0x99]),
  neg: unary('f64', 'f64', [0x9a]),
  ceil: unary('f64', 'f64', [0x9b]),
  floor: unary('f64', 'f64', [0x9c]),
  sqrt: unary('f64', 'f64', [0x9f]),
  add: binary('f64', 'f64', [0xa0]),
  sub: binary('f64', 'f64', [0xa1]),
  mul: binary('f64', 'f64', [0xa2]),
  div: binary('f64', 'f64', [0xa3]),
  min: binary('f64', 'f64', [0xa4]),
  max: binary('f64', 'f64', [0xa5]),
  demote: unary('f64', 'f32', [0xb6]),
  /** Of an i32 with its sign. */
  convert: unary('i32', 'f64', [0xb7]),
  load: load('f64', [0x2b], 3),
  store: store('f64', [0x39], 3),
}

/** `condition ? a : b`, both evaluated. */
export const select = <T extends 'i32' | 'i64' | 'f32' | 'f64'>(
  condition: I32,
  a: Expression<T>,
  b: Expression<T>,
): Expression<T> => instruction(a.type, [a, b, condition], [0x1b])
