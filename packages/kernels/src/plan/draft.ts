// A plan in the making: values that are not placed yet, and the steps that read and write them.
// Lives while a plan is built and no longer.
import type { Op, Shape } from '@backprove/graph'
import type { Combination, Finishing, Instruction, Role, Source } from './plan.ts'
import { isDense, type View } from './views.ts'

/** A stretch of memory still without an address. */
export interface Value {
  readonly label: string
  readonly length: number
  role: Role
  readonly data?: Float64Array
  readonly writers: Draft[]
  readonly readers: Draft[]
}

/** An array: a value and how it is seen. */
export interface Located {
  readonly value: Value
  readonly view: View
}

interface DraftBase {
  readonly label: string
  reads: readonly Located[]
  readonly writes: Located
}
export interface ElementwiseDraft extends DraftBase {
  readonly kind: 'elementwise'
  readonly shape: Shape
  readonly code: readonly Instruction[]
  readonly fill?: number
}
export interface ReductionDraft extends DraftBase {
  readonly kind: 'reduction'
  readonly combine: Combination
  readonly axes: readonly number[]
  readonly shape: Shape
  readonly code: readonly Instruction[]
  /** Of several sums in one sweep; else the last instruction is combined. */
  readonly results?: readonly Source[]
}
export interface KernelDraft extends DraftBase {
  readonly kind: 'kernel'
  readonly op: Op
  readonly params: object
  readonly scratch: number
  readonly finishes: Finishing
  /** Its arrays are the last of `reads`. */
  readonly epilogue?: { readonly code: readonly Instruction[]; readonly arrays: number }
}
export type Draft = ElementwiseDraft | ReductionDraft | KernelDraft

/** The next value of a leaf that lives in the program. */
export interface Assignment {
  readonly state: Value
  readonly next: Located
}

export const newValue = (
  role: Role,
  length: number,
  label: string,
  data?: Float64Array,
): Value => ({ role, length, label, writers: [], readers: [], ...(data ? { data } : {}) })

/** Enters a step in the lists of what it reads and writes. */
export function enter<D extends Draft>(drafts: Draft[], draft: D): D {
  drafts.push(draft)
  draft.writes.value.writers.push(draft)
  for (const { value } of draft.reads) {
    // One step may read a value twice, but steps are entered one after another.
    if (value.readers.at(-1) !== draft) value.readers.push(draft)
  }
  return draft
}

/** Whether the array is all of its value, in order. */
export const isWhole = ({ value, view }: Located): boolean =>
  view.offset === 0 && isDense(view) && size(view.shape) === value.length

const size = (shape: Shape): number => shape.reduce((product, length) => product * length, 1)

/** Whether a step may write its result over `value`: it reads it entry by entry, or not at all. */
export const mayOverwrite = (draft: Draft, value: Value): boolean =>
  isWhole(draft.writes) &&
  draft.writes.value.length === value.length &&
  draft.reads.every(
    (read, k) => read.value !== value || (isWhole(read) && readsBeforeWriting(draft, k)),
  )

const readsBeforeWriting = (draft: Draft, read: number): boolean =>
  draft.kind === 'kernel'
    ? draft.finishes === 'over' && read >= draft.reads.length - (draft.epilogue?.arrays ?? 0)
    : draft.kind === 'elementwise'
