// The answers of verification, as plain data that JSON can hold. Types only.

import type { Certified } from '../certify/certified.ts'
import type { ExpansionCertificate } from '../concrete/sample/exact.ts'
import type { Excluded, StarReading } from '../core/statement.ts'
import type { Theorem } from '../index-terms/verified.ts'
import type { LayerValues } from '../language/resolved.ts'
import type { ReadAs } from '../read-as/read-as.ts'
import type { EditMade } from '../repair/edit-made.ts'
import type { SentenceCode } from '../sentences/english/english.ts'
import type { Said } from '../sentences/sentence.ts'

export type { Excluded, ReadAs, StarReading }

/** How the bare stars of a claim are read, in the order of writing. */
export type Reading = readonly StarReading[]

/** Checked theorems of index notation, the expansion of every entry at one shape, or several. */
export type Certificate =
  | {
      readonly kind: 'index'
      readonly theorems: readonly Theorem[]
      /** With the option `certify`: for `check(statement, certificate)`, or why there is none. */
      readonly claims?: readonly (Certified | { readonly why: string })[]
    }
  | ExpansionCertificate
  | { readonly kind: 'each'; readonly parts: readonly Certificate[] }

/** A single named edit of the user's formula that makes it true. */
export interface Repair {
  readonly name: string
  /** Each edit by its code, with the parts that it exchanges, as a translation needs them. */
  readonly edits: readonly EditMade[]
  readonly formula: string
  readonly message: string
}

/** Of a claim about every layer: at which ones it was judged, and why not at others. */
export interface LayersJudged {
  readonly judged: readonly LayerValues[]
  readonly leftOut: readonly { readonly layers: LayerValues; readonly why: string }[]
}

/** What came of a claim; `kind` says which of the seven it is. */
export type Verdict = Proved | Agrees | HoldsIf | Refuted | Ambiguous | IllFormed | OverBudget

/** True, with a certificate that an independent checker accepts. */
export interface Proved {
  readonly kind: 'proved'
  /** `some-sizes`: of all lengths but those in `fixed`. */
  readonly scope: 'all-sizes' | 'some-sizes' | 'shape'
  /** The same in one phrase: `3×2 kernels and every size of x`. */
  readonly extent: string
  readonly method: 'index' | 'exact'
  readonly certificate: Certificate
  /** Both sides say the same from the start: δ = δ. */
  readonly trivial: boolean
  readonly assumptions: readonly string[]
  readonly reading?: Reading
  readonly excluded: readonly Excluded[]
  /** What free letters run through, where their arrays differ in size: `k = 1, …, 5`. */
  readonly letters?: readonly string[]
  /** Lengths that stay as recorded although the rest holds for all sizes. */
  readonly fixed?: readonly string[]
  /** What may be any besides: `stride of z`, `window of p`. */
  readonly windows?: readonly string[]
  readonly layers?: LayersJudged
  readonly readAs?: ReadAs
  /** What the sides ask for to have a value: `x_{i} ≠ 0`. Elsewhere nothing is said. */
  readonly where?: readonly ReadAs[]
}

/** True as far as was tried, and not proved: a chance of error is stated where one is known. */
export interface Agrees {
  readonly kind: 'agrees'
  readonly method: 'identity-test' | 'float64'
  readonly errorBound?: number
  readonly digits: number
  readonly points: number
  readonly why: string
  /** `why` by code, for another language. */
  readonly reasons?: readonly Said[]
  readonly assumptions: readonly string[]
  readonly excluded: readonly Excluded[]
  readonly letters?: readonly string[]
  readonly reading?: Reading
  readonly layers?: LayersJudged
  readonly readAs?: ReadAs
  readonly where?: readonly ReadAs[]
}

/** True under a convention that nobody wrote down: it is not proved. */
export interface HoldsIf {
  readonly kind: 'holds-if'
  /** ‘indices count from 0’. */
  readonly convention: string
  /** Under the convention: proved, or agrees. */
  readonly then: Verdict
  /** As it stands: refuted, or ill-formed. */
  readonly otherwise: Verdict
}

/** False: with the smallest counterexample, or the shapes that differ, and repairs. */
export type Refuted = RefutedByWitness | RefutedByShapes

export interface RefutedByWitness {
  readonly kind: 'refuted'
  readonly sizes: Readonly<Record<string, number>>
  /** Counted from 1. */
  readonly entry: readonly number[]
  readonly expected: string
  readonly got: string
  /** Both as decimals, where the exact values are no whole numbers. */
  readonly decimals?: readonly [expected: string, got: string]
  readonly inputs: Readonly<Record<string, readonly string[]>>
  readonly ratio?: string
  readonly diagnoses: readonly Repair[]
  readonly reading?: Reading
  readonly layers?: LayersJudged
  readonly readAs?: ReadAs
}

export interface RefutedByShapes {
  readonly kind: 'refuted'
  readonly shapes: readonly [left: string, right: string]
  /** What they do not fit in, where it is not the sides: a product. */
  readonly of?: string
  readonly diagnoses: readonly Repair[]
  readonly reading?: Reading
  readonly layers?: LayersJudged
  readonly readAs?: ReadAs
}

/** True in one reading and false in another: every reading with its verdict. */
export interface Ambiguous {
  readonly kind: 'ambiguous'
  readonly table: readonly (readonly [Reading, Verdict])[]
  /** What is read in several ways where it is no star: a superscript, σ(z_{ij}). */
  readonly descriptions?: readonly string[]
}

/** No claim: what cannot be read, and where. */
export interface IllFormed {
  readonly kind: 'ill-formed'
  readonly at: { readonly start: number; readonly end: number }
  readonly reason: string
  /** The reason by code, and what stands in it: `not-understood` of `{ what: '§' }`. */
  readonly code?: SentenceCode
  readonly values?: Readonly<Record<string, string>>
}

/** Not decided within the time or work allowed, and what was tried. */
export interface OverBudget {
  readonly kind: 'budget'
  readonly tried: readonly string[]
  /** What was tried, by code. */
  readonly reasons?: readonly Said[]
  readonly readAs?: ReadAs
}
