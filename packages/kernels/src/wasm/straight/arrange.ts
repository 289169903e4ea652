// Which steps of a plan become straight-line code: loops over the samples of a batch, and stretches
// of small steps, each a function of its own.
import { flopsOf } from '../../explain/flops.ts'
import { type Plan, readsOf, type Step } from '../../plan/plan.ts'
import { memory } from '../encoder/index.ts'
import type { Kernel } from '../kernel.ts'
import type { Lanes } from '../lanes.ts'
import { type Batch, batchFrom, samplesOf } from './batch.ts'
import { entriesOf, groups } from './board.ts'
import { effortOf } from './effort.ts'
import { type HorizontalBoard, horizontalBoard } from './horizontal.ts'
import { type Fate, overSamples, sumsAt } from './vertical.ts'
import { hasWriter, isPrivate, notesOf, write } from './writers.ts'

/** Steps from ≤ k < to; with `batch` a loop over samples comes first. */
export interface Stretch {
  readonly from: number
  readonly to: number
  readonly batch?: Batch
}

/** Longer code is slower than loops: it leaves the instruction cache, and engines take their time. */
const mostInstructions = 4000
/** A step with more work has a kernel that is as fast. */
const mostInStep = 1200

/** Beside so much work nobody sees what loops over few numbers cost: it is not worth the code. */
const mostBeside = 1e7

/** More than a first cache holds is fetched anew in every run: loops, whose code many share, win. */
const mostWritten = 24_000

/** The stretches of a plan, in its order. */
export function stretchesOf(plan: Plan, lanes: Lanes): Stretch[] {
  const stretches = allStretches(plan, lanes)
  const isInside = (k: number) => stretches.some(({ from, to }) => from <= k && k < to)
  const beside = plan.steps.reduce((sum, step, k) => sum + (isInside(k) ? 0 : flopsOf(step)), 0)
  return beside > mostBeside ? [] : stretches
}

function allStretches(plan: Plan, lanes: Lanes): Stretch[] {
  const samples = samplesOf(plan, 2 * lanes.count)
  const found: Stretch[] = []
  let written = 0
  for (let from = 0; from < plan.steps.length; ) {
    const batch = samples === undefined ? undefined : batchFrom(plan, samples, from)
    const whole = batch && { from, to: batch.to, batch }
    const isWhole = whole !== undefined && keepsToItself(plan.steps, whole)
    const stretch = isWhole ? whole : smallFrom(plan, lanes, from)
    if (stretch) {
      found.push(stretch)
      written += effortIn(plan, lanes, stretch)
      if (written > mostWritten) return []
    }
    from = stretch?.to ?? from + 1
  }
  return found
}

function effortIn({ steps }: Plan, lanes: Lanes, { from, to, batch }: Stretch): number {
  const outside = steps.slice(from, to).filter((_, k) => !batch?.slices.has(from + k))
  const inLoop = [...(batch?.slices.values() ?? [])].map(({ step }) => effortOf(step, 1))
  const behind = outside.map((step) => effortOf(step, lanes.count))
  return [...inLoop, ...behind].reduce((sum, effort) => sum + effort, 0)
}

/** Two and more steps that are small together. */
function smallFrom({ steps }: Plan, lanes: Lanes, from: number): Stretch | undefined {
  let to = from
  let total = 0
  for (; to < steps.length; to++) {
    const step = steps[to]!
    const effort = hasWriter(step) ? effortOf(step, lanes.count) : Number.POSITIVE_INFINITY
    total += effort
    if (effort > mostInStep || total > mostInstructions) break
  }
  return to - from > 1 && keepsToItself(steps, { from, to }) ? { from, to } : undefined
}

/** Whether no other step reads what only straight-line code understands. */
function keepsToItself(steps: readonly Step[], { from, to }: Stretch): boolean {
  return touchesOf(steps).every((touches) => {
    const isInside = (at: number): boolean => at >= from && at < to
    return !touches.some(isInside) || touches.every(isInside)
  })
}

const touched = new WeakMap<readonly Step[], number[][]>()

/** The steps that write or read each block that only straight-line code understands. */
function touchesOf(steps: readonly Step[]): readonly (readonly number[])[] {
  const known = touched.get(steps)
  if (known) return known
  const flat = new Map(
    steps.filter(isPrivate).map(({ output }): [number, number[]] => [output.block, []]),
  )
  steps.forEach((step, at) => {
    for (const { block } of [...readsOf(step), step.output]) flat.get(block)?.push(at)
  })
  const touches = [...flat.values()]
  touched.set(steps, touches)
  return touches
}

/** Bytes of memory of its own, for the sums over samples. */
export const stretchBytes = (plan: Plan, { batch }: Stretch): number =>
  batch ? totalsOf(plan, batch, 0).bytes : 0

/** Where the running sums stand, by step: a vector for each entry. */
function totalsOf({ steps }: Plan, { slices }: Batch, start: number) {
  const addresses = new Map<number, number>()
  let bytes = 0
  for (const [k, { isTotal }] of slices) {
    if (!isTotal) continue
    addresses.set(k, start + bytes)
    const entries = steps[k]!.output.shape.reduce((a, b) => a * b, 1)
    // Whole groups, so that the last one can be read like the others.
    bytes += Math.ceil(entries / 4) * 64
  }
  return { addresses, bytes }
}

/** The code of a stretch. Entries stand from byte `base` on, sums over samples from `scratch` on. */
export function straightKernel(
  plan: Plan,
  lanes: Lanes,
  { from, to, batch }: Stretch,
  { base, scratch }: { readonly base: number; readonly scratch: number },
): Kernel {
  const { steps, blocks } = plan
  const addressOf = (entry: number): number => base + entry * lanes.bytes
  const forgetDying = (board: HorizontalBoard, step: Step): void => {
    for (const block of step.dies) {
      const { offset, length } = blocks[block]!
      // What a step writes in the place of what dies lives on.
      const inherited = offset === blocks[step.output.block]!.offset
      if (!inherited) board.forget(offset, offset + length)
    }
  }
  const small: Kernel[number]['body'] = (f) => {
    const notes = notesOf(plan)
    const totals = batch && totalsOf(plan, batch, scratch)
    if (batch && totals) {
      f.do(memory.fill(totals.addresses.values().next().value ?? scratch, 0, totals.bytes))
      loop(f, batch, totals.addresses)
    }
    const board = horizontalBoard(f, lanes, addressOf, plan.length)
    for (let k = from; k < to; k++) {
      const step = steps[k]!
      const address = totals?.addresses.get(k)
      if (address !== undefined) {
        const out = entriesOf(step.output, step.output.shape)
        for (const group of groups([out.length], lanes.count)) {
          const sums = sumsAt(f, lanes, address + 16 * group[0]!)
          board.write(
            group.map((at) => out[at]!),
            sums,
          )
        }
      } else if (!batch?.slices.has(k)) write(board, step, notes)
      forgetDying(board, step)
    }
    board.flush()
  }
  const loop = (
    f: Parameters<Kernel[number]['body']>[0],
    { samples, slices, outside, stored }: Batch,
    addresses: ReadonlyMap<number, number>,
  ): void => {
    const regionOf = (entry: number) =>
      outside.find((region) => entry >= region.from && entry < region.to)!
    const notes = notesOf(plan)
    overSamples(
      f,
      lanes,
      { count: samples, addressOf, end: plan.length, regionOf },
      (board, become, store) => {
        for (const [k, { step, isTotal, stride }] of slices) {
          const { offset } = step.output
          const { block } = steps[k]!.output
          const fate: Fate = isTotal
            ? { kind: 'total', from: offset, address: addresses.get(k)! }
            : stored.has(block)
              ? { kind: 'stored', region: { from: offset, to: offset + stride, step: stride } }
              : { kind: 'inside' }
          become(fate)
          write(board, step, notes)
        }
        store()
      },
    )
  }
  return [{ name: 'straight-line code', tasks: 1, alone: true, body: small }]
}
