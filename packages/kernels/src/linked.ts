// What of the JavaScript back end is there. It is linked wherever the package is imported as it
// stands; a bundler leaves it out of a page, which computes in WebAssembly, unless the page calls
// `linkJavaScript`.
import type { Backend, Memory, StepKernel } from './backend.ts'
import type { Step } from './plan/plan.ts'

/** A step that is ready to run on an arena. */
export interface BoundStep extends StepKernel {
  readonly task: () => void
}

export const linked: {
  backend?: Backend
  /** What WebAssembly falls back on for a step. */
  bindStep?: (step: Step, memory: Memory) => BoundStep
} = {}
