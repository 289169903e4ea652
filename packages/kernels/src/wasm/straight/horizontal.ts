// A board whose vectors hold neighbouring entries. What is written stays in local variables and is
// stored at the end; what is read from there is put together by shuffles.
import { type Body, i32, type Local, type V128, v128 } from '../encoder/index.ts'
import type { Lanes } from '../lanes.ts'
import { type Board, type Entry, range } from './board.ts'

/** A lane of a local variable. */
interface Cell {
  readonly vector: Local<'v128'>
  readonly lane: number
  /** Whether memory holds the same. */
  stored: boolean
}

export interface HorizontalBoard extends Board {
  /** Nobody reads these entries any more, until they are written again. */
  forget(from: number, to: number): void
  /** Stores what memory does not hold yet. */
  flush(): void
}

/** `addressOf` the arena's entries in bytes; from entry `end` on they are nowhere in memory. */
export function horizontalBoard(
  f: Body,
  lanes: Lanes,
  addressOf: (entry: number) => number,
  end: number,
): HorizontalBoard {
  const width = lanes.count
  const cells = new Map<number, Cell>()
  const composed = new Map<string, Local<'v128'>>()
  const none = i32.constant(0)
  let free = end
  let zero: Local<'v128'> | undefined
  const zeros = (): Local<'v128'> => {
    zero ??= f.let(v128.zero)
    return zero
  }

  const isRun = (entries: readonly Entry[]): boolean =>
    entries.every((entry, k) => entry !== null && entry === entries[0]! + k)
  const held = (entry: Entry): Cell | undefined => (entry === null ? undefined : cells.get(entry))

  const shuffled = (a: Local<'v128'>, b: Local<'v128'>, order: readonly number[]): V128 => {
    const whole = range(width, 0).map((k) => order[k] ?? k)
    if (whole.every((lane, k) => lane === k)) return a
    const key = `${a.index},${b.index}:${whole}`
    const known = composed.get(key)
    if (known) return known
    const made = f.let(lanes.shuffle(a, b, whole))
    composed.set(key, made)
    return made
  }

  /** Where each lane of a vector to be put together comes from: a vector and its lane. */
  const sourcesOf = (entries: readonly Entry[]): { vector: Local<'v128'>; lane: number }[] => {
    const loads: { first: number; vector: Local<'v128'> }[] = []
    return entries.map((entry) => {
      if (entry === null) return { vector: zeros(), lane: 0 }
      const cell = held(entry)
      if (cell) return cell
      let load = loads.find(({ first }) => entry >= first && entry < first + width)
      if (!load) {
        load = { first: entry, vector: f.let(lanes.load(none, addressOf(entry))) }
        loads.push(load)
      }
      return { vector: load.vector, lane: entry - load.first }
    })
  }

  const read = (entries: readonly Entry[]): V128 => {
    const [first] = entries as [Entry]
    if (entries.every((entry) => entry === null)) return zeros()
    const inMemory = entries.every((entry) => entry !== null && !held(entry))
    if (inMemory && isRun(entries) && entries.length > 1) return lanes.load(none, addressOf(first!))
    if (inMemory && entries.every((entry) => entry === first)) {
      return lanes.loadSplat(none, addressOf(first!))
    }
    const sources = sourcesOf(entries)
    const vectors = [...new Set(sources.map(({ vector }) => vector))]
    const [a, b = a!] = vectors as [Local<'v128'>, Local<'v128'>?]
    const from = (k: number): number => sources[k]!.lane + (sources[k]!.vector === a ? 0 : width)
    let value = shuffled(
      a,
      b,
      entries.map((_, k) => from(k)),
    )
    for (const vector of vectors.slice(2)) {
      const order = range(width).map((k) =>
        sources[k]?.vector === vector ? width + sources[k].lane : k,
      )
      value = shuffled(f.let(value), vector, order)
    }
    return value
  }

  const write = (entries: readonly number[], value: V128): void => {
    const vector = 'index' in value ? (value as Local<'v128'>) : f.let(value)
    entries.forEach((entry, lane) => {
      cells.set(entry, { vector, lane, stored: false })
    })
  }

  const flush = (): void => {
    const due = (entry: number): boolean => cells.get(entry)?.stored === false && entry < end
    const entries = [...cells.keys()].filter(due).sort((a, b) => a - b)
    for (let k = 0; k < entries.length; ) {
      const entry = entries[k]!
      const { vector, lane } = cells.get(entry)!
      let length = 1
      const follows = (l: number): boolean => {
        const next = due(entry + l) ? cells.get(entry + l)! : undefined
        return next?.vector === vector && next.lane === lane + l
      }
      while (lane + length < width && follows(length)) length += 1
      // Lanes too many are overwritten by the stores that follow.
      const covered = range(width).every((l) => due(entry + l))
      if (lane === 0 && covered && length > 1) {
        f.do(lanes.store(none, vector, addressOf(entry)))
      } else if (covered) {
        f.do(lanes.store(none, read(range(width, entry)), addressOf(entry)))
        length = width
      } else {
        for (let l = 0; l < length; l++) {
          f.do(lanes.storeLane(none, vector, lane + l, addressOf(entry + l)))
        }
      }
      k += length
    }
    for (const entry of entries) cells.get(entry)!.stored = true
  }

  return {
    f,
    lanes,
    width,
    read,
    write,
    numbers: (values) => {
      const [first = 0] = values
      if (values.every((value) => Object.is(value, first))) return lanes.constant(first)
      return lanes.constant(...(range(width).map((k) => values[k] ?? 0) as [number, number]))
    },
    fresh: (count) => {
      free += count
      return free - count
    },
    readAt: (entry, shift, lane) =>
      lanes.load(f.let(lanes.integer.extract(shift, lane)), addressOf(entry)),
    inMemory: (entries) =>
      entries.every((entry) => entry < end && (cells.get(entry)?.stored ?? true)),
    forget: (from, to) => {
      for (const entry of cells.keys()) if (entry >= from && entry < to) cells.delete(entry)
    },
    flush,
  }
}
