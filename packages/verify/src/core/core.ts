// The whole language that has a meaning. A claim and the line of an op both become this; what is
// printed, evaluated and proved is this and nothing else.
//
//   index   = a whole number or size | i | e + e | e e | e / e | e^e | ⌊e⌋ ⌈e⌉ |e| sign max min
//   scalar  = a number | e as a number | A[e, …] | s + s | s s | s / s | s^s | f^(n)(s, …)
//           | Σ max min med over letters, where guards hold, of s | [guards]
//   guard   = e ~ e | s ~ s | the letters e, … win the contest of s
//   source  = a node of the network | ∂cost/∂node | ∂source/∂node | x | a table [i ≤ m, … ↦ s]
//
// Outside its box an array is 0 and annuls its product; in a contest it is nothing, where a guard
// that fails is a 0 that competes. A function of
// what lies outside is f(0); a *table* of f is an array as others are. Indices count from 1.

import type { Node } from '@backprove/graph'
import type * as notation from '@backprove/graph/notation'
import type { Polynomial } from '../arithmetic/polynomial.ts'
import type { Rational } from '../arithmetic/rational.ts'
import type { Word } from '../language/syntax.ts'

/** Told apart by identity, so that nothing is ever captured. */
export interface Letter {
  readonly id: number
  readonly name: string
}

/** What an index may be rounded or chosen by. */
export type Choice = 'floor' | 'ceil' | 'abs' | 'sign' | 'max' | 'min'

/** Whole numbers; a quotient that is none, as 3/2, lies outside of every box. */
export type Index =
  | { readonly kind: 'length'; readonly of: Polynomial }
  | { readonly kind: 'letter'; readonly letter: Letter }
  | { readonly kind: 'plus'; readonly terms: readonly Index[] }
  | { readonly kind: 'times'; readonly factors: readonly Index[] }
  | { readonly kind: 'over'; readonly above: Index; readonly below: Index }
  | { readonly kind: 'raised'; readonly base: Index; readonly exponent: Index }
  | { readonly kind: 'choice'; readonly by: Choice; readonly of: readonly Index[] }

/** from ≤ letter ≤ to; without limits over all whole numbers at which the body is not 0. */
export interface Axis {
  readonly letter: Letter
  readonly from?: Index
  readonly to?: Index
}

/** `lomed` and `himed`: the two middles of an even number of values, whose mean is `med`. */
export type Contest = 'max' | 'min' | 'lomed' | 'himed' | 'med'

/** A function of one number, as the graph recorded it. */
export interface Activation {
  /** σ, relu, or the user's own name. */
  readonly name: string
  /** Its value node and the node that it was applied to. */
  readonly value: Node
  readonly argument: Node
}

export type FunctionRef =
  /** One of the notation: exp, log, √, … */
  | { readonly kind: 'notation'; readonly name: notation.FunctionName }
  /** One that claims have a word for, with its derivatives. */
  | { readonly kind: 'word'; readonly name: Word }
  /** The function of a layer, which may be the user's own. */
  | { readonly kind: 'activation'; readonly of: Activation }

export type Scalar =
  | { readonly kind: 'number'; readonly value: Rational }
  | { readonly kind: 'size'; readonly of: Index }
  | { readonly kind: 'read'; readonly from: Source; readonly at: readonly Index[] }
  | { readonly kind: 'sum'; readonly terms: readonly Scalar[] }
  | { readonly kind: 'product'; readonly factors: readonly Scalar[] }
  | { readonly kind: 'quotient'; readonly above: Scalar; readonly below: Scalar }
  | { readonly kind: 'power'; readonly base: Scalar; readonly exponent: Scalar }
  | {
      readonly kind: 'apply'
      readonly f: FunctionRef
      readonly order: number
      readonly to: readonly Scalar[]
    }
  | {
      readonly kind: 'reduce'
      readonly by: 'sum' | Contest
      readonly over: readonly Axis[]
      readonly when: readonly Guard[]
      readonly body: Scalar
    }
  | { readonly kind: 'guard'; readonly guards: readonly Guard[] }

export type Relation = notation.Relation

export type Guard =
  | {
      readonly kind: 'indices'
      readonly relation: Relation
      readonly left: Index
      readonly right: Index
    }
  | {
      readonly kind: 'values'
      readonly relation: Relation
      readonly left: Scalar
      readonly right: Scalar
    }
  /**
   * `at` is the first winner; `isShared`: it is as large as the winner, which several may be.
   * `when`: what else holds of the letters that compete.
   */
  | {
      readonly kind: 'winner'
      readonly by: Contest
      readonly isShared?: boolean
      readonly at: readonly Index[]
      readonly over: readonly Axis[]
      readonly when?: readonly Guard[]
      readonly body: Scalar
    }

/** What has a name, or is differentiated: its entries are known together. */
export type Named =
  | { readonly kind: 'node'; readonly node: Node }
  /** ∂cost/∂node, which has the axes of the node. */
  | { readonly kind: 'adjoint'; readonly node: Node }
  /**
   * The axes of `of`, then those of `by`. `apart`: the claim takes it entry by entry, which has a
   * meaning only where no entry depends on another's place.
   */
  | {
      readonly kind: 'jacobian'
      readonly of: Extract<Named, { kind: 'node' | 'adjoint' }>
      readonly by: Node
      readonly apart?: true
    }
  /** A number of the claim's own: the x of f(x) = … */
  | { readonly kind: 'variable'; readonly name: string }

export type Source = Named | Table

/** [i ≤ m, j ≤ n ↦ body]: an array that somebody wrote. */
export interface Table {
  readonly kind: 'table'
  readonly axes: readonly { readonly letter: Letter; readonly length: Polynomial }[]
  readonly body: Scalar
}

let made = 0

export const letterOf = (name: string): Letter => ({ id: made++, name })
