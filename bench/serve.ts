// The process of one candidate: reads requests as lines of JSON, works, answers as lines of JSON.
// One process each keeps engines from sharing a heap, a compiler or a thread pool.
// Usage: node serve.ts MODULE NAME

import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import type { Candidates, Job } from './candidate.ts'
import type { Reply, Request } from './protocol.ts'
import { workload } from './workloads.ts'

const [module = '', name = ''] = process.argv.slice(2)
const { candidates } = (await import(pathToFileURL(module).href)) as { candidates: Candidates }
const candidate = candidates.find((other) => other.name === name)
if (!candidate) throw new Error(`${module} has no candidate named ${name}.`)

let job: Job | undefined

for await (const line of createInterface({ input: process.stdin })) {
  const reply = await answer(JSON.parse(line) as Request).catch((error: unknown) => ({
    failure: error instanceof Error ? error.message : String(error),
  }))
  process.stdout.write(`${JSON.stringify(reply)}\n`)
}

async function answer(request: Request): Promise<Reply> {
  if ('prepare' in request) {
    const make = candidate?.workloads[request.prepare]
    if (!make) return { absent: true }
    job = await make()
    return { costs: await costs(job, workload(request.prepare).compareAfter ?? 0) }
  }
  if (!job) throw new Error('No workload has been prepared.')
  return measure(job, request.seconds)
}

/** The costs of the first and of the last 96 samples (or one run, if longer) of `samples`. */
async function costs({ run, samplesPerRun, cost }: Job, samples: number): Promise<number[]> {
  if (!cost || samples === 0) {
    await run()
    return []
  }
  const window = Math.ceil(96 / samplesPerRun)
  const each: number[] = []
  for (let done = 0; done < samples; done += samplesPerRun) {
    await run()
    each.push(await cost())
  }
  const total = (part: number[]) => part.reduce((a, b) => a + b, 0)
  const whole = samplesPerRun === 64 ? 1 : window
  return [total(each.slice(0, whole)), total(each.slice(-whole))]
}

/** Runs for at least `seconds`; the clock is read after 1, 2, 4, … runs. */
async function measure({ run, samplesPerRun }: Job, seconds: number): Promise<Reply> {
  const start = performance.now()
  let runs = 0
  let elapsed = 0
  for (let chunk = 1; elapsed < seconds; chunk *= 2) {
    for (let i = 0; i < chunk; i++) {
      const result = run()
      if (result instanceof Promise) await result
    }
    runs += chunk
    elapsed = (performance.now() - start) / 1000
  }
  return { samples: runs * samplesPerRun, seconds: elapsed }
}
