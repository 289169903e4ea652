// What a certificate proves, as JSON-safe data: a claim about a network, and the network. The whole
// language of it, which the checker reads by itself; types only.
//
//   claim   = for all letters within their lengths: scalar = scalar; …
//   scalar  = number | index as a number | A[e, …] | s + s | s s | s^n | f^(n)(s)
//           | Σ max min over letters, where guards hold, of s | [guards]
//   guard   = e ~ e | s ~ s | the letters e, … win the contest of s
//   index   = a length | i | e + e | e e | ⌊e / e⌋
//   source  = a node | ∂cost/∂node | ∂node/∂node | a table [i ≤ m, … ↦ s]
//
// Letters count from 1. Outside of its box an array is 0 and annuls its product; a function of what
// lies outside is f(0), and a table of f is an array as others are. A function has the meaning that
// the checker's table gives its name; without one there, it is any function.

import type { PlainPolynomial, Step } from './plain.ts'

export type PlainIndex =
  | { readonly kind: 'length'; readonly of: PlainPolynomial }
  | { readonly kind: 'letter'; readonly letter: number }
  | { readonly kind: 'plus'; readonly terms: readonly PlainIndex[] }
  | { readonly kind: 'times'; readonly factors: readonly PlainIndex[] }
  | { readonly kind: 'floor'; readonly above: PlainIndex; readonly below: PlainIndex }

/** 1 ≤ letter ≤ length; without one over all integers at which the body is not 0. */
export interface PlainAxis {
  readonly letter: number
  readonly length?: PlainIndex
}

export type PlainContest = 'max' | 'min'
export type PlainRelation = '=' | '≠' | '>' | '≥'
type Fraction = readonly [numerator: string, denominator: string]

export type PlainScalar =
  | { readonly kind: 'number'; readonly value: Fraction }
  | { readonly kind: 'size'; readonly of: PlainIndex }
  | { readonly kind: 'read'; readonly from: PlainSource; readonly at: readonly PlainIndex[] }
  | { readonly kind: 'sum'; readonly terms: readonly PlainScalar[] }
  | { readonly kind: 'product'; readonly factors: readonly PlainScalar[] }
  /** A whole exponent, which may be negative. */
  | { readonly kind: 'power'; readonly base: PlainScalar; readonly exponent: string }
  | {
      readonly kind: 'apply'
      readonly f: string
      readonly order: number
      readonly to: PlainScalar
    }
  | {
      readonly kind: 'reduce'
      readonly by: 'sum' | PlainContest
      readonly over: readonly PlainAxis[]
      readonly when: readonly PlainGuard[]
      readonly body: PlainScalar
    }
  | { readonly kind: 'guard'; readonly guards: readonly PlainGuard[] }

export type PlainGuard =
  | {
      readonly kind: 'indices'
      readonly relation: PlainRelation
      readonly left: PlainIndex
      readonly right: PlainIndex
    }
  | {
      readonly kind: 'values'
      readonly relation: PlainRelation
      readonly left: PlainScalar
      readonly right: PlainScalar
    }
  | {
      readonly kind: 'winner'
      readonly by: PlainContest
      /** As large as the winner, which several may be: asked where ties are excluded. */
      readonly isShared?: boolean
      readonly at: readonly PlainIndex[]
      readonly over: readonly PlainAxis[]
      readonly body: PlainScalar
    }

export interface PlainTable {
  readonly axes: readonly { readonly letter: number; readonly length: PlainPolynomial }[]
  readonly body: PlainScalar
}

export type PlainSource =
  | { readonly kind: 'node'; readonly node: number }
  /** ∂cost/∂node. */
  | { readonly kind: 'adjoint'; readonly node: number }
  /** The axes of `of`, then those of `by`; `ofAdjoint`: of ∂cost/∂of. */
  | {
      readonly kind: 'jacobian'
      readonly of: number
      readonly by: number
      readonly ofAdjoint?: boolean
    }
  | ({ readonly kind: 'table' } & PlainTable)

/** A node of the network; those that it is made of come before it. */
export interface PlainNode {
  readonly name: string
  readonly shape: readonly PlainPolynomial[]
  /** What its op or its function computes of other nodes; what is fed has none. */
  readonly line?: PlainTable
}

/** left = right for all letters from 1 within each of their lengths. */
export interface PlainEquation {
  readonly letters: readonly {
    readonly letter: number
    readonly name: string
    readonly within: readonly PlainPolynomial[]
  }[]
  readonly left: PlainScalar
  readonly right: PlainScalar
}

/** What a certificate proves: equations about the arrays of a network, whatever their contents. */
export interface PlainClaim {
  /** Lengths: a size is at least 1, a parameter at least 0. */
  readonly lengths: readonly {
    readonly id: number
    readonly kind: 'size' | 'parameter'
    readonly name: string
  }[]
  /** What the lengths satisfy besides, each ≥ 0. */
  readonly constraints: readonly PlainPolynomial[]
  readonly nodes: readonly PlainNode[]
  /** The node whose derivatives adjoints are. */
  readonly cost: number
  readonly equations: readonly PlainEquation[]
  /** Sums that are a number other than 0, as Σ_i t_i = 1. */
  readonly given: readonly { readonly sum: PlainScalar; readonly value: Fraction }[]
  /** Points that are left out: a division by what may be 0, equal winners, corners. */
  readonly excluded: readonly ('poles' | 'ties' | 'kinks')[]
}

/** How the nodes are seen in one proof. Every way says the same; they differ in what is easy. */
export interface PlainView {
  /** Nodes that are arrays of their own; derivatives still pass through them. */
  readonly atoms: readonly number[]
  /** Nodes whose adjoint is an array of its own. */
  readonly deltas: readonly number[]
}

/** f(a) = f(b): the arguments of two arrays are equal, by these steps. */
export interface PlainLemma {
  readonly first: number
  readonly second: number
  readonly steps: readonly Step[]
}

export type PlainUse =
  /** What is given to be a number, over that number. */
  | { readonly term: number; readonly given: number }
  /** s · 1/s, where a term of the equation divides by it: the array 1/s and the entry. */
  | { readonly term: number; readonly inverse: number; readonly at: readonly PlainPolynomial[] }

/** The proof of one equation of the claim. */
export interface PlainProof {
  readonly view: PlainView
  /** Terms of left − right that are multiplied by what is 1. */
  readonly uses?: readonly PlainUse[]
  readonly lemmas: readonly PlainLemma[]
  readonly steps: readonly Step[]
}

/** A proof of every equation. */
export interface ClaimCertificate {
  readonly proofs: readonly PlainProof[]
}
