// Finds, in a plan for a batch, the steps that one loop over samples can run; what it adds up and
// what follows from that comes after the loop, in the order of the plan.
import { sizeOf } from '@backprove/graph'
import { type Block, type Plan, readsOf, type Step } from '../../plan/plan.ts'
import { effortOf } from './effort.ts'
import { type Slice, sliceOf } from './samples.ts'
import type { Region } from './vertical.ts'
import { hasWriter, isPrivate } from './writers.ts'

export interface Batch {
  readonly samples: number
  /** Steps from ≤ k < to of the plan. */
  readonly from: number
  readonly to: number
  /** By position in the plan: those in the loop. All others come after it. */
  readonly slices: ReadonlyMap<number, Slice>
  /** What the loop reads that it has not written. */
  readonly outside: readonly Region[]
  /** Blocks of results that somebody reads after the loop, sample by sample. */
  readonly stored: ReadonlySet<number>
}

interface Read {
  readonly block: number
  readonly region: Region
}

/** Sums of so many entries: dense layers of more are products of matrices. */
const mostTotals = 256
/** Entrywise work on more of them is as fast in loops. */
const mostEntries = 512
/** More is neither faster than loops nor quickly compiled. */
const mostInLoop = 8000
const mostBehind = 3000
/** So many float32 numbers may be added up one after another without losing more than a digit. */
const mostSamples = 4096

/** The batch's size: the most frequent first axis of what is fed. */
export function samplesOf({ feeds }: Plan, least: number): number | undefined {
  const counts = new Map<number, number>()
  for (const { place } of feeds) {
    const [first = 1] = place.shape
    if (first >= least && first <= mostSamples) counts.set(first, (counts.get(first) ?? 0) + 1)
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0]
}

/** By block: the first step that writes it, and the steps that read it. */
interface Uses {
  readonly written: ReadonlyMap<number, number>
  readonly readers: ReadonlyMap<number, readonly number[]>
}
const known = new WeakMap<readonly Step[], Uses>()

function usesOf(steps: readonly Step[]): Uses {
  const found = known.get(steps)
  if (found) return found
  const written = new Map<number, number>()
  const readers = new Map<number, number[]>()
  steps.forEach((step, at) => {
    if (!written.has(step.output.block)) written.set(step.output.block, at)
    for (const block of new Set(readsOf(step).map((input) => input.block))) {
      const known = readers.get(block)
      if (known) known.push(at)
      else readers.set(block, [at])
    }
  })
  const uses = { written, readers }
  known.set(steps, uses)
  return uses
}

const overlap = (a: Block, b: Block): boolean =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length

/** The longest stretch from a step on, if a loop runs at least two of its steps. */
export function batchFrom(plan: Plan, samples: number, from: number): Batch | undefined {
  const { steps, blocks } = plan
  const slices = new Map<number, Slice>()
  const outside: Read[] = []
  /** Results in the loop, by block: entries between samples. */
  const made = new Map<number, number>()
  /** Blocks of which a part is written before the loop, or after it. */
  const later = new Set<number>()
  const { written: firstWriters } = usesOf(steps)
  const isWrittenBefore = (block: number): boolean => firstWriters.get(block)! < from
  let [inLoop, behind] = [0, 0]
  let to = from
  for (; to < steps.length; to++) {
    const step = steps[to]!
    if (!hasWriter(step)) break
    const slice = sliceOf(plan, step, samples)
    const effort = slice ? effortOf(slice.step, 1) : 0
    const fits =
      slice !== undefined &&
      (slice.step.kind === 'kernel' || sizeOf(slice.step.shape) <= mostEntries) &&
      !isWrittenBefore(step.output.block) &&
      readsSamples(plan, slice, made, later) &&
      // x beside xᵀ: an array that one step reads along two axes is not cut into samples.
      slice.reads.every(({ block, region }) =>
        [...outside, ...slice.reads].every(
          (read) => read.block !== block || read.region.step === region.step,
        ),
      )
    if (fits && inLoop + effort <= mostInLoop) {
      slices.set(to, slice)
      inLoop += effort
      for (const read of slice.reads) if (!made.has(read.block)) outside.push(read)
      if (slice.isTotal) later.add(step.output.block)
      else made.set(step.output.block, slice.stride)
      continue
    }
    behind += effortOf(step, 4)
    if (behind > mostBehind || isPrivate(step)) break
    later.add(step.output.block)
    made.delete(step.output.block)
  }
  const stored = storedBlocks(plan, slices, from, to)
  const totals = [...slices].flatMap(([k, { isTotal }]) => (isTotal ? [steps[k]!.output] : []))
  const summed = totals.reduce((sum, { shape }) => sum + sizeOf(shape), 0)
  if (slices.size < 2 || summed > mostTotals) return undefined
  const written = [...stored].map((block) => blocks[block]!)
  const touched = [
    ...outside.map(({ block }) => block),
    ...steps
      .slice(from, to)
      .flatMap((step, k) =>
        slices.has(from + k) ? [] : [...step.inputs, step.output].map(({ block }) => block),
      ),
  ]
  const clash = [...stored].some((block) =>
    touched.some((other) => other !== block && overlap(blocks[block]!, blocks[other]!)),
  )
  const flat = steps.slice(from, to).filter(isPrivate)
  if (clash || flat.some(({ output }) => stored.has(output.block))) return undefined
  if (spoilsState(plan, slices, { from, outside, stored })) return undefined
  if (written.some((a, k) => written.some((b, l) => l > k && overlap(a, b)))) return undefined
  return { samples, from, to, slices, outside: outside.map(({ region }) => region), stored }
}

/**
 * Whether a state's next value is written, sample by sample, over what is still to be read: by
 * another sample, or behind the loop by a step that comes before it in the plan.
 */
function spoilsState(
  { steps, blocks }: Plan,
  slices: ReadonlyMap<number, Slice>,
  { from, outside, stored }: Pick<Batch, 'from' | 'stored'> & { readonly outside: readonly Read[] },
): boolean {
  return [...slices].some(([k, { stride }]) => {
    const { block } = steps[k]!.output
    const start = blocks[block]!.offset
    const isOfSample = ({ region }: Read) =>
      region.step === stride && region.from >= start && region.to <= start + stride
    const readsOld = (step: Step, at: number) =>
      !slices.has(from + at) && readsOf(step).some((place) => place.block === block)
    return (
      stored.has(block) &&
      (outside.some((read) => read.block === block && !isOfSample(read)) ||
        steps.slice(from, k).some(readsOld))
    )
  })
}

/** Whether all that a slice reads is there in the loop, sample by sample. */
function readsSamples(
  { blocks }: Plan,
  { reads, step }: Slice,
  made: ReadonlyMap<number, number>,
  later: ReadonlySet<number>,
): boolean {
  const notes = step.kind === 'kernel' && reads.length < step.inputs.length ? [step.inputs[0]!] : []
  return (
    notes.every(({ block }) => made.has(block)) &&
    !later.has(step.output.block) &&
    reads.every(({ block, region }) => {
      if (later.has(block)) return false
      const stride = made.get(block)
      if (stride === undefined) return true
      const start = blocks[block]!.offset
      return region.step === stride && region.from >= start && region.to <= start + stride
    })
  )
}

function storedBlocks(
  { steps, blocks, states }: Plan,
  slices: ReadonlyMap<number, Slice>,
  from: number,
  to: number,
): Set<number> {
  const stored = new Set<number>()
  const { readers: readersOf } = usesOf(steps)
  /** A state's next value is a temporary that is written in the state's place: the next run reads it. */
  const livesOn = (block: Block): boolean =>
    block.role !== 'temporary' || states.some(({ place }) => overlap(block, blocks[place.block]!))
  for (const [k, { isTotal }] of slices) {
    const { block } = steps[k]!.output
    const readers = readersOf.get(block) ?? []
    const isRead = readers.some((at) => at < from || at >= to || !slices.has(at))
    if (!isTotal && (isRead || livesOn(blocks[block]!))) stored.add(block)
  }
  return stored
}
