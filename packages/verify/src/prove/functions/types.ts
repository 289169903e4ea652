// What a function of one number is to a proof, and what is known of those that were applied.

import type { Rational } from '../../arithmetic/rational.ts'
import type { Variable } from '../../arithmetic/variable.ts'
import type { Excluded } from '../../core/statement.ts'
import type { Congruence } from '../../index-terms/functions.ts'
import type { Access, ArrayName, Field, Index, Terms } from '../../index-terms/terms.ts'
import type { PlainField } from '../terms/plain.ts'

/** One entry of f(x): what its derivative may be made of. */
export interface Entry {
  /** f(x) itself. */
  readonly value: Terms
  /** Another function of the same x. */
  readonly other: (g: ScalarFunction) => Terms
  /** A function of f(x). */
  readonly after: (g: ScalarFunction) => Terms
  /** Another function of what is made of x. */
  readonly through: (g: ScalarFunction, made: (x: Terms) => Terms) => Terms
  /** Functions of 1, the innermost first. */
  readonly constant: (...functions: readonly ScalarFunction[]) => Terms
}

export interface ScalarFunction {
  /** Equal only for equal functions. */
  readonly key: string
  readonly name: string
  readonly derivative: (entry: Entry) => Terms
  readonly atZero?: Rational
  /** Where it has no value or no derivative. */
  readonly excludes?: Excluded
}

export interface Functions {
  /** One step of work. @throws BudgetExceeded */
  readonly tick: (operations?: number) => void
  /** f of every entry of an argument: the entries of one array. */
  readonly apply: (f: ScalarFunction, argument: Field) => Field
  /** An array without a derivative, by its key: the mask of a window's winners. */
  readonly mask: (key: string, name: string, shape: Index, of?: Contested) => PlainField
  /** What competes for the entries of a mask, where it is entries of one array. */
  readonly contestOf: (mask: ArrayName) => Contested | undefined
  /** An array that stands for an argument while a function of it is differentiated. */
  readonly placeholder: (argument: Field) => Placeholder
  /** Terms with the argument in the place of the array that stood for it. */
  readonly withArgument: (terms: Terms, placeholder: ArrayName, argument: Field) => Terms
  /** f(0) where nobody knows it. */
  readonly atZero: (f: ScalarFunction) => Terms
  /** Takes [x > 0] as 1 for an array that is assumed to be positive. */
  readonly assumePositive: (array: ArrayName) => void
  /** Whether a Σ of a few terms is written out, since the claim writes them out. */
  readonly expands: boolean
  readonly congruences: readonly Congruence[]
  readonly excludes: (array: ArrayName) => Excluded | undefined
  /** The same of an array and of the arguments that it is made of. */
  readonly excludedBy: (array: ArrayName) => readonly Excluded[]
  readonly appliedOf: (array: ArrayName) => Applied | undefined
}

/** An entry of an array that competes, and the places of the mask that it is read at. */
export interface Contested {
  readonly entry: Access
  readonly places: readonly Variable[]
}

export interface Placeholder {
  readonly array: ArrayName
  /** The array read as the argument is. */
  readonly field: Field
  /** Where in the array an entry of the argument is. */
  readonly place: (index: Index) => Index
}

export interface Applied {
  readonly function: ScalarFunction
  readonly argument: Field
}
