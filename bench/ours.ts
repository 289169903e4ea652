// Our own engine as candidates of the benchmark. The first is the one that ratios refer to.

import { readFileSync } from 'node:fs'
import { type CompileOptions, compile } from '@backprove/kernels'
import type { Candidate, Candidates, Job } from './candidate.ts'
import { graphs } from './graphs.ts'
import type { WorkloadName } from './workloads.ts'

const manifest = new URL('../packages/kernels/package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }

/** Samples in a run, and runs in a call. */
const sizes: Readonly<Record<WorkloadName, { samples: number; times?: number }>> = {
  w1a: { samples: 96, times: 96 },
  w1b: { samples: 96 },
  w2: { samples: 64 },
  w2Forward: { samples: 64 },
  w3Forward: { samples: 8 },
  w3Input: { samples: 8 },
  w3Filter: { samples: 8 },
  w3Pointwise: { samples: 8 },
  w3Matmul: { samples: 1 },
}

export const candidates: Candidates = [
  ours('backprove', { backend: 'wasm' }),
  ours('backprove, 2 threads', { backend: 'wasm', threads: 2 }),
  ours('backprove, relaxed', { backend: 'wasm', precision: 'relaxed' }),
  ours('backprove in JavaScript', { backend: 'js' }),
]

function ours(name: string, options: CompileOptions): Candidate {
  const names = Object.keys(sizes) as WorkloadName[]
  const workloads = names.map((workload) => [workload, () => job(workload, options)])
  return { name, version, workloads: Object.fromEntries(workloads) }
}

function job(workload: WorkloadName, options: CompileOptions): Job {
  const { output, state, states, feeds } = graphs[workload]()
  const program = compile([output], { ...options, state, views: true })
  program.setState(states)
  const { samples, times } = sizes[workload]
  let latest: ArrayLike<number> = []
  return {
    samplesPerRun: samples,
    run: () => {
      latest = (times === undefined ? program.run(feeds) : program.runMany(feeds, times))[0]!
    },
    cost: () => Array.from(latest).reduce((a, b) => a + b, 0),
  }
}
