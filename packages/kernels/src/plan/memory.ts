// Gives every value its place in one arena. What lives for the whole run comes first; temporaries
// share the rest by the span of steps in which they are needed.
import { type Assignment, type Draft, isWhole, mayOverwrite, type Value } from './draft.ts'
import { FreeList } from './free-list.ts'

export interface Layout {
  readonly offsets: ReadonlyMap<Value, number>
  /** Values that nobody reads after this step, by the step's position. */
  readonly dies: ReadonlyMap<number, readonly Value[]>
  readonly scratch: ReadonlyMap<Draft, number>
  readonly length: number
  readonly largestLive: number
}

export function layMemory(
  steps: readonly Draft[],
  fixed: readonly Value[],
  home: ReadonlyMap<Value, Value>,
  align: number,
): Layout {
  const free = new FreeList(align)
  const offsets = new Map<Value, number>()
  const scratch = new Map<Draft, number>()
  const dies = new Map<number, Value[]>()
  let live = 0
  let largestLive = 0
  const take = (value: Value): void => {
    offsets.set(value, free.take(value.length))
    live += value.length
  }
  for (const value of fixed) take(value)
  for (const [value, state] of home) offsets.set(value, offsets.get(state)!)
  for (const [value, at] of lastUses(steps)) {
    if (value.role === 'temporary' && !home.has(value)) {
      dies.set(at, [...(dies.get(at) ?? []), value])
    }
  }
  steps.forEach((draft, position) => {
    const dying = dies.get(position) ?? []
    const { value } = draft.writes
    let inherited: Value | undefined
    if (!offsets.has(value)) {
      inherited = dying.find((old) => old !== value && canInherit(draft, old))
      if (inherited) offsets.set(value, offsets.get(inherited)!)
      else take(value)
    }
    largestLive = Math.max(largestLive, live)
    if (draft.kind === 'kernel' && draft.scratch > 0) {
      const offset = free.take(draft.scratch)
      largestLive = Math.max(largestLive, live + draft.scratch)
      scratch.set(draft, offset)
      free.release(offset, draft.scratch)
    }
    for (const old of dying) {
      if (old === inherited) continue
      free.release(offsets.get(old)!, old.length)
      live -= old.length
    }
  })
  return { offsets, dies, scratch, length: free.end, largestLive }
}

const canInherit = (draft: Draft, old: Value): boolean =>
  draft.writes.value.writers.length === 1 &&
  draft.reads.some((read) => read.value === old) &&
  mayOverwrite(draft, old)

function lastUses(steps: readonly Draft[]): Map<Value, number> {
  const last = new Map<Value, number>()
  steps.forEach((draft, position) => {
    for (const { value } of [...draft.reads, draft.writes]) last.set(value, position)
  })
  return last
}

/** Next values that can be written straight to their states' places, given the order. */
export function homes(
  steps: readonly Draft[],
  assignments: readonly Assignment[],
): Map<Value, Value> {
  const position = new Map(steps.map((draft, at) => [draft, at]))
  const home = new Map<Value, Value>()
  for (const { state, next } of assignments) {
    const [writer, ...others] = next.value.writers
    const free =
      writer !== undefined &&
      others.length === 0 &&
      next.value.role === 'temporary' &&
      !home.has(next.value) &&
      isWhole(next) &&
      mayOverwrite(writer, state) &&
      state.readers.every((reader) => position.get(reader)! <= position.get(writer)!)
    if (free) home.set(next.value, state)
  }
  return home
}
