// Sums over the same entries, in one sweep: Σ g and Σ g (x − μ) of a batch normalisation read the
// same arrays, which are read once. Their results stand one after another in one value.
import { sizeOf } from '@backprove/graph'
import { type Draft, type Located, newValue, type ReductionDraft, type Value } from './draft.ts'
import type { Instruction, Source } from './plan.ts'
import { denseView, isDense } from './views.ts'

/** Fewer entries stay in the nearest cache, where reading them twice costs little. */
const LARGE = 1 << 13
/** Each has running totals of its own, for which there must be registers. */
const MOST_TOGETHER = 3
/** A sum looks back at so many others. */
const MOST_BEFORE = 8

/**
 * The drafts with such sums joined, where the last of them stood. `kept` are values that somebody
 * asks for. Drafts stay in an order in which what is read has been written.
 */
export function joinSweeps(drafts: readonly Draft[], kept: ReadonlySet<Value>): Draft[] {
  const joined = new Map<Draft, ReductionDraft | undefined>()
  const at = new Map(drafts.map((draft, position) => [draft, position]))
  let open: ReductionDraft[] = []
  for (const draft of drafts) {
    if (!mayJoin(draft, kept)) continue
    const position = at.get(draft)!
    const isUnread = ({ writes }: Draft) =>
      writes.value.readers.every((reader) => at.get(reader)! > position)
    open = open.filter(isUnread).slice(-MOST_BEFORE)
    const other = open.findLast((each) => goTogether(each, draft))
    if (!other) {
      open.push(draft)
      continue
    }
    const both = join(other, draft)
    for (const one of [other, draft]) joined.delete(one)
    joined.set(other, undefined).set(draft, both)
    at.set(both, position)
    open = [...open.filter((each) => each !== other), both]
  }
  const result: Draft[] = []
  for (const draft of drafts) {
    if (!joined.has(draft)) result.push(draft)
    else {
      // What was joined may have been joined again.
      let last: Draft | undefined = draft
      while (last && joined.has(last)) last = joined.get(last)
      if (last) result.push(last)
    }
  }
  return result
}

const mayJoin = (draft: Draft, kept: ReadonlySet<Value>): draft is ReductionDraft =>
  draft.kind === 'reduction' &&
  draft.combine === 'sum' &&
  draft.writes.value.role === 'temporary' &&
  !kept.has(draft.writes.value) &&
  sizeOf(draft.shape) >= LARGE

const isSame = (a: Located, b: Located): boolean =>
  a.value === b.value && JSON.stringify(a.view) === JSON.stringify(b.view)

/** Over the same entries, of which they read an array that is not repeated. */
const goTogether = (a: ReductionDraft, b: ReductionDraft): boolean =>
  a.shape.join() === b.shape.join() &&
  a.axes.join() === b.axes.join() &&
  resultsOf(a).length < MOST_TOGETHER &&
  a.reads.some((read) => isDense(read.view) && b.reads.some((other) => isSame(read, other)))

/** What a reduction combines: of each the last instruction, or its one input. */
const resultsOf = ({ code, results }: ReductionDraft): readonly Source[] =>
  results ?? [code.length > 0 ? { kind: 'result', index: code.length - 1 } : firstInput]
const firstInput: Source = { kind: 'input', index: 0 }

function join(a: ReductionDraft, b: ReductionDraft): ReductionDraft {
  const reads = [...a.reads]
  const places = b.reads.map((read) => {
    const known = reads.findIndex((other) => isSame(read, other))
    return known < 0 ? reads.push(read) - 1 : known
  })
  const moved = (source: Source): Source => {
    if (source.kind === 'input') return { kind: 'input', index: places[source.index]! }
    return source.kind === 'result'
      ? { kind: 'result', index: source.index + a.code.length }
      : source
  }
  const code = b.code.map((one): Instruction => ({ ...one, sources: one.sources.map(moved) }))
  const results = [...resultsOf(a), ...resultsOf(b).map(moved)]
  const [first, second] = [a.writes.value, b.writes.value]
  const value = newValue('temporary', first.length + second.length, b.label)
  const { combine, axes, shape } = b
  const draft: ReductionDraft = {
    ...{ kind: 'reduction', label: b.label, combine, axes, shape },
    ...{ reads, code: [...a.code, ...code], results },
    writes: { value, view: denseView([value.length]) },
  }
  value.writers.push(draft)
  for (const read of reads) {
    const { readers } = read.value
    const others = readers.filter((reader) => reader !== a && reader !== b && reader !== draft)
    const before = readers.findLastIndex((reader) => reader === a || reader === b)
    const behind = readers.slice(before + 1).length
    readers.splice(0, readers.length, ...others)
    readers.splice(others.length - behind, 0, draft)
  }
  redirect(first, value, 0)
  redirect(second, value, first.length)
  return draft
}

/** Whoever reads a value reads it as a part of another one. */
function redirect(from: Value, to: Value, offset: number): void {
  for (const reader of from.readers) {
    reader.reads = reader.reads.map((read) =>
      read.value === from
        ? { value: to, view: { ...read.view, offset: read.view.offset + offset } }
        : read,
    )
    if (!to.readers.includes(reader)) to.readers.push(reader)
  }
}
