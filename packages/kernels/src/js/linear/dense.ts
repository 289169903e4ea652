// The dense layer's family: y = w x + b for each sample of the batch, and its two adjoints.
import { sizeOf } from '@backprove/graph'
import { type Kernel, stretches } from '../task.ts'
import { addScaledRows, dot } from './rows.ts'

export const dense: Kernel = {
  bind: (step, memory) => {
    const { inputs, output: y } = stretches(step, memory)
    const [x, w, b] = inputs as [typeof y, typeof y, typeof y | undefined]
    const units = step.inputs[1]!.shape[0]!
    const length = w.length / units
    const samples = y.length / units
    return () => {
      for (let s = 0; s < samples; s++) {
        for (let k = 0; k < units; k++) {
          y[s * units + k] = dot(w, k * length, x, s * length, length) + (b ? b[k]! : 0)
        }
      }
    }
  },
}

export const denseInput: Kernel = {
  bind: (step, memory) => {
    const { inputs, output: x } = stretches(step, memory)
    const [y, w] = inputs as [typeof x, typeof x]
    const units = step.inputs[1]!.shape[0]!
    const length = w.length / units
    const samples = y.length / units
    const sum = { count: units, scales: y, scaleStep: 1, rows: w, rowStep: length, length }
    return () => {
      x.fill(0)
      for (let s = 0; s < samples; s++) addScaledRows(sum, x, s * length, s * units, 0)
    }
  },
}

export const denseWeight: Kernel = {
  bind: (step, memory) => {
    const { inputs, output: w } = stretches(step, memory)
    const [x, y] = inputs as [typeof w, typeof w]
    const units = step.output.shape[0]!
    const length = w.length / units
    const samples = sizeOf(step.inputs[1]!.shape) / units
    const sum = { count: samples, scales: y, scaleStep: units, rows: x, rowStep: length, length }
    return () => {
      w.fill(0)
      for (let k = 0; k < units; k++) addScaledRows(sum, w, k * length, k, 0)
    }
  },
}
