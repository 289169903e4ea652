// A step without a kernel, run by the reference interpreter from the op's own line: slow,
// allocates, and is always there.
import { lineOf, operandNames, symbolValues } from '@backprove/graph'
import * as notation from '@backprove/graph/notation'
import type { Memory } from '../backend.ts'
import type { BoundStep } from '../linked.ts'
import type { KernelStep } from '../plan/plan.ts'
import { checkOf } from './check-values.ts'
import { stretch, type Task } from './task.ts'

export const interpreted = (step: KernelStep, memory: Memory): BoundStep => ({
  backend: 'interpreter',
  kernel: step.op.name,
  task: bindInterpreter(step, memory),
})

function bindInterpreter(step: KernelStep, memory: Memory): Task {
  const { op, params, inputs, output } = step
  const names = operandNames(op, inputs.length)
  const shapes = Object.fromEntries(names.map((name, k) => [name, inputs[k]!.shape]))
  const line = lineOf({ op, args: inputs, params }, 'stable')
  const symbols = symbolValues(op, shapes, params)
  const check = checkOf(
    step,
    inputs.map((place) => stretch(memory, place)),
  )
  return () => {
    check?.()
    const operands = Object.fromEntries(
      names.map((name, k) => {
        const data = Float64Array.from(stretch(memory, inputs[k]!))
        return [name, { shape: inputs[k]!.shape, data }]
      }),
    )
    memory.set(
      notation.evaluateLine(line, { operands, symbols, shape: output.shape }),
      output.offset,
    )
  }
}
