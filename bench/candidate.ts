// What the benchmark measures: an engine, and the workloads it can run. No engine is named here.

import type { WorkloadName } from './workloads.ts'

/** One workload, set up and ready: parameters at their initial values, data in place. */
export interface Job {
  /** One call of the engine: `samplesPerRun` samples, and when it returns the work is done. */
  run(): unknown | Promise<unknown>
  readonly samplesPerRun: number
  /** The cost of the last run, summed over its samples and taken before the update. */
  cost?(): number | Promise<number>
}

export interface Candidate {
  /** Unique in a run: 'backprove wasm', 'TensorFlow.js cpu'. */
  readonly name: string
  readonly version: string
  readonly workloads: { readonly [Name in WorkloadName]?: () => Job | Promise<Job> }
}

/** What a module of candidates exports: `export const candidates: Candidates = […]`. */
export type Candidates = readonly Candidate[]
