// Whole training steps on engines written by others: bookCnn and leNet5, SGD and Adam, 100 steps
// from one start on the same data; the parameters are those of the reference.
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  createOrtStep,
  moduleOfStep,
  type OrtRuntime,
  toOnnx,
  toStableHLO,
} from '@backprove/interop'
import { compile } from '@backprove/kernels'
import {
  adam,
  bookCnn,
  decodeSafetensors,
  encodeSafetensors,
  leNet5,
  type Model,
  type RecordedStep,
  recordStep,
  sgd,
} from '@backprove/nn'
import { afterAll, describe, expect, test } from 'vitest'
import { peersInstalled } from '../../bench/peers/install.ts'

const STEPS = 100
const BATCH = 8
const SAMPLES = 4 * BATCH

const hasJax = (python: string): boolean =>
  spawnSync(python, ['-c', 'import jax'], { stdio: 'ignore' }).status === 0
const python = [process.env.PYTHON ?? 'python3', '/usr/bin/python3'].find(hasJax)
if (!python) console.log('No step runs on XLA: no python3 here has the module jax.')
if (!peersInstalled()) {
  console.log('No step runs on ONNX Runtime: the peers are not installed (pnpm bench does it).')
}

const nets = { bookCnn: () => bookCnn(), leNet5: () => leNet5({ input: [1, 16, 16], classes: 4 }) }
const optimizers = { sgd: () => sgd({ rate: 0.02 }), adam: () => adam() }
type Run = readonly [net: keyof typeof nets, optimizer: keyof typeof optimizers]
const runs: readonly Run[] = [
  ['bookCnn', 'sgd'],
  ['bookCnn', 'adam'],
  ['leNet5', 'sgd'],
  ['leNet5', 'adam'],
]

interface Prepared {
  readonly model: Model
  readonly step: RecordedStep
  readonly data: { readonly x: Float32Array; readonly t: Float32Array }
  /** The state after all steps, by the kernels here. */
  readonly wanted: Readonly<Record<string, ArrayLike<number>>>
}

const startOf = ({ model, step }: Pick<Prepared, 'model' | 'step'>) =>
  Object.fromEntries(
    step.state.map(([{ name = '', shape }]) => [
      name,
      Float32Array.from(model.values[name] ?? new Float32Array(shape.reduce((a, b) => a * b, 1))),
    ]),
  )

const batchOf = ({ data }: Prepared, k: number) => {
  const part = (all: Float32Array) => {
    const length = all.length / SAMPLES
    const from = (k * BATCH) % SAMPLES
    return all.slice(from * length, (from + BATCH) * length)
  }
  return { x: part(data.x), t: part(data.t) }
}

const scheduled = ({ step }: Prepared, k: number) =>
  Object.fromEntries(
    Object.entries(step.feeds(k)).map(([name, value]) => [name, Float32Array.of(value)]),
  )

function prepare([net, optimizer]: Run): Prepared {
  const model = nets[net]()
  const step = recordStep(model, optimizers[optimizer](), BATCH)
  const [size, classes] = [step.x.shape, step.t.shape].map((shape) => shape.slice(1))
  const x = Float32Array.from({ length: SAMPLES * size!.reduce((a, b) => a * b, 1) }, (_, k) =>
    Math.abs(Math.sin(k * 1.7)),
  )
  const t = new Float32Array(SAMPLES * classes![0]!)
  for (let k = 0; k < SAMPLES; k++) t[k * classes![0]! + (k % classes![0]!)] = 1
  const prepared = { model, step, data: { x, t }, wanted: {} }
  const program = compile({ cost: step.cost }, { state: step.state })
  program.setState(startOf(prepared))
  for (let k = 0; k < STEPS; k++)
    program.run({ ...batchOf(prepared, k), ...scheduled(prepared, k) })
  return { ...prepared, wanted: program.getState() }
}

/** The network's own parameters; what Adam divides by may differ where it is close to 0. */
function compare({ model, wanted }: Prepared, got: Readonly<Record<string, ArrayLike<number>>>) {
  for (const { name = '' } of model.parameters) {
    const worst = Math.max(
      ...Array.from(wanted[name]!, (right, k) => Math.abs(right - got[name]![k]!)),
    )
    expect(worst, name).toBeLessThan(1e-5)
  }
}

describe.each(runs)('%s with %s', (...run) => {
  test.skipIf(!peersInstalled()).each(['with', 'without'])(
    'on ONNX Runtime %s shortcuts',
    async (how) => {
      const prepared = prepare(run)
      const require = createRequire(new URL('../../bench/peers/package.json', import.meta.url))
      const runtime = require('onnxruntime-node') as OrtRuntime
      const { outputs, ...options } = moduleOfStep(prepared.step)
      const lines = how === 'without' ? { shortcuts: new Map() } : {}
      const { bytes } = toOnnx(outputs, { ...options, ...lines })
      const step = await createOrtStep(bytes, { runtime, providers: ['nowhere', 'cpu'] })
      expect(step.provider).toBe('cpu')
      step.setState(startOf(prepared))
      for (let k = 0; k < STEPS; k++) {
        await step.run({ ...batchOf(prepared, k), ...scheduled(prepared, k) })
      }
      compare(prepared, await step.getState())
      await step.release()
    },
  )

  const folder = mkdtempSync(join(tmpdir(), 'backprove-step-'))
  afterAll(() => rmSync(folder, { recursive: true }))

  test.skipIf(!python).each([
    ['1 device', 1, 1],
    ['8 devices', 8, 1],
    ['2 processes', 2, 2],
  ])(
    'on XLA with %s',
    async (_, devices, processes) => {
      const prepared = prepare(run)
      const at = (name: string) => join(folder, name)
      const { outputs, ...options } = moduleOfStep(prepared.step)
      const { mlir, manifest } = toStableHLO(outputs, options)
      writeFileSync(at('step.mlir'), mlir)
      writeFileSync(at('step.manifest.json'), JSON.stringify(manifest))
      const shapes = new Map(manifest.inputs.map(({ name, shape }) => [name, shape]))
      const tensors = Object.entries(startOf(prepared)).map(
        ([name, data]) => [name, { shape: shapes.get(name)!, data }] as const,
      )
      writeFileSync(at('step.safetensors'), encodeSafetensors(new Map(tensors)))
      const data = Object.entries(prepared.data).map(
        ([name, data]) =>
          [name, { shape: [SAMPLES, ...shapes.get(name)!.slice(1)], data }] as const,
      )
      writeFileSync(at('data.safetensors'), encodeSafetensors(new Map(data)))
      const script = fileURLToPath(
        new URL('../../packages/interop/python/train_xla.py', import.meta.url),
      )
      const args = ['step', '--data', 'data.safetensors', '--steps', String(STEPS)]
      const files = ['--out', 'out.safetensors', '--report', 'report.json']
      const port = 20_000 + (process.pid % 30_000)
      const all = Array.from({ length: processes }, (_, k) => {
        const where = ['--coordinator', `127.0.0.1:${port}`, '--processes', String(processes)]
        const several = processes > 1 ? [...where, '--process', String(k)] : []
        return launch(python!, [script, ...args, ...files, ...several], folder, devices / processes)
      })
      for (const { code, errors } of await Promise.all(all)) expect(code, errors).toBe(0)
      const report = JSON.parse(readFileSync(at('report.json'), 'utf8'))
      expect([report.devices, report.processes]).toEqual([devices, processes])
      const got = decodeSafetensors(readFileSync(at('out.safetensors'))).tensors
      compare(
        prepared,
        Object.fromEntries([...got].map(([name, { data }]) => [name, data as Float32Array])),
      )
      if (devices === 1) return
      // The gradients of all parameters and the cost: nothing else travels.
      const parameters = prepared.model.parameters.reduce(
        (sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1),
        0,
      )
      expect(report.collectives).toMatchObject({
        'all-reduce': 1,
        'all-gather': 0,
        'numbers reduced': parameters + 1,
      })
    },
    300_000,
  )
})

/** A process of its own, with so many devices that are forced from one processor. */
function launch(command: string, args: readonly string[], cwd: string, devices: number) {
  const flags = `--xla_force_host_platform_device_count=${devices}`
  const env = { ...process.env, JAX_PLATFORMS: 'cpu', XLA_FLAGS: flags, NPROC: '8' }
  const child = spawn(command, args, { cwd, env })
  let errors = ''
  child.stderr.on('data', (part) => {
    errors = (errors + part).slice(-3000)
  })
  child.stdout.resume()
  return new Promise<{ code: number | null; errors: string }>((done) => {
    child.on('close', (code) => done({ code, errors }))
  })
}
