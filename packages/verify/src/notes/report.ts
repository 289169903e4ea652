// What a checked document is reported as: plain data that JSON can hold.
import type { Verdict } from '../verdict/verdict.ts'

export interface ReportEntry {
  /** As it was written. */
  readonly formula: string
  /** Counted from 1. */
  readonly line: number
  readonly column: number
  /** A mention has no relation, a declaration says what a name is: neither claims anything. */
  readonly kind: 'claim' | 'mention' | 'declaration'
  /** Absent where nothing is claimed. Without its certificate, unless it was asked for. */
  readonly verdict?: Verdict
  /** The verdicts that are right here; `proved` and `agrees` unless a comment says otherwise. */
  readonly expected: readonly string[]
  readonly ok: boolean
  /** The network that it was checked against, where the document names none. */
  readonly network?: string
}

export interface Report {
  readonly entries: readonly ReportEntry[]
  /** Networks of the document that make no sense: every formula about one is ill-formed. */
  readonly problems: readonly { line: number; column: number; reason: string }[]
  /** How many claims got each kind of verdict. */
  readonly totals: Readonly<Record<Verdict['kind'], number>>
  readonly ok: boolean
}
