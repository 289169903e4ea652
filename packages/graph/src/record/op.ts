// Making an op, and the letters of its operands. Ops are compared by identity, never by name alone:
// a user's may be called like one of the library.
import type { Op, OpDefinition } from './node.ts'

export type { Op, OpDefinition, VjpRule } from './node.ts'
export type {
  Binding,
  OpTraits,
  ParamKind,
  Printed,
  Shapes,
  Symbols,
} from './op-parts.ts'

/** The library's ops that are loaded, by name. A bundle has those alone that its page reaches. */
const library = new Map<string, Op>()

/** Checks the definition's types where it is written, then forgets them: for ops of the library. */
export function defineOp<Operand extends string, Params extends object = object>(
  definition: OpDefinition<Operand, Params>,
): Op {
  const op = Object.freeze(definition) as unknown as Op
  library.set(op.name, op)
  return op
}

/** An op of the library; undefined where nothing that is loaded could have recorded it. */
export const loadedOp = (name: string): Op | undefined => library.get(name)

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** The letters of an op's operands, in order, for a node that has `count` of them. */
export const operandNames = (op: Op, count: number): readonly string[] =>
  op.traits?.variadic
    ? Array.from({ length: count }, (_, k) => variadicName(k))
    : Object.keys(op.operands).slice(0, count)

/** a, b, …, z, a′, b′, … */
export const variadicName = (k: number): string =>
  LETTERS[k % LETTERS.length]! + '′'.repeat(Math.floor(k / LETTERS.length))
