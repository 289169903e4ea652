// Lists of (δ, address) pairs, and sums of δ times what the addresses point to, in registers.
import { type Body, type I32, i32, type Local, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'

/** Vectors summed in registers at a time. */
export const accumulatorCount = 12
/** A list entry: δ, then a byte address in a field of the same width. */
export const entryBytes = (lanes: Lanes): number => 2 * lanes.bytes

/** Appends (δ, address) at `end`, which moves on only if δ ≠ 0: no branch. */
export function append(f: Body, lanes: Lanes, end: Local<'i32'>, delta: V128, address: I32): void {
  const value = f.let(delta)
  f.do(lanes.storeLane(end, value, 0))
  f.do(i32.store(end, address, lanes.bytes))
  const present = v128.anyTrue(lanes.ne(value, v128.zero))
  f.bump(end, i32.mul(present, entryBytes(lanes)))
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
