// What the benchmark and a candidate's process say to each other: one JSON object on each line.

import type { WorkloadName } from './workloads.ts'

export type Request = { prepare: WorkloadName } | { seconds: number }

export type Reply =
  /** Prepared. For training: the cost of the first and of the last window of samples. */
  | { costs: number[] }
  | { samples: number; seconds: number }
  /** The candidate does not offer this workload. */
  | { absent: true }
  | { failure: string }
