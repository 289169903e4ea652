// `node bench/nets/main.ts`: training steps of the nets that people move to, ours beside those of
// PyTorch, JAX and ONNX Runtime where they can be had (the Python named by PYTHON; bench/peers),
// interleaved, in samples for a second: of processor time, and of the clock for two threads.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { median } from '../harness.ts'
import { peersInstalled } from '../peers/install.ts'
import { type NetName, nets } from './nets.ts'
import { rate, record } from './record.ts'
import type { Reply, Request } from './serve.ts'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: Object.keys(nets).join(',') },
    who: { type: 'string', default: 'strict,relaxed,onnxruntime,jax,torch' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '0.4' },
  },
})

const python = process.env.PYTHON ?? 'python3'
const here = import.meta.dirname
const ours = (options: object) => () =>
  spawn(process.execPath, [join(here, 'serve.ts'), JSON.stringify(options)], { stdio })
const inPython = (file: string, threads: number) => () => {
  const args = [join(here, file), JSON.stringify(nets), String(rate)]
  const env = { ...process.env, TORCH_THREADS: String(threads), OMP_NUM_THREADS: String(threads) }
  return spawn(python, args, { stdio, env })
}
const onnx = () => spawn(process.execPath, [join(here, '../peers/nets-onnxruntime.ts')], { stdio })
const stdio: ['pipe', 'pipe', 'inherit'] = ['pipe', 'pipe', 'inherit']
const racers: Readonly<Record<string, () => ChildProcess>> = {
  strict: ours({}),
  relaxed: ours({ precision: 'relaxed' }),
  'strict, 2 threads': ours({ threads: 2 }),
  'relaxed, 2 threads': ours({ precision: 'relaxed', threads: 2 }),
  torch: inPython('torch_nets.py', 1),
  'torch, 2 threads': inPython('torch_nets.py', 2),
  jax: inPython('jax_nets.py', 1),
  onnxruntime: onnx,
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

const has = {
  torch: spawnSync(python, ['-c', 'import torch']).status === 0,
  jax: spawnSync(python, ['-c', 'import jax']).status === 0,
  onnxruntime: peersInstalled(),
}
const missing = Object.entries(has).flatMap(([name, is]) => (is ? [] : [name]))
const asked = values.who.split(/,(?! )/)
const wanted = asked.filter((name) => !missing.some((each) => name.startsWith(each)))
const names = values.only.split(',')
const unknown = [
  ...names.filter((name) => !(name in nets)),
  ...wanted.filter((name) => !(name in racers)),
]
if (unknown.length > 0) {
  const known = `nets ${Object.keys(nets).join(', ')}; racers ${Object.keys(racers).join(', ')}`
  throw new Error(`Nothing is named ${unknown.join(', ')}. There are ${known}.`)
}
if (missing.length > 0) {
  const where = `${python} has no such modules, bench/peers is not installed`
  console.log(`Left out: ${missing.join(', ')} (${where})`)
}

const folder = mkdtempSync(join(tmpdir(), 'nets-'))
console.log(`| net, batch | ${wanted.join(' | ')} | costs |`)
console.log(`| --- |${' ---: |'.repeat(wanted.length)} --- |`)
for (const name of names as NetName[]) console.log(await raceOf(name))
rmSync(folder, { recursive: true })

/** All take the same steps, or their times say nothing. */
function agreeing(name: string, made: readonly number[], known: readonly number[]) {
  const isOff = known.some((cost, k) => !(Math.abs(made[k]! / cost - 1) < 1e-2))
  if (isOff) throw new Error(`${name} has the costs ${made}, the first racer ${known}`)
  return made
}

/** A line of the table: samples a second, and how many times those of the last racer. */
async function raceOf(net: NetName): Promise<string> {
  const all = wanted.map(start)
  const file = join(folder, net)
  const { parameters, states, feeds } = record(nets[net])
  const arrays = [...parameters.map((name) => states[name]!), feeds.x, feeds.t]
  writeFileSync(file, Buffer.concat(arrays.map(({ buffer }) => Buffer.from(buffer))))
  let costs: readonly number[] = []
  for (const racer of all) {
    const reply = await racer.ask({ net, file })
    if ('failure' in reply) throw new Error(`${racer.name}: ${reply.failure}`)
    if ('costs' in reply) costs = agreeing(racer.name, reply.costs, costs)
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
