// softmax and log softmax along one axis: for each of the other places, three walks along the axis.
import type { Memory } from '../../backend.ts'
import { type Kernel, stretches } from '../task.ts'

/** The sum of e^{x − top} along an axis, top being the largest of it. */
function sumOfExponentials(x: Memory, at: number, length: number, step: number) {
  let top = Number.NEGATIVE_INFINITY
  for (let k = 0; k < length; k++) top = Math.max(top, x[at + k * step]!)
  let sum = 0
  for (let k = 0; k < length; k++) sum += Math.exp(x[at + k * step]! - top)
  return { top, sum }
}

const along = (value: (shifted: number, sum: number) => number): Kernel => ({
  bind: (step, memory) => {
    const { inputs, output } = stretches(step, memory)
    const x = inputs[0]!
    const { axis } = step.params as { axis: number }
    const { shape } = step.output
    const length = shape[axis]!
    const inner = shape.slice(axis + 1).reduce((product, n) => product * n, 1)
    const outer = output.length / (length * inner)
    return () => {
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          const at = o * length * inner + i
          const { top, sum } = sumOfExponentials(x, at, length, inner)
          for (let k = 0; k < length; k++) {
            const place = at + k * inner
            output[place] = value(x[place]! - top, sum)
          }
        }
      }
    }
  },
})

export const softmax = along((shifted, sum) => Math.exp(shifted) / sum)
export const logSoftmax = along((shifted, sum) => shifted - Math.log(sum))
