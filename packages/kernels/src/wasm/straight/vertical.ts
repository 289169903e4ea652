// A board whose vectors hold one entry of several samples. Nothing is ever shuffled but what comes
// from memory and goes there: a sample's entries are neighbours there.
import { type Body, i32, type Local, select, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { transpose } from '../linear/tile.ts'
import { type Board, range } from './board.ts'

/** Entries of one sample, `step` entries before those of the next; 0 where all samples share. */
export interface Region {
  readonly from: number
  readonly to: number
  readonly step: number
}

/** What becomes of a step's result: it stays here, is stored for each sample, or is added up. */
export type Fate =
  | { readonly kind: 'inside' }
  | { readonly kind: 'stored'; readonly region: Region }
  /** The running sum of entry `from` stands at an address, one vector for each entry. */
  | { readonly kind: 'total'; readonly from: number; readonly address: number }

export interface Samples {
  readonly count: number
  readonly addressOf: (entry: number) => number
  /** Entries from here on are nowhere in memory. */
  readonly end: number
  /** What the samples read that they have not written. */
  readonly regionOf: (entry: number) => Region
}

/**
 * Writes a loop over samples, `lanes.count` of them at a time. In the last turn lanes without a
 * sample take the last one again, and their part of a total is left out.
 */
export function overSamples(
  f: Body,
  lanes: Lanes,
  samples: Samples,
  body: (board: Board, become: (fate: Fate) => void, store: () => void) => void,
): void {
  const { count, addressOf, end, regionOf } = samples
  const width = lanes.count
  const none = i32.constant(0)
  const first = f.let(none)
  const number = f.let(lanes.constant(...(range(width) as [number, number])))
  const ragged = count % width !== 0
  f.repeat(Math.ceil(count / width), () => {
    const there = ragged ? f.let(lanes.lt(number, lanes.constant(count))) : undefined
    const sampleOf = range(width).map((lane) => {
      const own = f.let(i32.add(first, lane))
      return ragged ? f.let(select(i32.ltU(own, count), own, i32.constant(count - 1))) : own
    })
    const positions = new Map<number, Local<'i32'>[]>()
    const positionsOf = (step: number): Local<'i32'>[] => {
      const known = positions.get(step)
      if (known) return known
      const made = sampleOf.map((sample) => f.let(i32.mul(sample, step * lanes.bytes)))
      positions.set(step, made)
      return made
    }
    const cells = new Map<number, Local<'v128'>>()
    let fate: Fate = { kind: 'inside' }
    /** With their values: another result may come to the same place before they are stored. */
    const stored = new Map<number, { readonly region: Region; readonly value: Local<'v128'> }>()
    let free = end

    /** The neighbours of an entry come with it: so many loads give so many of them. */
    const load = (entry: number): Local<'v128'> => {
      const { from, to, step } = regionOf(entry)
      if (step === 0) return f.let(lanes.loadSplat(none, addressOf(entry)))
      const start = from + (entry - from) - ((entry - from) % width)
      const rows = positionsOf(step).map((at) => lanes.load(at, addressOf(start)))
      transpose(f, lanes, rows).forEach((column, k) => {
        if (start + k < to && !cells.has(start + k)) cells.set(start + k, column)
      })
      return cells.get(entry)!
    }
    const read = ([entry]: readonly (number | null)[]): V128 => {
      if (entry === null || entry === undefined) return lanes.constant(0)
      const known = cells.get(entry) ?? load(entry)
      cells.set(entry, known)
      return known
    }
    const add = (address: number, value: V128): void => {
      const counted = there ? v128.and(value, there) : value
      const sum = lanes.add(lanes.load(none, address), counted)
      f.do(lanes.store(none, sum, address))
    }
    const write = ([entry]: readonly number[], value: V128): void => {
      if (fate.kind === 'total' && entry! < end) {
        add(fate.address + (entry! - fate.from) * 16, value)
        return
      }
      const kept = 'index' in value ? (value as Local<'v128'>) : f.let(value)
      cells.set(entry!, kept)
      if (fate.kind === 'stored' && entry! < end) {
        stored.set(entry!, { region: fate.region, value: kept })
      }
    }
    const store = (): void => {
      for (const [entry, { region, value }] of stored) {
        positionsOf(region.step).forEach((at, lane) => {
          f.do(lanes.storeLane(at, value, lane, addressOf(entry)))
        })
      }
      stored.clear()
    }
    const board: Board = {
      f,
      lanes,
      width: 1,
      read,
      write,
      numbers: ([value = 0]) => lanes.constant(value),
      fresh: (entries) => {
        free += entries
        return free - entries
      },
      inMemory: () => false,
    }
    const become = (next: Fate): void => {
      fate = next
    }
    body(board, become, store)
    f.bump(first, width)
    if (ragged) f.set(number, lanes.add(number, lanes.constant(width)))
  })
}

/** The sums over all lanes of vectors that stand one after another, `lanes.count` of them at a time. */
export function sumsAt(f: Body, lanes: Lanes, address: number): V128 {
  const rows = range(lanes.count).map((k) => lanes.load(i32.constant(0), address + 16 * k))
  return transpose(f, lanes, rows).reduce<V128>((a, b) => lanes.add(a, b), v128.zero)
}
