// The parts of an op that speak of no node: sizes, traits, what its params may be, how it prints.
import type { Shape } from '../shape.ts'

/** Values of the letters in an op's line: numbers, or sizes in the letters of axes. */
export type Symbols = Readonly<Record<string, number | string>>

/** Shapes of the operands by letter; an optional operand that is absent has none. */
export type Shapes<Operand extends string = string> = { readonly [K in Operand]: Shape }

/** A piece of LaTeX and how tightly it binds, so that a printer knows where brackets go. */
export interface Printed {
  readonly text: string
  readonly binds: Binding
  /**
   * Said by people alone: no formula over whole arrays means exactly this, so that formulas print
   * the entry instead.
   */
  readonly spoken?: true
  /** A Σ without letters: a factor that followed would be summed as well. */
  readonly open?: true
}
/** Loosest first: a sum, a convolution or entrywise product, a product, a power, an atom. */
export type Binding = 'sum' | 'star' | 'product' | 'power' | 'atom'

/** What passes, printers and provers may ask of an op; nobody asks for its name. */
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
  /** What follows a layer, and claims call a or f. */
  readonly activation?: true
  /** Pools the windows of the last two axes: passes on one cell of each, or something of all. */
  readonly window?: 'max' | 'med' | 'all'
  /** Another formula on either side of a place: where values are equal, or at a point. */
  readonly pieces?: 'ties' | 'kinks'
  /** Infinite, or without a derivative, at some point. */
  readonly poles?: true
  /**
   * Its rules are not the derivative of its line, on purpose: a gradient passed straight through a
   * step, or reversed. Nothing is proved of derivatives through it.
   */
  readonly surrogate?: true
  /** Its params hold lengths of what it is made from. */
  readonly sized?: true
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
