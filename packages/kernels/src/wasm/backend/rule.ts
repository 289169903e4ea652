// What a kernel of this backend is: a rule from an op's params and shapes to code.
import type { Epilogue } from '../elementwise/elementwise.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import type { Refusal } from '../linear/places.ts'
import type { Call } from './call.ts'

/** Byte addresses. */
export interface Addresses {
  readonly inputs: readonly number[]
  readonly output: number
  readonly scratch: number
  /** How the step says that it refuses a value. */
  readonly refusal: Refusal
  /** Only where `finishes` says so. */
  readonly epilogue?: Epilogue
}

export interface Prepared {
  /** Bytes of memory of its own. */
  readonly scratch: number
  /** Whether `write` takes an epilogue. */
  readonly finishes?: boolean
  readonly write: (at: Addresses) => Kernel
}

/** null where there is no kernel for this call. */
export type Rule = (lanes: Lanes, call: Call) => Prepared | null
