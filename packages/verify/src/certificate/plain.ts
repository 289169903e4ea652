// The steps of a certificate as JSON-safe data: integers are decimal strings, variables numbers.
// Types only, shared by the prover that writes and the checker that reads.

export interface PlainMonomial {
  readonly coefficient: string
  /** Ids of the variables; a power is a repetition. */
  readonly variables: readonly number[]
}

export type PlainPolynomial = readonly PlainMonomial[]

/** Where an inequality of a proof comes from. */
export type Source =
  | { readonly from: 'constraint'; readonly index: number }
  /** A size is at least 1, a parameter at least 0. */
  | { readonly from: 'sign'; readonly variable: number }
  /** An access outside its box is 0: index ≥ 0 (low) and length - 1 - index ≥ 0 (high). */
  | {
      readonly from: 'box'
      readonly access: number
      readonly axis: number
      readonly side: 'low' | 'high'
    }
  | { readonly from: 'guard'; readonly index: number }
  /** = 0, so that its multiplier may be negative. */
  | { readonly from: 'equation'; readonly index: number }
  /** The negation of what is to be shown: -goal - 1 ≥ 0. */
  | { readonly from: 'goal' }
  /** An earlier line of the same proof. */
  | { readonly from: 'line'; readonly index: number }

/** multiplier · Π (variable - less) · source, each factor being ≥ 0: a size may lose 1. */
export interface Part {
  readonly of: Source
  readonly multiplier: string
  readonly factors: readonly { readonly variable: number; readonly less: 0 | 1 }[]
}

/** (Σ parts) / divisor ≥ 0 with the constant rounded down, which integers allow. */
export interface Line {
  readonly sum: readonly Part[]
  readonly divisor: string
}

/** Lines whose last is a negative constant: the hypotheses and the negated goal contradict. */
export type Proof = readonly Line[]

export type Relation = 'guard' | 'equation'

/**
 * One move on a list of terms. Terms 0, 1, … are those of left, then those of right negated; a move
 * that makes terms appends them. Each move keeps the sum of the terms.
 *
 * An implied guard needs one proof, an implied equation two: of e ≥ 0 and of -e ≥ 0.
 */
export type Step =
  /** Σ_v [±v + e = 0] f(v) = f(∓e). */
  | {
      readonly move: 'eliminate'
      readonly term: number
      readonly equation: number
      readonly variable: number
    }
  /** A bijection of the integer points: old bound variables by new ones, and back. */
  | {
      readonly move: 'change'
      readonly term: number
      readonly forward: readonly (readonly [old: number, value: PlainPolynomial])[]
      readonly inverse: readonly (readonly [fresh: number, value: PlainPolynomial])[]
    }
  /** Leaves out a guard or equation that the rest of the term implies. */
  | {
      readonly move: 'drop'
      readonly term: number
      readonly relation: Relation
      readonly index: number
      readonly proofs: readonly Proof[]
    }
  /** Adds a guard or equation that the term implies. */
  | {
      readonly move: 'insert'
      readonly term: number
      readonly relation: Relation
      readonly expression: PlainPolynomial
      readonly proofs: readonly Proof[]
    }
  /**
   * Writes an index of an access in another way. The proofs are from the term without that access:
   * its box moves with its index.
   */
  | {
      readonly move: 'reindex'
      readonly term: number
      readonly access: number
      readonly axis: number
      readonly expression: PlainPolynomial
      readonly proofs: readonly Proof[]
    }
  /** 1 = [g ≥ 0] + [-g - 1 ≥ 0]; the second half is appended. */
  | { readonly move: 'split'; readonly term: number; readonly guard: PlainPolynomial }
  /** The term is 0: its domain is empty. */
  | { readonly move: 'vanish'; readonly term: number; readonly proof: Proof }
  /** Σ_v [v + a ≥ 0][b - v ≥ 0] = a + b + 1 =: length ≥ 0; a term per monomial is appended. */
  | {
      readonly move: 'count'
      readonly term: number
      readonly variable: number
      readonly lower: number
      readonly upper: number
      readonly length: PlainPolynomial
      readonly proof: Proof
    }
  /** Σ_q [0 ≤ e - p q][e - p q ≤ p - 1] = 1 for p ≥ 1. */
  | {
      readonly move: 'quotient'
      readonly term: number
      readonly variable: number
      readonly lower: number
      readonly upper: number
      readonly proof: Proof
    }
  /** Like terms: adds the coefficient to that of the other term and removes this one. */
  | { readonly move: 'merge'; readonly term: number; readonly into: number }
