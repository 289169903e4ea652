// What a checked document is reported as: plain data that JSON can hold.
import type { Verdict } from '../verdict/verdict.ts'

/** A formula and where it stands. */
export interface FormulaPlace {
  /** As it was written. */
  readonly formula: string
  /** Counted from 1. */
  readonly line: number
  readonly column: number
  /** Where the formula, or of several in one the claim, begins and ends: counted from 0. */
  readonly start: number
  readonly end: number
}

/** A formula of a document: where it stands, what it was taken for, its verdict. */
export interface ReportEntry extends FormulaPlace {
  /** A mention is not judged, a declaration says what a name is; skipped: the document says so. */
  readonly kind: 'claim' | 'mention' | 'declaration' | 'skipped'
  /** Why a mention is not judged. */
  readonly reason?: string
  /** Absent where nothing is claimed. Without its certificate, unless it was asked for. */
  readonly verdict?: Verdict
  /** The verdicts that are right here; `proved` and `agrees` unless a comment says otherwise. */
  readonly expected: readonly string[]
  readonly ok: boolean
  /** Of an ill-formed one, the part of the document that makes no sense, counted from 0. */
  readonly at?: { readonly start: number; readonly end: number }
  /** The network that it was checked against, where the document names none. */
  readonly network?: string
}

/** What is wrong with a network, and where: offsets count from 0. */
export interface Problem {
  readonly line: number
  readonly column: number
  readonly start: number
  readonly end: number
  readonly reason: string
}

/**
 * What was found of a document: its formulas in order, their verdicts, and whether all are as
 * expected.
 */
export interface Report {
  readonly entries: readonly ReportEntry[]
  /** Networks of the document that make no sense: every formula about one is ill-formed. */
  readonly problems: readonly Problem[]
  /** Where the document draws no network: that which its equations say, as a block has it. */
  readonly network?: string
  /** How many claims got each kind of verdict. */
  readonly totals: Readonly<Record<Verdict['kind'], number>>
  /** Formulas that need conventions which contradict one another. */
  readonly conflicts: readonly string[]
  readonly ok: boolean
}
