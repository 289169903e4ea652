// Where the time of a W2 training step goes: every phase of its program as a module of its own over
// one memory, run in order, each timed. Microseconds a sample; the sum exceeds the whole program by
// what the clock costs. `node bench/profile.ts resnet20 --relaxed`: of a net of `nets/nets.ts`, its
// phases by kernel.
import { buildPlan } from '../packages/kernels/src/plan/build.ts'
import { wasmBackend } from '../packages/kernels/src/wasm/backend/backend.ts'
import { writeStep } from '../packages/kernels/src/wasm/backend/steps.ts'
import { pageBytes } from '../packages/kernels/src/wasm/encoder/index.ts'
import { engine, type WasmMemory } from '../packages/kernels/src/wasm/engine.ts'
import { type Kernel, readBeyond } from '../packages/kernels/src/wasm/kernel.ts'
import { lanesOf } from '../packages/kernels/src/wasm/lanes.ts'
import { encodeProgram } from '../packages/kernels/src/wasm/program.ts'
import { graphs } from './graphs.ts'
import { type NetName, nets } from './nets/nets.ts'
import { record } from './nets/record.ts'
import '../packages/kernels/src/wasm/seldom/seldom.ts'

const precision = process.argv.includes('--relaxed') ? 'relaxed' : 'strict'
const lanes = lanesOf('float32', precision)
const net = nets[process.argv[2] as NetName]
const recorded = net && record(net)
const samples = net?.batch ?? 64
const { output, state, states, feeds } = recorded
  ? { ...recorded, output: recorded.cost }
  : graphs.w2()
const plan = buildPlan({
  outputs: [output],
  states: state,
  dtype: 'float32',
  precision,
  laws: wasmBackend.laws,
  alignment: wasmBackend.alignment,
  scratch: (node) => wasmBackend.scratch(node, 'float32', precision),
  finishes: (node) => wasmBackend.finishes?.(node, 'float32', precision) ?? false,
})
const base = 64
const pages = Math.ceil((base + 4 * plan.length + readBeyond) / pageBytes)
const memory: WasmMemory = new engine.Memory({ initial: pages })
const floats = new Float32Array(memory.buffer, base)
const values: Readonly<Record<string, Float32Array>> = { ...feeds, ...states }
for (const { name, place } of [...plan.feeds, ...plan.states]) {
  floats.set(values[name]!, place.offset)
}
for (const { place, data } of plan.constants) floats.set(data, place.offset)

const load = (kernels: readonly Kernel[]) => {
  const bytes = encodeProgram({ kernels, memory: { pages }, importMemory: true })
  const { exports } = new engine.Instance(new engine.Module(bytes), { env: { memory } })
  return (exports as { run(times: number): void }).run
}
// No place here is out of range.
const unrefused = { address: 0, code: 0 }
const kernels = plan.steps.map((step) =>
  // Phases for what is not finite are not entered.
  writeStep(lanes, step, base, unrefused)!.filter((phase) => phase.when === undefined),
)
const whole = load(kernels)
const parts = plan.steps.flatMap((step, k) =>
  kernels[k]!.map((phase) => ({ node: step.label, phase: phase.name, run: load([[phase]]) })),
)
const median = (values: number[]): number =>
  values.sort((a, b) => a - b)[Math.floor(values.length / 2)]!
const time = (run: (times: number) => void): number => {
  const start = performance.now()
  run(1)
  return performance.now() - start
}

const times = [...parts.map((): number[] => []), []]
const rounds = Number(process.env.ROUNDS ?? (net ? 40 : 400))
for (let round = 0; round < rounds; round++) {
  parts.forEach(({ run }, k) => {
    times[k]!.push(time(run))
  })
  times.at(-1)!.push(time(whole))
}
const perSample = (values: number[]): string =>
  ((1000 * median(values.slice(rounds / 4))) / samples).toFixed(2).padStart(7)
if (net) byKernel()
else
  parts.forEach(({ node, phase }, k) => {
    console.log(`${perSample(times[k]!)}  ${node.padEnd(18)} ${phase}`)
  })
const total = times.slice(0, -1).reduce((sum, each) => sum + median(each.slice(rounds / 4)), 0)
console.log(`${((1000 * total) / samples).toFixed(2).padStart(7)}  together`)
const one = median(times.at(-1)!.slice(rounds / 4))
console.log(
  `${perSample(times.at(-1)!)}  the whole program: ${(samples / one).toFixed(1)} k samples/s`,
)

/** Shares of the whole. Nodes of a net are called by their op and a number. */
function byKernel(): void {
  const shares = new Map<string, number>()
  const medians = times.slice(0, -1).map((each) => median(each.slice(rounds / 4)))
  const all = medians.reduce((a, b) => a + b)
  parts.forEach(({ node, phase }, k) => {
    const kind = `${node.replace(/ #\d+$/, '').padEnd(18)} ${phase}`
    shares.set(kind, (shares.get(kind) ?? 0) + medians[k]! / all)
  })
  for (const [kind, share] of [...shares].sort((a, b) => b[1] - a[1])) {
    console.log(`${(100 * share).toFixed(1).padStart(6)} %  ${kind}`)
  }
}
