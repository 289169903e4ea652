// Making an op, and the letters of its operands. Ops are compared by identity, never by name.
import { OptionError } from '../errors.ts'
import { readOptions } from '../options.ts'
import { show } from '../show.ts'
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

const PARTS = [
  ...(['name', 'operands', 'patterns', 'optional', 'line', 'stable', 'symbols', 'axes'] as const),
  ...(['check', 'values', 'params', 'vjp', 'latex', 'jacobian', 'traits'] as const),
] as const

const SYNONYMS = {
  ...{ inputs: 'operands', definition: 'line', formula: 'line', options: 'params' },
  ...{ gradient: 'vjp', grad: 'vjp', backward: 'vjp', shape: 'axes' },
}

const NEEDED = [
  ['name', ['string'], "a name, such as 'square'"],
  ['operands', ['object'], "operands by letter, such as { x: '…' }"],
  ['line', ['string', 'function'], "a line of index notation, such as 'y = x^2'"],
  ['vjp', ['object'], 'a rule for each operand, such as { x: (g, { x }) => mul(g, mul(2, x)) }'],
  ['latex', ['function'], "a function of the operands' LaTeX"],
] as const

/** Checks the definition's types where it is written, then forgets them. */
export function defineOp<Operand extends string, Params extends object = object>(
  definition: OpDefinition<Operand, Params>,
): Op {
  const given = readOptions('defineOp', definition, PARTS, SYNONYMS)
  for (const [part, types, what] of NEEDED) {
    const value = given[part]
    if (value !== null && types.some((type) => typeof value === type)) continue
    const found = value === undefined ? 'missing' : show(value)
    throw new OptionError(`defineOp: ${part} is ${found}; it must be ${what}`)
  }
  return Object.freeze(definition) as unknown as Op
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** The letters of an op's operands, in order, for a node that has `count` of them. */
export const operandNames = (op: Op, count: number): readonly string[] =>
  op.traits?.variadic
    ? Array.from({ length: count }, (_, k) => variadicName(k))
    : Object.keys(op.operands).slice(0, count)

/** a, b, …, z, a′, b′, … */
export const variadicName = (k: number): string =>
  LETTERS[k % LETTERS.length]! + '′'.repeat(Math.floor(k / LETTERS.length))
