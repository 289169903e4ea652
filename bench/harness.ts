// Measures candidates in turn, again and again, and reports medians. It never judges.

import { type ChildProcess, spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { Reply, Request } from './protocol.ts'
import { type WorkloadName, workload } from './workloads.ts'

/** How to start a candidate's process. */
export interface Entrant {
  readonly name: string
  readonly version: string
  readonly command: string
  readonly args: readonly string[]
}

export interface Result {
  readonly workload: WorkloadName
  readonly name: string
  readonly version: string
  /** Samples per second, or GFLOP/s where the workload counts operations: median of the rounds. */
  readonly rate: number
  readonly unit: 'samples/s' | 'GFLOP/s'
  readonly rounds: number
  readonly costs: readonly number[]
}

export interface Effort {
  readonly rounds: number
  /** Of each candidate in each round. */
  readonly seconds: number
}

/**
 * Runs one workload on every entrant, interleaved. Entrants that do not offer it are left out;
 * failures are told to `report` and left out. An entrant much slower than its share of time
 * takes part in fewer rounds.
 */
export async function race(
  name: WorkloadName,
  entrants: readonly Entrant[],
  { rounds, seconds }: Effort,
  report: (line: string) => void,
): Promise<Result[]> {
  const racers: { entrant: Entrant; process: Talker; costs: number[]; rates: number[] }[] = []
  const { flopPerSample } = workload(name)
  try {
    for (const entrant of entrants) {
      const process = start(entrant)
      const reply = await process.ask({ prepare: name })
      if ('costs' in reply) racers.push({ entrant, process, costs: reply.costs, rates: [] })
      else {
        process.stop()
        if ('failure' in reply) report(`${entrant.name} failed: ${reply.failure}`)
      }
    }
    const spent = new Map<Entrant, number>()
    for (let round = 0; round < rounds; round++) {
      for (const { entrant, process, rates } of racers) {
        if ((spent.get(entrant) ?? 0) > 4 * rounds * seconds) continue
        const reply = await process.ask({ seconds })
        if ('samples' in reply) {
          spent.set(entrant, (spent.get(entrant) ?? 0) + reply.seconds)
          rates.push(((flopPerSample ?? 1e9) * reply.samples) / reply.seconds / 1e9)
        } else if ('failure' in reply) report(`${entrant.name} failed: ${reply.failure}`)
      }
    }
  } finally {
    for (const { process } of racers) process.stop()
  }
  return racers
    .filter(({ rates }) => rates.length > 0)
    .map(({ entrant, costs, rates }) => ({
      workload: name,
      name: entrant.name,
      version: entrant.version,
      rate: median(rates),
      unit: flopPerSample ? 'GFLOP/s' : 'samples/s',
      rounds: rates.length,
      costs,
    }))
}

interface Talker {
  ask(request: Request): Promise<Reply>
  stop(): void
}

function start({ command, args }: Entrant): Talker {
  const child: ChildProcess = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  let complaint = ''
  child.stderr?.on('data', (text) => {
    complaint = (complaint + text).slice(-2000)
  })
  // An engine may print lines of its own: only objects are replies.
  let resolve: (reply: Reply) => void = () => {}
  if (child.stdout) {
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line))
    })
  }
  const ended = new Promise<Reply>((settle) => {
    child.on('error', (error) => settle({ failure: error.message }))
    child.on('exit', (code) => settle({ failure: lastLines(complaint) || `exit code ${code}` }))
  })
  child.stdin?.on('error', () => {})
  return {
    ask(request) {
      const reply = new Promise<Reply>((settle) => {
        resolve = settle
      })
      child.stdin?.write(`${JSON.stringify(request)}\n`)
      return Promise.race([reply, ended])
    },
    stop: () => child.kill('SIGKILL'),
  }
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-3).join(' ')

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}
