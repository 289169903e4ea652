// How much memory a plan's own order needs, whatever the planner says of it: entries that hold, at
// one step, what that step or a later one reads.
import { type Plan, readsOf } from '../plan/plan.ts'

/**
 * The largest number of entries alive during one step. An array lives from the first step that
 * writes it to the last that reads it; what is fed, kept or constant lives throughout, an output to
 * the end. Scratch memory lives during its step. Where an array is written over another, their
 * entries count once.
 */
export function largestLiveSet({ steps, blocks, feeds, states, constants, outputs }: Plan): number {
  const born = new Map<number, number>()
  const dies = new Map<number, number>()
  const uses = (block: number, step: number): void => {
    if (!born.has(block)) born.set(block, step)
    dies.set(block, step)
  }
  const named = [...feeds, ...states, ...constants].map(({ place }) => place.block)
  for (const block of named) uses(block, -1)
  steps.forEach((step, k) => {
    for (const { block } of [...readsOf(step), step.output]) uses(block, k)
    if (step.kind === 'kernel' && step.scratch) uses(step.scratch.block, k)
  })
  for (const block of [...named, ...outputs.map((place) => place.block)]) uses(block, steps.length)
  const liveAt = (step: number) =>
    blocks.filter((_, block) => born.get(block)! <= step && dies.get(block)! >= step)
  return Math.max(0, ...[-1, ...steps.keys()].map((step) => entriesOf(liveAt(step))))
}

/** Entries that lie in at least one of the stretches. */
function entriesOf(stretches: readonly { readonly offset: number; readonly length: number }[]) {
  let [covered, end] = [0, 0]
  for (const { offset, length } of stretches.toSorted((a, b) => a.offset - b.offset)) {
    covered += Math.max(0, offset + length - Math.max(offset, end))
    end = Math.max(end, offset + length)
  }
  return covered
}
