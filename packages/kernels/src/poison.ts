// Runs that show who reads what is dead: for tests of plans.
import type { Memory } from './backend.ts'
import type { Block, Plan } from './plan/plan.ts'

/** Whatever the plan holds dead is NaN, so that a read of it shows in the result. */
export function poisonedRun(
  plan: Plan,
  memory: Memory,
  tasks: readonly (() => void)[],
): () => void {
  const spoil = ({ offset, length }: Block): void => {
    memory.fill(Number.NaN, offset, offset + length)
  }
  const inherits = (block: Block, heir: Block): boolean => block.offset === heir.offset
  return () => {
    const mortal = plan.blocks.filter(({ role }) => role === 'temporary' || role === 'output')
    const states = new Set(plan.states.map(({ place }) => plan.blocks[place.block]!.offset))
    for (const block of mortal) if (!states.has(block.offset)) spoil(block)
    plan.steps.forEach((step, k) => {
      tasks[k]!()
      const output = plan.blocks[step.output.block]!
      for (const dead of step.dies) {
        const block = plan.blocks[dead]!
        if (!inherits(block, output)) spoil(block)
      }
    })
  }
}
