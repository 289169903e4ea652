// @backprove/kernels: compile a recorded graph to a plan over typed arrays, and run it.
export type {
  Backend,
  BackendName,
  Memory,
  Runner,
  RunnerOptions,
  StepKernel,
  Stream,
} from './backend.ts'
export { type CompileOptions, compile } from './compile.ts'
export { type Diagnosis, diagnose } from './diagnose/diagnose.ts'
export type { DiagnosedInput } from './diagnose/entries.ts'
export { CompileError, MemoryError } from './errors.ts'
export type { ExplainedStep, Explanation } from './explain/explain.ts'
export type { Feeds } from './feeds.ts'
export { linkJavaScript } from './js/linked.ts'
export type { Law } from './plan/laws/law.ts'
export { laws } from './plan/laws/laws.ts'
export type * from './plan/plan.ts'
export { type Outputs, Program, type Results } from './program.ts'
export { linkEveryOp } from './wasm/seldom/seldom.ts'
export { linkRelaxed } from './wasm/winograd/relaxed.ts'
