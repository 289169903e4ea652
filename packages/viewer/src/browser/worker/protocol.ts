// What the notes page and its worker say to each other: plain data, ready to be shown.
import type { ViewDocument } from '../../document.ts'

export interface ShownRepair {
  readonly message: string
  /** The parts of the message that are LaTeX. */
  readonly inside: readonly string[]
  /** As the author writes, and as LaTeX. */
  readonly formula: string
  readonly latex: string
}

/** One way to read an ambiguous formula; `formula` says it without doubt. */
export interface ShownReading {
  readonly text: string
  readonly kind: string
  readonly formula?: string
}

/** A line of a verdict: words, and a formula on a line of its own with what comes behind it. */
export interface ShownLine {
  readonly text: string
  readonly tex?: string
  readonly after?: string
}

export interface ShownVerdict {
  readonly kind: string
  readonly ok: boolean
  /** Proved for every size. */
  readonly isForAll: boolean
  readonly repairs: readonly ShownRepair[]
  readonly readings: readonly ShownReading[]
  /** Lines on the smallest counterexample, or on what was assumed. */
  readonly details: readonly ShownLine[]
}

export interface ShownFormula {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly formula: string
  readonly latex: string
  /** What it was read as, in LaTeX, where that is not what was written. */
  readonly readAs?: string
  readonly isClaim: boolean
  readonly verdict?: ShownVerdict
}

export interface ShownProblem {
  readonly start: number
  readonly end: number
  readonly line: number
  readonly reason: string
}

export interface ShownStep {
  /** What the chain rule passes. */
  readonly through: readonly string[]
  /** The sides of the step, as LaTeX. */
  readonly sides: readonly string[]
  readonly kind: string
  readonly isForAll: boolean
}

/** In what language the worker's sentences are. */
export interface Asked {
  readonly language: string
}

export type ToWorker =
  | ({ readonly kind: 'check'; readonly text: string } & Asked)
  | { readonly kind: 'view'; readonly text: string; readonly at: number }
  | ({
      readonly kind: 'derive'
      readonly text: string
      readonly at: number
      readonly by: string
    } & Asked)

export type FromWorker =
  | {
      readonly kind: 'read'
      readonly formulas: readonly ShownFormula[]
      readonly problems: readonly ShownProblem[]
    }
  | { readonly kind: 'formula'; readonly at: number; readonly formula: ShownFormula }
  | { readonly kind: 'report'; readonly ok: boolean }
  | { readonly kind: 'view'; readonly network: string; readonly view: ViewDocument | undefined }
  | { readonly kind: 'steps'; readonly by: string; readonly steps: readonly ShownStep[] }
  | { readonly kind: 'problem'; readonly message: string }
