// Checks a plan by itself, entry by entry: who wrote what a step reads? Independent of how the plan
// was made; a plan that passes reads nothing that is dead, overwritten or not yet written.
import { type Place, type Plan, readsOf, type Step } from '../plan/plan.ts'
import { isDense, reachOf } from '../plan/views.ts'

/** What is wrong with the plan, one sentence for each step that is; empty for a sound plan. */
export function faultsOf(plan: Plan): string[] {
  const faults: string[] = []
  const owner = new Int32Array(plan.length).fill(-1)
  const own = (place: Place): void => {
    for (const at of entriesOf(place)) owner[at] = place.block
  }
  const isOwn = (place: Place): boolean => entriesOf(place).every((at) => owner[at] === place.block)
  for (const { place } of [...plan.feeds, ...plan.states, ...plan.constants]) own(place)
  for (const step of plan.steps) {
    const places = [...readsOf(step), step.output]
    for (const place of places) {
      const { offset, length } = plan.blocks[place.block]!
      const { least, most } = reachOf(place)
      if (least < offset || most >= offset + length) faults.push(`${step.label} leaves its block`)
    }
    for (const input of readsOf(step)) {
      if (!isOwn(input)) faults.push(`${step.label} reads what is not there`)
      if (overlap(plan, input, step.output) && !entryByEntry(step, input)) {
        faults.push(`${step.label} overwrites what it reads`)
      }
    }
    if (step.kind === 'kernel' && !places.every(isDense)) {
      faults.push(`${step.label} is given strides`)
    }
    if (step.kind === 'kernel' && step.scratch) own(step.scratch)
    own(step.output)
  }
  if (!plan.outputs.every(isOwn)) faults.push('an output is overwritten')
  return faults
}

function entriesOf({ offset, shape, strides }: Place): number[] {
  return shape.reduce<number[]>(
    (starts, length, axis) =>
      starts.flatMap((start) =>
        Array.from({ length }, (_, index) => start + index * strides[axis]!),
      ),
    [offset],
  )
}

function overlap({ blocks }: Plan, a: Place, b: Place): boolean {
  const [first, second] = [blocks[a.block]!, blocks[b.block]!]
  return first.offset < second.offset + second.length && second.offset < first.offset + first.length
}

/** Epilogues of products alone read an entry before they write it there. */
const epilogueOfProduct = (step: Step, input: Place): boolean =>
  step.kind === 'kernel' &&
  /^(dense|matmul)/.test(step.op.name) &&
  !step.inputs.includes(input) &&
  readsOf(step).includes(input)

const entryByEntry = (step: Step, input: Place): boolean =>
  (step.kind === 'elementwise' || epilogueOfProduct(step, input)) &&
  isDense(input) &&
  isDense(step.output) &&
  input.offset === step.output.offset
