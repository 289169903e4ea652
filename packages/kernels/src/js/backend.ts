// The JavaScript backend: every step a closure over one typed array, called in order.
import {
  type Backend,
  type Memory,
  newMemory,
  type Runner,
  type RunnerOptions,
  runOneByOne,
  type StepKernel,
} from '../backend.ts'
import { laws } from '../plan/laws/laws.ts'
import type { Block, Plan, Step } from '../plan/plan.ts'
import { bindElementwise, bindReduction } from './elementwise/elementwise.ts'
import { bindInterpreter } from './interpret.ts'
import { kernelsByOp } from './kernels.ts'
import { lineKernel } from './line/kernel.ts'
import type { Task } from './task.ts'

export interface BoundStep extends StepKernel {
  readonly task: Task
}

/** One step, ready to run on an arena: what other backends fall back on. */
export function bindStep(step: Step, memory: Memory): BoundStep {
  if (step.kind === 'elementwise') {
    const kernel = step.code.length > 0 ? 'fused loop' : 'copy'
    return { backend: 'js', kernel, task: bindElementwise(step, memory) }
  }
  if (step.kind === 'reduction') {
    return { backend: 'js', kernel: step.combine, task: bindReduction(step, memory) }
  }
  const known = kernelsByOp.get(step.op)
  const kernel = known === undefined ? lineKernel(step) : known
  return kernel
    ? { backend: 'js', kernel: step.op.name, task: kernel.bind(step, memory) }
    : { backend: 'interpreter', kernel: step.op.name, task: bindInterpreter(step, memory) }
}

/** 4 GiB: what engines agree to put into one typed array. */
const LARGEST = 2 ** 32

export const jsBackend: Backend = {
  name: 'js',
  laws,
  alignment: 16,
  limit: LARGEST,
  available: () => true,
  scratch: (node) => kernelsByOp.get(node.op)?.scratch?.(node) ?? 0,
  start: (plan, options) => startJs(plan, options),
}

function startJs(plan: Plan, { poison }: RunnerOptions): Runner {
  const memory = newMemory(plan.dtype, plan.length)
  for (const { place, data } of plan.constants) memory.set(data, place.offset)
  const bound = plan.steps.map((step) => bindStep(step, memory))
  const tasks = bound.map(({ task }) => task)
  const run = poison ? poisonedRun(plan, memory, tasks) : () => runAll(tasks)
  return {
    memory,
    kernels: bound.map(({ backend, kernel }) => ({ backend, kernel })),
    run,
    runMany: (times, feeds, outputs) => runOneByOne({ memory, run }, times, feeds, outputs),
  }
}

function runAll(tasks: readonly Task[]): void {
  for (let k = 0; k < tasks.length; k++) tasks[k]!()
}

/** Whatever the plan holds dead is NaN, so that a read of it shows in the result. */
export function poisonedRun(plan: Plan, memory: Memory, tasks: readonly Task[]): Task {
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
