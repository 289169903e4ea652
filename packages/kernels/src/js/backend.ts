// The JavaScript backend: every step a closure over one typed array, called in order.
import {
  type Backend,
  type Memory,
  newMemory,
  type Runner,
  type RunnerOptions,
  runOneByOne,
} from '../backend.ts'
import type { BoundStep } from '../linked.ts'
import { entryFor } from '../plan/families.ts'
import { laws } from '../plan/laws/laws.ts'
import type { Plan, Step } from '../plan/plan.ts'
import { poisonedRun } from '../poison.ts'
import { bindElementwise, bindReduction } from './elementwise/elementwise.ts'
import { interpreted } from './interpret.ts'
import { kernels } from './kernels.ts'
import { lineKernel } from './line/kernel.ts'
import type { Task } from './task.ts'

/** One step, ready to run on an arena: what other backends fall back on. */
export function bindStep(step: Step, memory: Memory): BoundStep {
  if (step.kind === 'elementwise') {
    const kernel = step.code.length > 0 ? 'fused loop' : 'copy'
    return { backend: 'js', kernel, task: bindElementwise(step, memory) }
  }
  if (step.kind === 'reduction') {
    return { backend: 'js', kernel: step.combine, task: bindReduction(step, memory) }
  }
  const known = entryFor(kernels, step.op)
  const kernel = known === undefined ? lineKernel(step) : known
  return kernel
    ? { backend: 'js', kernel: step.op.name, task: kernel.bind(step, memory) }
    : interpreted(step, memory)
}

/** 4 GiB: what engines agree to put into one typed array. */
const LARGEST = 2 ** 32

export const jsBackend: Backend = {
  name: 'js',
  laws,
  alignment: 16,
  limit: LARGEST,
  available: () => true,
  scratch: (node) => entryFor(kernels, node.op)?.scratch?.(node) ?? 0,
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
