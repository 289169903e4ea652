// Lists of (δ, address) pairs, and sums of δ times what the addresses point to, in registers.
import { type Body, f64, type I32, i32, type Local } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'

/** Vectors summed in registers at a time. */
export const accumulatorCount = 12
/** A list entry: δ, then a byte address in a field of the same width. */
export const entryBytes = (lanes: Lanes): number => 2 * lanes.bytes

/** A list entry to be: who reads δ, and whether it is 0, as 0 or 1. */
export interface Delta {
  readonly value: Local<'i32' | 'f64'>
  readonly present: Local<'i32'>
}

/** Reads δ. Without its sign bit a zero is a zero: cheaper than a comparison of floats. */
export function readDelta(f: Body, lanes: Lanes, position: I32, offset: number): Delta {
  if (lanes.bytes === 4) {
    const bits = f.let(i32.load(position, offset))
    return { value: bits, present: f.let(i32.ne(i32.shl(bits, 1), 0)) }
  }
  const value = f.let(f64.load(position, offset))
  return { value, present: f.let(f64.ne(value, f64.constant(0))) }
}

/** Writes the entry (δ, address). The list's end moves on only if δ ≠ 0: no branch. */
export function writeEntry(f: Body, place: I32, { value }: Delta, address: I32): void {
  const isBits = value.type === 'i32'
  if (isBits) f.do(i32.store(place, value as Local<'i32'>))
  else f.do(f64.store(place, value as Local<'f64'>))
  f.do(i32.store(place, address, isBits ? 4 : 8))
}

interface Run {
  /** Offset from an entry's address, and from the sums. */
  readonly from: number
  readonly to: number
}

/** sums += δ · (what each entry's address points to), the vectors of `runs` side by side. */
export function addList(
  f: Body,
  lanes: Lanes,
  variables: ListVariables,
  list: { readonly start: Local<'i32'>; readonly end: Local<'i32'>; readonly base: number },
  sums: { readonly position: Local<'i32'>; readonly base: number },
  runs: readonly Run[],
): void {
  const { entry, source, splat } = variables
  const totals = variables.totals.slice(0, runs.length)
  totals.forEach((total, k) => {
    f.set(total, lanes.load(sums.position, sums.base + runs[k]!.to))
  })
  f.set(entry, list.start)
  f.loop((again) => {
    f.set(splat, lanes.loadSplat(entry))
    f.set(source, i32.load(entry, lanes.bytes))
    totals.forEach((total, k) => {
      f.set(total, lanes.madd(lanes.load(source, list.base + runs[k]!.from), splat, total))
    })
    f.bump(entry, entryBytes(lanes))
    f.branchIf(again, i32.ltU(entry, list.end))
  })
  totals.forEach((total, k) => {
    f.do(lanes.store(sums.position, total, sums.base + runs[k]!.to))
  })
}

export const listVariables = (f: Body) => ({
  entry: f.local('i32'),
  source: f.local('i32'),
  splat: f.local('v128'),
  totals: Array.from({ length: accumulatorCount }, () => f.local('v128')),
})
type ListVariables = ReturnType<typeof listVariables>

/** Cuts into as few parts of at most `most` as possible, of nearly equal length. */
export function evenParts<T>(items: readonly T[], most: number): T[][] {
  const parts = Math.ceil(items.length / most)
  const length = Math.ceil(items.length / parts)
  return Array.from({ length: parts }, (_, k) => items.slice(k * length, (k + 1) * length))
}
