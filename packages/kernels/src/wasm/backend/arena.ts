// The one memory of a program: a header, the plan's arena, slack, and room for streams that grows.
import { type Memory, newMemory } from '../../backend.ts'
import { bytesPerEntry, type Plan } from '../../plan/plan.ts'
import { type MemorySpecification, pageBytes } from '../encoder/index.ts'
import { engine, type WasmMemory } from '../engine.ts'
import { alignUp, readBeyond } from '../kernel.ts'

export interface Arena {
  readonly wasm: WasmMemory
  readonly limits: MemorySpecification
  /** Byte address of the plan's entry 0. */
  readonly base: number
  /** Byte address behind all that and slack. */
  readonly end: number
  /** The plan's entries. Another array once the memory has grown. */
  entries(): Memory
  /** An array over any stretch of the memory, of the plan's dtype. */
  stretch(address: number, length: number): Memory
  /** The header: pointers of streams, words that threads share. */
  words(): Int32Array
  /** Makes room for so many bytes behind `end`; false where there is none. */
  reserve(bytes: number): boolean
}

/** Bytes in front of the arena. */
export const headerBytes = (words: number): number => alignUp(Math.max(1, words) * 4)

/** Pages for streams that a memory shared by threads may grow by: it must state its maximum. */
const sharedGrowth = 512

/** Byte address of what kernels need beside the plan's entries. */
export const scratchStart = ({ dtype, length }: Pick<Plan, 'dtype' | 'length'>, base: number) =>
  alignUp(base + length * bytesPerEntry[dtype])

export function newArena(
  { dtype, length }: Plan,
  words: number,
  shared: boolean,
  scratchBytes: number,
): Arena {
  const base = headerBytes(words)
  const end = alignUp(scratchStart({ dtype, length }, base) + scratchBytes + readBeyond)
  const pages = Math.ceil(end / pageBytes)
  const maximumPages = Math.min(65536, pages + sharedGrowth)
  const limits = shared ? { pages, maximumPages, shared } : { pages }
  const descriptor = shared ? { maximum: maximumPages, shared } : {}
  const wasm = new engine.Memory({ initial: pages, ...descriptor })
  const kind = newMemory(dtype, 0).constructor as Float32ArrayConstructor
  // Asking a shared memory for its buffer takes a microsecond; only growing changes it.
  let { buffer } = wasm
  const stretch = (address: number, count: number): Memory => new kind(buffer, address, count)
  let shown = stretch(base, length)
  let header = new Int32Array(buffer, 0, base / 4)
  return {
    wasm,
    limits,
    base,
    end,
    stretch,
    entries: () => shown,
    words: () => header,
    reserve: (bytes) => {
      const missing = Math.ceil((end + bytes - buffer.byteLength) / pageBytes)
      if (missing <= 0) return true
      try {
        wasm.grow(missing)
        buffer = wasm.buffer
        shown = stretch(base, length)
        header = new Int32Array(buffer, 0, base / 4)
        return true
      } catch {
        return false
      }
    },
  }
}
