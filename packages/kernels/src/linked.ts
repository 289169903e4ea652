// What of the JavaScript back end and of relaxed precision is there. Both are linked wherever the
// package is imported as it stands; a bundler leaves them out of a page, which computes in
// WebAssembly and strictly, unless the page calls `linkJavaScript` or `linkRelaxed`.
import type { Backend, Memory, StepKernel } from './backend.ts'
import type { Step } from './plan/plan.ts'
import type * as byTiles from './wasm/winograd/conv2d.ts'

/** A step that is ready to run on an arena. */
export interface BoundStep extends StepKernel {
  readonly task: () => void
}

export const linked: {
  backend?: Backend
  /** What WebAssembly falls back on for a step. */
  bindStep?: (step: Step, memory: Memory) => BoundStep
  /** Convolutions by Winograd's algorithm, where precision is relaxed and it costs less. */
  family?: typeof byTiles
} = {}
