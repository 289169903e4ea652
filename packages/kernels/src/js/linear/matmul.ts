// The product of matrices, or of stacks of them whose leading axes broadcast.
import { sizeOf } from '@backprove/graph'
import type { Place } from '../../plan/plan.ts'
import { broadcastView, denseView } from '../../plan/views.ts'
import { rowStart, walkOf } from '../elementwise/strided.ts'
import { type Kernel, stretches } from '../task.ts'
import { addScaledRows } from './rows.ts'

export const matmul: Kernel = {
  bind: (step, memory) => {
    const { inputs, output: y } = stretches(step, memory)
    const [a, b] = inputs as [typeof y, typeof y]
    const [rows = 1, inner = 1] = step.inputs[0]!.shape.slice(-2)
    const columns = step.output.shape.at(-1)!
    const stack = step.output.shape.slice(0, -2)
    const count = sizeOf(stack)
    const aStarts = matrixStarts(step.inputs[0]!, stack)
    const bStarts = matrixStarts(step.inputs[1]!, stack)
    const scaled = { scales: a, scaleStep: 1, rows: b, rowStep: columns, length: columns }
    const sum = { ...scaled, count: inner }
    return () => {
      y.fill(0)
      for (let s = 0; s < count; s++) {
        for (let i = 0; i < rows; i++) {
          const at = (s * rows + i) * columns
          addScaledRows(sum, y, at, aStarts[s]! + i * inner, bStarts[s]!)
        }
      }
    }
  },
}

/** Where each matrix of the stack begins in an operand that may repeat along it. */
function matrixStarts({ shape }: Place, stack: readonly number[]): Int32Array {
  const matrix = shape.slice(-2).reduce((product, n) => product * n, 1)
  const walk = walkOf(broadcastView(denseView(shape.slice(0, -2)), stack))
  return Int32Array.from({ length: sizeOf(stack) }, (_, s) => {
    const row = Math.floor(s / walk.inner)
    return matrix * (rowStart(walk, row) + (s - row * walk.inner) * walk.innerStride)
  })
}
