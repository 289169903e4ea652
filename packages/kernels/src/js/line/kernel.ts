// The generic kernel: what an op without one of its own is, by its line.
import { lowerLine } from '../../line/lower.ts'
import { sizeOfTable } from '../../line/program.ts'
import type { KernelStep } from '../../plan/plan.ts'
import { checkOf } from '../check-values.ts'
import { type Kernel, stretches } from '../task.ts'
import type { Machine } from './machine.ts'
import { thunkOf } from './values.ts'

/** null where the line has no loops: the interpreter runs it. */
export function lineKernel(step: KernelStep): Kernel | null {
  const program = lowerLine({
    op: step.op,
    params: step.params,
    inputs: step.inputs.map(({ shape }) => shape),
    output: step.output.shape,
  })
  if (!program) return null
  return {
    bind: (bound, memory) => {
      const { inputs, output } = stretches(bound, memory)
      const kept: Float64Array[] = []
      const machine: Machine = {
        ...{ operands: inputs, kept, slots: new Int32Array(program.slots) },
        ...{ annuls: false, outside: false },
      }
      const fills = program.tables.map((table, k) => {
        const isResult = k === program.tables.length - 1
        const values = isResult ? output : new Float64Array(sizeOfTable(table))
        if (!isResult) kept.push(values as Float64Array)
        return { table, values, value: thunkOf(table.value, machine) }
      })
      const check = checkOf(bound, inputs)
      return () => {
        check?.()
        for (const { table, values, value } of fills) {
          let at = 0
          const fill = (axis: number): void => {
            const here = table.axes[axis]
            if (!here) {
              values[at++] = value()
              return
            }
            for (let index = 1; index <= here.length; index++) {
              machine.slots[here.slot] = index
              fill(axis + 1)
            }
          }
          fill(0)
        }
      }
    },
  }
}
