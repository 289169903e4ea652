// What walks along one axis by places: running sums, the place of the largest, entries read by
// their places, and what flows added up at them.
import type { Shape } from '@backprove/graph'
import type { KernelStep } from '../../plan/plan.ts'
import { checkOf } from '../check-values.ts'
import { type Kernel, stretches } from '../task.ts'

/** Entries before an axis, along it, and behind it. */
function walkOf(shape: Shape, axis: number): { outer: number; length: number; inner: number } {
  const product = (part: Shape) => part.reduce((size, n) => size * n, 1)
  const [outer, inner] = [product(shape.slice(0, axis)), product(shape.slice(axis + 1))]
  return { outer, length: shape[axis]!, inner }
}

const axisOf = (step: KernelStep): number => (step.params as { axis: number }).axis

export const cumsum: Kernel = {
  bind: (step, memory) => {
    const { inputs, output } = stretches(step, memory)
    const x = inputs[0]!
    const { outer, length, inner } = walkOf(step.output.shape, axisOf(step))
    const { reverse } = step.params as { reverse: boolean }
    return () => {
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          let sum = 0
          for (let k = 0; k < length; k++) {
            const at = (o * length + (reverse ? length - 1 - k : k)) * inner + i
            sum += x[at]!
            output[at] = sum
          }
        }
      }
    }
  },
}

export const argmax: Kernel = {
  bind: (step, memory) => {
    const { inputs, output } = stretches(step, memory)
    const x = inputs[0]!
    const { outer, length, inner } = walkOf(step.inputs[0]!.shape, axisOf(step))
    return () => {
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          const start = o * length * inner + i
          let best = -1
          for (let k = 0; k < length; k++) {
            const value = x[start + k * inner]!
            // A NaN does not compete.
            if (Number.isNaN(value)) continue
            if (best < 0 || value > x[start + best * inner]!) best = k
          }
          output[o * inner + i] = Math.max(best, 0)
        }
      }
    }
  },
}

export const gather: Kernel = {
  bind: (step, memory) => {
    const { inputs, output } = stretches(step, memory)
    const [x, places] = [inputs[0]!, inputs[1]!]
    const { outer, length, inner } = walkOf(step.inputs[0]!.shape, axisOf(step))
    const check = checkOf(step, inputs)
    return () => {
      check?.()
      let to = 0
      for (let o = 0; o < outer; o++) {
        for (let k = 0; k < places.length; k++, to += inner) {
          const from = (o * length + places[k]!) * inner
          for (let i = 0; i < inner; i++) output[to + i] = x[from + i]!
        }
      }
    }
  },
}

export const gatherInput: Kernel = {
  bind: (step, memory) => {
    const { inputs, output } = stretches(step, memory)
    const [g, places] = [inputs[0]!, inputs[1]!]
    const { outer, length, inner } = walkOf(step.output.shape, axisOf(step))
    const check = checkOf(step, inputs)
    return () => {
      check?.()
      output.fill(0)
      let from = 0
      for (let o = 0; o < outer; o++) {
        for (let k = 0; k < places.length; k++, from += inner) {
          const to = (o * length + places[k]!) * inner
          for (let i = 0; i < inner; i++) output[to + i]! += g[from + i]!
        }
      }
    }
  },
}
