// The order of the steps: as recorded, except that a step which frees at least as much memory as it
// takes runs as soon as it can. The next value of a state waits, where it can, until nobody reads
// the old one, so that it may be written over it.
import { type Draft, isWhole, type Value } from '../draft.ts'

export function orderSteps(
  recorded: readonly Draft[],
  overwrites: ReadonlyMap<Draft, Value>,
): Draft[] {
  const ordered: Draft[] = []
  const done = new Set<Draft>()
  const unread = new Map<Value, number>()
  const waitingFor = new Map<Value, Draft[]>()
  for (const [draft, state] of overwrites) {
    waitingFor.set(state, [...(waitingFor.get(state) ?? []), draft])
  }

  const left = (value: Value): number => unread.get(value) ?? value.readers.length
  /** What must run first: who writes what the step reads, and who writes what it writes over. */
  const needs = (draft: Draft): Draft[] =>
    [...draft.reads.flatMap(({ value }) => value.writers), ...writtenOver(draft)].filter(
      (writer) => !done.has(writer),
    )

  /** Whether others still read what the step would overwrite. */
  const mustWait = (draft: Draft): boolean => {
    const state = overwrites.get(draft)
    if (!state) return false
    return left(state) > (state.readers.includes(draft) ? 1 : 0)
  }
  const frees = (draft: Draft): number =>
    [...new Set(draft.reads.map((read) => read.value))]
      .filter((value) => value.role === 'temporary' && left(value) === 1)
      .reduce((total, value) => total + value.length, 0)
  const takes = (draft: Draft): number => {
    const { value } = draft.writes
    const started = value.writers.some((writer) => done.has(writer))
    return started || overwrites.has(draft) ? 0 : value.length
  }

  const emit = (draft: Draft): Draft[] => {
    done.add(draft)
    ordered.push(draft)
    const values = [...new Set(draft.reads.map((read) => read.value))]
    for (const value of values) unread.set(value, left(value) - 1)
    // What may have become ready: readers of the result, and updates of states now unread.
    const woken = values.flatMap((value) => waitingFor.get(value) ?? [])
    return [...draft.writes.value.readers, ...woken]
  }

  const run = (first: Draft): void => {
    const waiting = [first]
    for (let draft = waiting.at(-1); draft; draft = waiting.at(-1)) {
      const missing = done.has(draft) ? [] : needs(draft)
      if (missing.length > 0) {
        waiting.push(...missing)
        continue
      }
      waiting.pop()
      if (done.has(draft)) continue
      const candidates = emit(draft)
      for (const next of candidates) {
        const ready = !done.has(next) && needs(next).length === 0 && !mustWait(next)
        if (ready && frees(next) >= takes(next)) waiting.push(next)
      }
    }
  }
  for (const draft of recorded) if (!done.has(draft) && !mustWait(draft)) run(draft)
  // Updates whose old values are read after them all the same: they go to memory of their own.
  for (const draft of recorded) if (!done.has(draft)) run(draft)
  return ordered
}

/** Parts of one value are written in order: the fill of all of it comes before what lies on it. */
function writtenOver(draft: Draft): readonly Draft[] {
  const { writers } = draft.writes.value
  return writers.slice(0, writers.indexOf(draft)).filter(({ writes }) => isWhole(writes))
}
