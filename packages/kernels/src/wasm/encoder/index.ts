// The encoder's public face: typed instruction trees, function bodies, modules.
export {
  Body,
  call,
  defineFunction,
  type FunctionDefinition,
  type Label,
  type Place,
  type Relocation,
  tee,
} from './body.ts'
export type {
  Expression,
  I32,
  Int,
  Local,
  Statement,
  V128,
  ValueType,
} from './expression.ts'
export { encodeModule, type MemorySpecification, pageBytes, TooManyLocals } from './module.ts'
export { atomic, f32, f64, i32, select, unreachable } from './scalar.ts'
export { f32x4, f64x2, i32x4, i64x2, memory, v128 } from './vector.ts'
