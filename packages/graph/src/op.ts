// What an op is: plain data that defines its meaning, its shapes, its derivative and its look.
// Compared by identity, never by name. Nothing here records, evaluates or prints.
import type { Node } from './node.ts'
import type { Shape } from './shape.ts'

export type Symbols = Readonly<Record<string, number | string>>

/** Shapes of the operands by letter; an optional operand that is absent has none. */
export type Shapes<Operand extends string = string> = { readonly [K in Operand]: Shape }

/** How the derivative flows to one operand: graph code, so it can be differentiated again. */
export type VjpRule<Operand extends string, Params> = (
  g: Node,
  args: { readonly [K in Operand]: Node },
  params: Params,
  out: Node,
  /** The operand's own letter: one rule serves every operand of a variadic op. */
  operand: Operand,
) => Node

/** A piece of LaTeX and how tightly it binds, so that a printer knows where brackets go. */
export interface Printed {
  readonly text: string
  readonly binds: Binding
}
/** Loosest first: a sum, a convolution or entrywise product, a product, a power, an atom. */
export type Binding = 'sum' | 'star' | 'product' | 'power' | 'atom'

export interface OpTraits {
  /** A value that comes from outside: input, parameter, constant. */
  readonly leaf?: true
  /** Entry by entry with NumPy broadcasting; the derivative is summed back over broadcast axes. */
  readonly elementwise?: true
  /** Entries are moved, repeated or dropped, never computed with. */
  readonly movesOnly?: true
  /** Any number of operands, named a, b, c, … in order; `operand` stands for each of them. */
  readonly variadic?: true
  /** Piecewise constant: its derivative is zero wherever it exists. */
  readonly stepwise?: true
  /** Increasing in its one operand (strictly or not). */
  readonly monotone?: true
  /** The operands may change places. */
  readonly commutative?: true
  /** The value is already a distribution along an axis. */
  readonly normalised?: true
}

export interface OpDefinition<Operand extends string, Params extends object> {
  readonly name: string
  /**
   * The operands in order, each with the letters of its axes ('…,C,H,W'). A letter is the length
   * of that axis: the line, the symbols and `axes` may use it, and equal letters must agree.
   * An operand of '…' alone has any shape.
   */
  readonly operands: { readonly [K in Operand]: string }
  /** The same letters where they depend on the rank: replaces `operands` entry by entry. */
  readonly patterns?: (
    params: Params,
    shapes: Shapes<Operand>,
  ) => { readonly [K in Operand]: string }
  /** Operands that may be absent; absent, they read 0. */
  readonly optional?: readonly Operand[]
  /** The definition, in the notation: the only statement of what the op means. */
  readonly line: string | ((params: Params, shapes: Shapes<Operand>) => string)
  /** The same value without overflow; a test holds the two equal. */
  readonly stable?: string | ((params: Params, shapes: Shapes<Operand>) => string)
  /** Values of the line's parameters: numbers, or sizes in the axis letters ('d(m-1)'). */
  readonly symbols?: (params: Params, shapes: Shapes<Operand>) => Symbols
  /** The result's axes, in the notation; absent where the operands broadcast. */
  readonly axes?: string | ((params: Params, shapes: Shapes<Operand>) => string)
  /** What else must hold of shapes and options; says why not, in one sentence. */
  readonly check?: (shapes: Shapes<Operand>, params: Params) => string | undefined
  /** Shapes and ranges of params, for documents that come from outside. */
  readonly params?: ParamSchema
  /** One rule for each operand; null where no derivative flows (a condition, a mask). */
  readonly vjp: { readonly [K in Operand]: VjpRule<Operand, Params> | null }
  /** The layer form, from the operands' layer forms. */
  readonly latex: (
    operands: { readonly [K in Operand]: Printed },
    params: Params,
    shapes: Shapes<Operand>,
  ) => Printed
  /**
   * What a prover may use beyond the line, for an op it treats as opaque: the Jacobian
   * ∂y/∂x in the notation, in the op's own result `y` and operand letters.
   */
  readonly jacobian?: Partial<{ readonly [K in Operand]: string }>
  readonly traits?: OpTraits
}

/** What a param may be, checked before a document's node is recorded. */
export type ParamKind =
  | 'number'
  | 'integer'
  | 'boolean'
  | 'string'
  | 'pair'
  | 'integers'
  | 'numbers'
  | 'shape'
  | 'padding'
export type ParamSchema = Readonly<Record<string, ParamKind>>

/** An op with its types forgotten, as graphs hold it. */
export type Op = OpDefinition<string, object>

/** Checks the definition's types where it is written, then forgets them. */
export function defineOp<Operand extends string, Params extends object = object>(
  definition: OpDefinition<Operand, Params>,
): Op {
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
