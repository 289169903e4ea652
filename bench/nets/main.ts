// `node bench/nets/main.ts`: training steps of the nets that people move to, ours beside PyTorch's
// where the Python named by PYTHON has it, interleaved, in samples for a second of processor time.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { median } from '../harness.ts'
import { type NetName, nets } from './nets.ts'
import { rate } from './record.ts'
import type { Reply, Request } from './serve.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(nets).join(',') },
    who: { type: 'string', default: 'strict,relaxed,torch' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.4' },
  },
})

const python = process.env.PYTHON ?? 'python3'
const here = import.meta.dirname
const ours = (options: object) => () =>
  spawn(process.execPath, [join(here, 'serve.ts'), JSON.stringify(options)], { stdio })
const torch = (threads: number) => () => {
  const args = [join(here, 'torch_nets.py'), JSON.stringify(nets), String(rate)]
  const env = { ...process.env, TORCH_THREADS: String(threads), OMP_NUM_THREADS: String(threads) }
  return spawn(python, args, { stdio, env })
}
const stdio: ['pipe', 'pipe', 'inherit'] = ['pipe', 'pipe', 'inherit']
const racers: Readonly<Record<string, () => ChildProcess>> = {
  strict: ours({}),
  relaxed: ours({ precision: 'relaxed' }),
  'strict, 2 threads': ours({ threads: 2 }),
  'relaxed, 2 threads': ours({ precision: 'relaxed', threads: 2 }),
  torch: torch(1),
  'torch, 2 threads': torch(2),
}

function start(name: string) {
  const child = racers[name]!()
  let settle: (reply: Reply) => void = () => {}
  createInterface({ input: child.stdout! }).on('line', (line) => settle(JSON.parse(line)))
  child.on('exit', (code) => settle({ failure: `exit code ${code}` }))
  const ask = (request: Request) =>
    new Promise<Reply>((resolve) => {
      settle = resolve
      child.stdin!.write(`${JSON.stringify(request)}\n`)
    })
  return { name, ask, stop: () => child.kill('SIGKILL'), rates: [] as number[] }
}

const hasTorch = spawnSync(python, ['-c', 'import torch']).status === 0
const wanted = values.who.split(/,(?! )/).filter((name) => hasTorch || !name.startsWith('torch'))
const names = values.only.split(',')
const unknown = [
  ...names.filter((name) => !(name in nets)),
  ...wanted.filter((name) => !(name in racers)),
]
if (unknown.length > 0) {
  const known = `nets ${Object.keys(nets).join(', ')}; racers ${Object.keys(racers).join(', ')}`
  throw new Error(`Nothing is named ${unknown.join(', ')}. There are ${known}.`)
}
if (!hasTorch) console.log(`PyTorch is left out: ${python} has no module torch.`)

const folder = mkdtempSync(join(tmpdir(), 'nets-'))
console.log(`| net, batch | ${wanted.join(' | ')} | costs |`)
console.log(`| --- |${' ---: |'.repeat(wanted.length)} --- |`)
for (const name of names as NetName[]) console.log(await raceOf(name))
rmSync(folder, { recursive: true })

/** A line of the table: samples a second, and how many times those of the last racer. */
async function raceOf(net: NetName): Promise<string> {
  const all = wanted.map(start)
  let costs: readonly number[] = []
  for (const [k, racer] of all.entries()) {
    const reply = await racer.ask({ net, file: join(folder, net), write: k === 0 })
    if ('failure' in reply) throw new Error(`${racer.name}: ${reply.failure}`)
    if ('costs' in reply) ({ costs } = reply)
    await racer.ask({ seconds: 1 })
  }
  for (let round = 0; round < Number(values.rounds); round++) {
    for (const { ask, rates } of all) {
      const reply = await ask({ seconds: Number(values.seconds) })
      if ('samples' in reply) rates.push(reply.samples / reply.seconds)
    }
  }
  for (const { stop } of all) stop()
  const last = all.at(-1)!
  const cells = all.map(({ rates }) => {
    const times = median(rates.map((each, round) => each / last.rates[round]!))
    return `${median(rates).toPrecision(3)} (${times.toFixed(2)}×)`
  })
  const { title, batch } = nets[net]
  const shown = `${costs[0]?.toFixed(2)} → ${costs.at(-1)?.toFixed(2)}`
  return `| ${title}, ${batch} | ${cells.join(' | ')} | ${shown} |`
}
