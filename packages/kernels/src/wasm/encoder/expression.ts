// Instruction trees with WebAssembly's types: an expression is its operands followed by one
// instruction. TypeScript checks the types; nothing is optimised here except adding zero.
import { signed, unsigned } from './bytes.ts'

export type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'v128'

export const typeCode: Readonly<Record<ValueType, number>> = {
  i32: 0x7f,
  i64: 0x7e,
  f32: 0x7d,
  f64: 0x7c,
  v128: 0x7b,
}

/** What an instruction leaves on the stack: a value, or nothing (a statement). */
export interface Instruction<T extends ValueType | 'none'> {
  readonly type: T
  readonly operands: readonly Instruction<ValueType>[]
  /** Opcode and immediates, executed after the operands. */
  readonly code: readonly number[]
  /** The immediate that may be an address, where there is one. */
  readonly immediate: Immediate | undefined
}

/** A number among the bytes of an instruction, and the bytes before and behind it. */
export interface Immediate {
  readonly value: number
  readonly before: readonly number[]
  readonly behind: readonly number[]
}
export type Expression<T extends ValueType = ValueType> = Instruction<T>
export type Statement = Instruction<'none'>

/** A local variable is the expression that reads it. */
export interface Local<T extends ValueType = ValueType> extends Expression<T> {
  readonly index: number
}

export type I32 = Expression<'i32'>
export type V128 = Expression<'v128'>
/** Wherever an i32 is expected a JavaScript integer will do. */
export type Int = I32 | number

export const instruction = <T extends ValueType | 'none'>(
  type: T,
  operands: readonly Expression[],
  code: readonly number[],
  immediate?: Immediate,
): Instruction<T> => ({ type, operands, code, immediate })

const constantCode = [0x41]
const nothing: readonly number[] = []

export const int = (value: Int): I32 => {
  if (typeof value !== 'number') return value
  const immediate = { value, before: constantCode, behind: nothing }
  return instruction('i32', [], signed(value, constantCode), immediate)
}

/** An access to memory; its first operand is the address that the offset is added to. */
export const access = <T extends ValueType | 'none'>(
  type: T,
  operands: readonly Expression[],
  opcode: readonly number[],
  offset: number,
  behind: readonly number[] = nothing,
): Instruction<T> => {
  const code = unsigned(offset, opcode)
  for (let k = 0; k < behind.length; k++) code.push(behind[k]!)
  return instruction(type, operands, code, { value: offset, before: opcode, behind })
}

/** Byte codes of an instruction of the vector extension. */
export const simd = (opcode: number): number[] => unsigned(opcode, [0xfd])

export const unary =
  <A extends ValueType, R extends ValueType>(_operand: A, result: R, code: readonly number[]) =>
  (a: Expression<A>): Expression<R> =>
    instruction(result, [a], code)

export const binary =
  <A extends ValueType, R extends ValueType>(_operand: A, result: R, code: readonly number[]) =>
  (a: Expression<A>, b: Expression<A>): Expression<R> =>
    instruction(result, [a, b], code)

/**
 * Accesses to memory end with log2 of the alignment promised and a constant offset, which is added
 * to the address for free: shapes and addresses known at compile time go in there.
 */
export const load = <T extends ValueType>(type: T, code: readonly number[], alignment: number) => {
  const opcode = [...code, alignment]
  return (address: Int, offset = 0): Expression<T> => access(type, [int(address)], opcode, offset)
}

export const store = <T extends ValueType>(
  _type: T,
  code: readonly number[],
  alignment: number,
) => {
  const opcode = [...code, alignment]
  return (address: Int, value: Expression<T>, offset = 0): Statement =>
    access('none', [int(address), value], opcode, offset)
}
