// `pnpm bench`: our engine beside its peers, every workload, in one interleaved run.

import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { chainSteps, chainTable } from './chain.ts'
import { ownEntrants, peerEntrants, pythonEntrants } from './entrants.ts'
import { type Result, race } from './harness.ts'
import { installPeers } from './peers/install.ts'
import { axisNames, scaleTable } from './scale.ts'
import { circumstances, table } from './table.ts'
import { verifySteps } from './verify.ts'
import { type WorkloadName, workloadNames } from './workloads.ts'

const usage = `pnpm bench [--only w1a,w2] [--engines 'backprove,jax'] [--no-peers]
           [--no-chain] [--no-verdicts] [--rounds 5] [--seconds 0.3] [--json FILE]
       pnpm bench scale [--only depth,nodes]    how times grow with the work`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    only: { type: 'string' },
    engines: { type: 'string', default: '' },
    peers: { type: 'boolean', default: true },
    chain: { type: 'boolean', default: true },
    verdicts: { type: 'boolean', default: true },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.3' },
    json: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
  allowNegative: true,
})

if (values.help) console.log(usage)
else if (positionals.length === 0) await main()
else if (positionals.join() === 'scale') scale()
else throw new Error(`There is no ${positionals.join(' ')}.\n${usage}`)

/** Of the names asked for with --only, all by default. */
function chosen(known: readonly string[], kind: string): readonly string[] {
  const names = values.only?.split(',') ?? known
  const unknown = names.filter((name) => !known.includes(name))
  if (unknown.length === 0) return names
  throw new Error(`No ${kind} is named ${unknown}. There are ${known.join(', ')}.`)
}

function scale(): void {
  const { date, machine, system, node } = circumstances()
  console.log(`${date}, ${machine}, ${system}, Node ${node}\n`)
  scaleTable(chosen(axisNames, 'axis'), console.log)
}

async function main(): Promise<void> {
  const names = chosen(workloadNames, 'workload')
  const wanted = values.engines.toLowerCase().split(',')
  const own = await ownEntrants()
  const peers = values.peers && installPeers() ? await peerEntrants() : []
  const python = values.peers ? pythonEntrants(console.log) : []
  const entrants = [...own, ...peers, ...python].filter(({ name }) =>
    wanted.some((part) => name.toLowerCase().includes(part)),
  )
  const effort = { rounds: Number(values.rounds), seconds: Number(values.seconds) }
  const { date, machine, system, node } = circumstances()
  console.log(`${date}, ${machine}, ${system}, Node ${node}`)
  console.log(`float32, medians of ${effort.rounds} rounds of ${effort.seconds} s\n`)

  const results: Result[] = []
  for (const name of names as WorkloadName[]) {
    const found = await race(name, entrants, effort, console.log)
    results.push(...found)
    console.log(`${table(found, own[0]?.name ?? '')}\n`)
  }
  const chain = values.chain ? chainSteps() : []
  if (chain.length > 0) console.log(chainTable(chain))
  const verdicts = values.verdicts ? verifySteps(console.log) : []
  if (values.json) {
    const record = { ...circumstances(), results, chain, verdicts }
    writeFileSync(values.json, `${JSON.stringify(record, null, 2)}\n`)
  }
}
