// What a kernel is: phases of independent tasks over one memory with addresses known at compile
// time. Nothing here knows what is computed.
import type { Body, FunctionDefinition, I32 } from './encoder/index.ts'

/**
 * A stretch of work cut into tasks that may run in any order and on any thread: no task writes what
 * another one reads or writes. The cut depends on shapes only, so results do not depend on the
 * number of threads. The next phase starts when every task is done.
 */
export interface Phase {
  readonly name: string
  readonly tasks: number
  /** Too little work to share: the first thread does it while the others wait. */
  readonly alone?: boolean
  /** So much work that the engine's best code for it is wanted from the first run on. */
  readonly long?: boolean
  /** The address of an i32: the phase is run where that is not 0 when its turn comes. */
  readonly when?: number
  /** The address of an i32: the run ends behind the phase where that is not 0. */
  readonly stops?: number
  /**
   * The phase has memory for so many threads to work in, and no more of them take part: `thread`
   * says whose this is. What stands there before and behind a task is anything.
   */
  readonly rooms?: number
  /** Writes the code of one task; `task` counts from 0. */
  readonly body: (f: Body, task: I32, thread: I32) => void
  /** The code of several phases that differ in their addresses alone, in the place of `body`. */
  readonly common?: { readonly code: FunctionDefinition; readonly bases: readonly number[] }
}

export type Kernel = readonly Phase[]

/** Sections of memory laid one after another, each on a cache line. */
export function layout<Name extends string>(
  bytes: Readonly<Record<Name, number>>,
  start = 0,
): Record<Name, number> & { end: number } {
  let end = start
  const addresses: Record<string, number> = {}
  for (const [name, size] of Object.entries<number>(bytes)) {
    addresses[name] = end
    end += alignUp(size)
  }
  return { ...(addresses as Record<Name, number>), end }
}

let taken = 0

/** Scratch memory of a kernel that is written: how far it reaches is noted. */
export function scratchLayout<Name extends string>(
  bytes: Readonly<Record<Name, number>>,
  start: number,
): Record<Name, number> & { end: number } {
  const made = layout(bytes, start)
  taken = Math.max(taken, made.end)
  return made
}

/** Bytes of scratch memory that a kernel takes when it is written. */
export function scratchBytes(write: (scratch: number) => Kernel): number {
  taken = 0
  write(0)
  return taken
}

/** Arrays start on multiples of 64 bytes, a cache line. */
export const alignUp = (bytes: number): number => Math.ceil(bytes / 64) * 64

/**
 * Vectors may be read, never written, past the end of an array: this many bytes behind the last
 * array must exist.
 */
export const readBeyond = 64

export const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1)
