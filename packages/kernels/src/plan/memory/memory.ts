// Gives every value its place in one arena. Values share places by the span of steps in which they
// are needed; leaves are needed throughout, outputs from their first writing on.
import { type Assignment, type Draft, isWhole, mayOverwrite, type Value } from '../draft.ts'
import { FreeList } from './free-list.ts'

export interface Layout {
  readonly offsets: ReadonlyMap<Value, number>
  /** Values that nobody reads after this step, by the step's position. */
  readonly dies: ReadonlyMap<number, readonly Value[]>
  readonly scratch: ReadonlyMap<Draft, number>
  readonly length: number
  readonly largestLive: number
}

/** The steps in which a stretch of memory is needed: from ≤ k ≤ to. */
interface Life {
  readonly length: number
  readonly from: number
  to: number
}

export function layMemory(
  steps: readonly Draft[],
  fixed: readonly Value[],
  home: ReadonlyMap<Value, Value>,
  align: number,
): Layout {
  const lives: Life[] = []
  const live = (length: number, from: number, to: number): Life => {
    const life = { length, from, to }
    lives.push(life)
    return life
  }
  const lifeOf = new Map<Value, Life>()
  const scratchOf = new Map<Draft, Life>()
  const dies = new Map<number, Value[]>()
  const end = steps.length
  for (const value of fixed) lifeOf.set(value, live(value.length, -1, end))
  for (const [value, state] of home) lifeOf.set(value, lifeOf.get(state)!)
  const last = lastUses(steps)
  for (const [value, at] of last) {
    if (value.role === 'temporary' && !home.has(value)) {
      dies.set(at, [...(dies.get(at) ?? []), value])
    }
  }
  steps.forEach((draft, position) => {
    const { value } = draft.writes
    if (!lifeOf.has(value)) {
      const to = value.role === 'temporary' ? last.get(value)! : end
      const inherited = dies.get(position)?.find((old) => old !== value && canInherit(draft, old))
      const life = inherited ? lifeOf.get(inherited)! : live(value.length, position, to)
      life.to = to
      lifeOf.set(value, life)
    }
    if (draft.kind === 'kernel' && draft.scratch > 0) {
      scratchOf.set(draft, live(draft.scratch, position, position))
    }
  })
  const packed = pack(lives, end, align)
  const offsets = <T>(of: ReadonlyMap<T, Life>) =>
    new Map([...of].map(([key, life]) => [key, packed.offsets.get(life)!]))
  const largestLive = largestSum(lives, end)
  return {
    offsets: offsets(lifeOf),
    scratch: offsets(scratchOf),
    dies,
    length: packed.length,
    largestLive,
  }
}

/**
 * Places for all of them, one after another: from the first step on, or from the last one back. The
 * first leaves holes where arrays grow from step to step, the second where they shrink.
 */
function pack(lives: readonly Life[], end: number, align: number) {
  const forth = packInOrder(
    lives,
    ({ from }) => from + 1,
    ({ to }) => to + 1,
    align,
  )
  const back = packInOrder(
    lives,
    ({ to }) => end - to,
    ({ from }) => end - from,
    align,
  )
  return forth.length <= back.length ? forth : back
}

type Moment = (life: Life) => number

function packInOrder(lives: readonly Life[], start: Moment, stop: Moment, align: number) {
  const free = new FreeList(align)
  const offsets = new Map<Life, number>()
  const [starting, stopping] = [byMoment(lives, start), byMoment(lives, stop)]
  for (let moment = 0; moment < stopping.length; moment++) {
    for (const life of starting[moment] ?? []) offsets.set(life, free.take(life.length))
    for (const life of stopping[moment] ?? []) free.release(offsets.get(life)!, life.length)
  }
  return { offsets, length: free.end }
}

function byMoment(lives: readonly Life[], moment: Moment): Life[][] {
  const at: Life[][] = []
  for (const life of lives) {
    const known = at[moment(life)]
    if (known) known.push(life)
    else at[moment(life)] = [life]
  }
  return at
}

function largestSum(lives: readonly Life[], end: number): number {
  const change = new Float64Array(end + 3)
  for (const { length, from, to } of lives) {
    change[from + 1]! += length
    change[to + 2]! -= length
  }
  let [sum, largest] = [0, 0]
  for (const each of change) {
    sum += each
    largest = Math.max(largest, sum)
  }
  return largest
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
