// The tree of a claim *as it was written*: no name is looked up, no superscript understood;
// `resolved.ts` has it after names are looked up, `print.ts` turns this one back into text.
import { AnswerError } from './answer-error.ts'
import type { Word } from './lexicon.ts'

export type { Word } from './lexicon.ts'

/** Half-open, in UTF-16 units of the text that the user wrote (be it LaTeX). */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Lowest terms, positive denominator. Literals are exact: 0.1 is 1/10, never a double. */
export interface Rational {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** How far a sliding product reaches. */
export type Mode = 'valid' | 'full' | 'same'

/** ∗_{s=2,p=1,d=2}, in rows and columns: a star that steps, with its border and its gaps. */
export interface Steps {
  readonly stride: readonly [number, number]
  readonly padding?: readonly [number, number]
  readonly dilation: readonly [number, number]
}

/** A bare star may be read either way; a star with a mode is correlation; `conv` is convolution. */
export type StarOperation = 'bare' | 'correlation' | 'convolution'

export type RelationSign = '=' | '≠' | '<' | '≤' | '>' | '≥' | '∈'

/** `lomed` and `himed` are the two middles of an even window; `med` is their mean. */
export type Extremum = 'max' | 'min' | 'med' | 'lomed' | 'himed'
export type ReductionOperator = 'sum' | Extremum

/** What is raised: `parts` are what commas separate; `w^{Fk}` has one part, the product F k. */
export interface Superscript {
  readonly parts: readonly Expression[]
  /** `z^{(1)}`: parentheses around all of it, which makes it a tag and never a power. */
  readonly parenthesised: boolean
  readonly span: Span
}

export interface Subscript {
  readonly parts: readonly Expression[]
  readonly span: Span
}

/** A letter, or a word that the graph has as a name, with its scripts as they were written. */
export interface Name {
  readonly kind: 'name'
  readonly base: string
  readonly primes: number
  readonly superscript?: Superscript
  readonly subscript?: Subscript
  readonly span: Span
}

/** Σ_i, Σ_{1≤i≤n}, Σ_{i=1}^∞: without bounds, over all integers where the body is not 0. */
export interface Binder {
  readonly name: string
  readonly lower?: Expression
  readonly upper?: Expression
  readonly isEndless?: boolean
  readonly span: Span
}

/** A chain i ≤ j < k; `operands` is one longer than `relations`. */
export interface Comparison {
  readonly kind: 'comparison'
  readonly operands: readonly Expression[]
  readonly relations: readonly RelationSign[]
  readonly span: Span
}

export type Condition =
  | Comparison
  /** `[a_{ij} = max]`: the operand equals the extremum of its pooling window. */
  | { kind: 'extremum'; which: Extremum; operand: Expression; span: Span }
  /** `[first max]`, `[a_{ij} = first max]`: the operand is the one that the policy picks. */
  | { kind: 'first'; which: Extremum; operand?: Expression; span: Span }
  /** `[u,v = argmax_{p,q} body]`: `at` is the first winner. */
  | {
      kind: 'winner'
      which: Extremum
      at: readonly Expression[]
      binders: readonly Binder[]
      conditions: readonly Comparison[]
      body: Expression
      span: Span
    }

export type Expression =
  | Name
  /** A literal ≥ 0; `1/2` and `\frac{1}{2}` are one numeral. `text` is how it was spelt. */
  | { kind: 'numeral'; value: Rational; text: string; span: Span }
  /** Juxtaposition, `·`, `×`; one factor alone is around an application with a script: (w(x))^2. */
  | {
      kind: 'product'
      factors: readonly Expression[]
      /** Before which a · is written. */
      dots?: readonly number[]
      /** ∏: nobody wrote which stands first, and as many at the end of each may stand behind it. */
      anyOrder?: boolean
      after?: number
      span: Span
    }
  /** a + b − c: the terms a, b and the negation of c. `unseen`: braces of LaTeX are around it. */
  | { kind: 'addition'; terms: readonly Expression[]; unseen?: boolean; span: Span }
  | { kind: 'negation'; operand: Expression; span: Span }
  /** `loose`: a/b c, without parentheses around b c. */
  | {
      kind: 'quotient'
      numerator: Expression
      denominator: Expression
      loose?: boolean
      /** a/b (c), a/√b (c): only the graph knows whether the letter is a function. */
      beside?: boolean
      span: Span
    }
  /** A superscript on anything but a name: (a + b)^2, σ'(z)^2. On a name see `Name`. */
  | { kind: 'power'; base: Expression; exponent: Expression; span: Span }
  /** (…)^T. `W^T` is a Name with the superscript T until names are looked up. */
  | { kind: 'transposed'; operand: Expression; span: Span }
  | { kind: 'hadamard'; left: Expression; right: Expression; span: Span }
  | {
      kind: 'star'
      operation: StarOperation
      /** Absent: every mode is a reading. */
      mode?: Mode
      steps?: Steps
      left: Expression
      right: Expression
      span: Span
    }
  /** rot180(W), ⌊i/2⌋ (floor), |x| (abs), √x; `loose`: √(x)^2, where the root may be raised. */
  | {
      kind: 'call'
      word: Word
      operands: readonly Expression[]
      loose?: boolean
      /** √d (x), log y (1 − t): the argument may end before the parentheses. */
      bare?: boolean
      along?: Axes
      span: Span
    }
  /**
   * A name directly before parentheses: σ'(z), a'(z), X(i+m, j+n) — or, only the graph can tell, a
   * product w(x + y). `bar`: p(y|x), the operands before and after the bar.
   */
  | { kind: 'application'; head: Name; operands: readonly Expression[]; bar: boolean; span: Span }
  /** A subscript on anything but a name, (A * B)_{ij}; also (A * B)(i, j). */
  | { kind: 'entry'; array: Expression; indices: readonly Expression[]; span: Span }
  /** `implicit`: Σ without a subscript. `conditions`: of Σ_{i≠j}. A product is over layers or steps. */
  | {
      kind: 'reduction'
      operator: ReductionOperator | 'product'
      isTurned?: boolean
      after?: number
      binders: readonly Binder[]
      conditions: readonly Comparison[]
      implicit: boolean
      body: Expression
      span: Span
    }
  | { kind: 'iverson'; conditions: readonly Condition[]; span: Span }
  /** ∂C/∂W, dC/dW; `by` has one entry for each order: ∂²C/(∂a_i ∂b_j), ∂²C/∂a_i². */
  | { kind: 'derivative'; of: Expression; by: readonly Expression[]; total: boolean; span: Span }
  /** [2, 1], the sizes that pad takes. */
  | { kind: 'list'; items: readonly Expression[]; span: Span }
  /** Rows of entries, as bmatrix has them; in text [a, b; c, d]. */
  | { kind: 'matrix'; rows: readonly (readonly Expression[])[]; span: Span }
  /** … in a sum, a_1 + a_2 + … + a_9, and nowhere else. */
  | { kind: 'ellipsis'; span: Span }

/** `i' = ⌈i/2⌉` after the claim, or after the word where; `Δ_{ij} := …` before it. */
export interface Definition {
  /** As it is found: the letter with its primes, and its tag: i', Δ^2. */
  readonly name: string
  /** As it was written. */
  readonly left: Expression
  /** i and j of Δ_{ij}: the value is that of one entry. */
  readonly parameters: readonly string[]
  readonly value: Expression
  readonly span: Span
}

/** sum(A, axis=0, keepdims=True): the axes, counted from 0 as programs do, or from −1 backwards. */
export interface Axes {
  readonly axes?: readonly number[]
  readonly keeps?: boolean
  /** x[:, None, 1:3, i]: of each axis what is taken, whose places are operands. */
  readonly parts?: readonly ('all' | 'new' | 'at' | 'range' | 'from' | 'to')[]
  /** expand_dims(x, 0): where the new axis stands; `ofVector`: what is turned has one axis. */
  readonly newAxis?: number
  readonly ofVector?: boolean
  /** The letters of the axes of each operand, and those of what is made. */
  readonly einsum?: readonly string[]
  /** tensordot: which axes are paired; of a number, the last of A with the first of B. */
  readonly pairs?: number | readonly (readonly number[])[]
  readonly times?: number
}

/** Which front end read it, and in which `print` writes it. */
export type Style = 'text' | 'latex'

/** a = b = c; one operand and no relation is a formula that claims nothing. */
export interface Claim {
  readonly kind: 'claim'
  readonly operands: readonly Expression[]
  readonly relations: readonly RelationSign[]
  /** It began with a relation: its first operand is the last one of the formula before it. */
  readonly continues: boolean
  readonly defines?: boolean
  readonly where: readonly Definition[]
  /** Brackets of what was said after it, for i ≠ j, if l = 2: both sides are taken times them. */
  readonly when?: readonly Expression[]
  readonly numbers?: readonly string[]
  /** A line of a program: its arrays are read as NumPy reads them. */
  readonly program?: boolean
  /** It was added to, and what it was before is not said. */
  readonly fromZero?: boolean
  /** What it said before entries were put to 0. */
  readonly before?: Claim
  /** Its vectors are columns, of shape (n, 1). */
  readonly columns?: boolean
  /** The word that its left side is called by, as a function. */
  readonly word?: Name
  readonly remark?: string
  readonly style: Style
  readonly span: Span
}

/** Checked before anything recurses: `written` is what stands for names, sums and products. */
export const limits = {
  characters: 20_000,
  nodes: 5_000,
  written: 20_000,
  depth: 200,
  /** Of what reads the tree: three at most for a part such as −(…). */
  levels: 620,
  digits: 400,
} as const

/** A claim that is ill-formed: where, and why. */
export class ClaimError extends AnswerError {
  override readonly name = 'ClaimError'
  readonly start: number
  readonly end: number
  readonly reason: string
  constructor(reason: string, span: Span) {
    super(`${reason} (characters ${span.start} to ${span.end} of the formula)`)
    this.start = span.start
    this.end = span.end
    this.reason = reason
  }
}
