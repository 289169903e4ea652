// The whole language of a claim and of its certificate, as data: of every object its fields, and no
// others. The checker reads by it, and the types are read off it.
//
//   claim   = for all letters within their lengths: scalar = scalar; …
//   scalar  = number | a length as a number | A[e, …] | s + s | s s | s^n | f^(n)(s)
//           | Σ over letters of s | [e = e] | [e ≥ e] | [the letters e, … win the contest of s]
//   index   = a length | i | e + e | e e | ⌊e / e⌋
//   source  = a node | ∂cost/∂node | ∂node/∂node | a table [i ≤ m, … ↦ s]
//
// Letters count from 1. Outside of its box an array is 0 and annuls its product; a function of what
// lies outside is f(0), and a table of f is an array as others are. A function has the meaning that
// the checker's table gives its name; without one there, it is any function.
//
// 'x*' is a list of x, 'x?' may be left out, 'a|b' is one of these words. Fields are read in their
// order: what is declared is known to those after it. A polynomial is a list of monomials; integers
// are decimal strings, variables numbers; a power is a variable that is repeated.

const table = { axes: 'side*', body: 'scalar' } as const
const lengths = 'lengthMonomial*'
const polynomial = 'monomial*'

export const objects = {
  /** Equations about the arrays of a network, whatever their contents. */
  claim: {
    lengths: 'named*',
    /** What the lengths satisfy besides, each ≥ 0. */
    constraints: `${lengths}*`,
    nodes: 'node*',
    /** The node whose derivatives adjoints are. */
    cost: 'node before',
    equations: 'equation*',
    given: 'given*',
    /** Points that are left out: a division by what may be 0, equal winners, corners. */
    excluded: 'poles|ties|kinks*',
  },
  /** A size is at least 1, a parameter at least 0. */
  named: { id: 'new length', kind: 'size|parameter', name: 'text' },
  lengthMonomial: { coefficient: 'integer', variables: 'length*' },
  /** The line is what its op or its function computes of nodes before it; what is fed has none. */
  node: { name: 'text', shape: `${lengths}*`, line: 'table?' },
  table,
  side: { length: lengths, letter: 'new letter' },
  /** left = right for all letters from 1 within each of their lengths. */
  equation: { letters: 'free*', left: 'scalar', right: 'scalar' },
  free: { name: 'text', within: `${lengths}*`, letter: 'new letter' },
  /** A sum that is a number other than 0, as Σ_i t_i = 1. */
  given: { sum: 'scalar', value: 'fraction' },
  /** 1 ≤ letter ≤ length; without one over all integers at which the body is not 0. */
  axis: { length: 'index?', letter: 'new letter' },

  /** A proof of every equation. */
  certificate: { proofs: 'proof*' },
  /** `uses`: terms of left − right that are multiplied by what is 1. */
  proof: { view: 'view', uses: 'use*?', lemmas: 'lemma*', steps: 'step*' },
  /**
   * How the nodes are seen: `atoms` are arrays of their own, which derivatives still pass through,
   * and the adjoints of `deltas` are. Every way says the same; they differ in what is easy.
   */
  view: { atoms: 'id*', deltas: 'id*' },
  /** f(a) = f(b): the arguments of two arrays are equal, by these steps. */
  lemma: { first: 'id', second: 'id', steps: 'step*' },
  monomial: { coefficient: 'integer', variables: 'id*' },
  /** What a variable is. */
  value: { variable: 'id', is: polynomial },
  /** (Σ parts) / divisor ≥ 0 with the constant rounded down, which integers allow. */
  line: { sum: 'part*', divisor: 'integer' },
  /** multiplier · Π (variable − less) · source, each factor being ≥ 0: a size may lose 1. */
  part: { of: 'origin', multiplier: 'integer', factors: 'factor*' },
  factor: { variable: 'id', less: 'id' },
} as const

/** What is told apart by one of its fields. */
export const kinds = {
  scalar: {
    by: 'kind',
    of: {
      number: { value: 'fraction' },
      size: { of: lengths },
      read: { from: 'source', at: 'index*' },
      sum: { terms: 'scalar*' },
      product: { factors: 'scalar*' },
      /** A natural exponent: 1/x is a function. */
      power: { base: 'scalar', exponent: 'integer' },
      apply: { f: 'text', order: 'id', to: 'scalar' },
      reduce: { over: 'axis*', body: 'scalar' },
      guard: { relation: '=|≥', left: 'index', right: 'index' },
      /** `isShared`: as large as the winner, which several may be: asked where ties are excluded. */
      winner: { at: 'index*', by: 'max|min', isShared: 'flag?', over: 'axis*', body: 'scalar' },
    },
  },
  index: {
    by: 'kind',
    of: {
      length: { of: lengths },
      letter: { letter: 'letter' },
      plus: { terms: 'index*' },
      times: { factors: 'index*' },
      floor: { above: 'index', below: 'index' },
    },
  },
  source: {
    by: 'kind',
    of: {
      node: { node: 'node before' },
      /** ∂cost/∂node. */
      adjoint: { node: 'any node' },
      /** The axes of `of`, then those of `by`; `ofAdjoint`: of ∂cost/∂of. */
      jacobian: { of: 'any node', by: 'any node', ofAdjoint: 'flag?' },
      table,
    },
  },
  use: {
    by: 'kind',
    of: {
      /** What is given to be a number, over that number. */
      given: { term: 'id', given: 'id' },
      /** s · 1/s, where a term of the equation divides by it: the array 1/s and the entry. */
      inverse: { term: 'id', inverse: 'id', at: `${polynomial}*` },
    },
  },
  /**
   * One move on a list of terms. Terms 0, 1, … are those of left, then those of right negated; a
   * move that makes terms appends them. Each move keeps the sum of the terms.
   * An implied guard needs one proof, an implied equation two: of e ≥ 0 and of −e ≥ 0.
   */
  step: {
    by: 'move',
    of: {
      /** Σ_v [±v + e = 0] f(v) = f(∓e). */
      eliminate: { term: 'id', equation: 'id', variable: 'id' },
      /** A bijection of the integer points: old bound variables by new ones, and back. */
      change: { term: 'id', forward: 'value*', inverse: 'value*' },
      /** Leaves out a guard or equation that the rest of the term implies. */
      drop: { term: 'id', relation: 'guard|equation', index: 'id', proofs: 'line**' },
      /** Adds a guard or equation that the term implies. */
      insert: {
        term: 'id',
        relation: 'guard|equation',
        expression: polynomial,
        proofs: 'line**',
      },
      /**
       * Writes an index of an access in another way. The proofs are from the term without that
       * access: its box moves with its index.
       */
      reindex: { term: 'id', access: 'id', axis: 'id', expression: polynomial, proofs: 'line**' },
      /** 1 = [g ≥ 0] + [−g − 1 ≥ 0]; the second half is appended. */
      split: { term: 'id', guard: polynomial },
      /** The term is 0: its domain is empty. */
      vanish: { term: 'id', proof: 'line*' },
      /** Σ_v [v + a ≥ 0][b − v ≥ 0] = a + b + 1 =: length ≥ 0; a term per monomial is appended. */
      count: {
        term: 'id',
        variable: 'id',
        lower: 'id',
        upper: 'id',
        length: polynomial,
        proof: 'line*',
      },
      /** Σ_q [0 ≤ e − p q][e − p q ≤ p − 1] = 1 for p ≥ 1. */
      quotient: { term: 'id', variable: 'id', lower: 'id', upper: 'id', proof: 'line*' },
      /** Like terms: adds the coefficient to that of the other term and removes this one. */
      merge: { term: 'id', into: 'id' },
    },
  },
  /** Where an inequality of a proof comes from. */
  origin: {
    by: 'from',
    of: {
      constraint: { index: 'id' },
      /** A size is at least 1, a parameter at least 0. */
      sign: { variable: 'id' },
      /** An access outside its box is 0: index ≥ 0 (low) and length − 1 − index ≥ 0 (high). */
      box: { access: 'id', axis: 'id', side: 'low|high' },
      guard: { index: 'id' },
      /** = 0, so that its multiplier may be negative. */
      equation: { index: 'id' },
      /** The negation of what is to be shown: −goal − 1 ≥ 0. */
      goal: {},
      /** An earlier line of the same proof. */
      line: { index: 'id' },
    },
  },
} as const

// ---- the types of what is read

interface Leaves {
  text: string
  flag: boolean
  integer: string
  id: number
  fraction: readonly [numerator: string, denominator: string]
  'new length': number
  length: number
  'new letter': number
  letter: number
  'node before': number
  'any node': number
}

export type Leaf = keyof Leaves

type Words<W extends string> = W extends `${infer First}|${infer Rest}` ? First | Words<Rest> : W

type Read<F> = F extends Leaf
  ? Leaves[F]
  : F extends `${infer Each}*`
    ? readonly Read<Each>[]
    : F extends `${string}|${string}`
      ? Words<F>
      : F extends keyof typeof objects
        ? Fields<(typeof objects)[F]>
        : F extends keyof typeof kinds
          ? Kinds<(typeof kinds)[F]['by'], (typeof kinds)[F]['of']>
          : never

type Optional<T> = { [K in keyof T]: T[K] extends `${string}?` ? K : never }[keyof T]

type Fields<T> = { readonly [K in Exclude<keyof T, Optional<T>>]: Read<T[K]> } & {
  readonly [K in Optional<T>]?: T[K] extends `${infer Of}?` ? Read<Of> : never
}

type Kinds<By extends string, T> = {
  [K in keyof T]: { readonly [B in By]: K } & Fields<T[K]>
}[keyof T]

export type PlainPolynomial = Read<'monomial*'>
export type PlainValue = Read<'value'>
/** What a certificate proves: equations about the arrays of a network, whatever their contents. */
export type PlainClaim = Read<'claim'>
export type PlainNode = Read<'node'>
export type PlainEquation = Read<'equation'>
export type PlainTable = Read<'table'>
export type PlainAxis = Read<'axis'>
export type PlainScalar = Read<'scalar'>
export type PlainIndex = Read<'index'>
export type PlainSource = Read<'source'>

/** A proof of every equation of a claim, as JSON-safe data: its steps, and nothing to be searched. */
export type ClaimCertificate = Read<'certificate'>
export type PlainProof = Read<'proof'>
export type PlainView = Read<'view'>
export type PlainUse = Read<'use'>
export type PlainLemma = Read<'lemma'>
export type Step = Read<'step'>
export type Proof = Read<'line*'>
export type Line = Read<'line'>
export type Source = Read<'origin'>
export type Relation = 'guard' | 'equation'
