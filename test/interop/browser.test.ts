// A training step in a browser: 100 steps of the book's net on ONNX Runtime's WebGPU (a GPU in
// software where there is none) and on its WebAssembly; and what the step costs a page.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { moduleOfStep, toOnnx } from '@backprove/interop'
import { compile } from '@backprove/kernels'
import { adam, bookCnn, recordStep, sgd } from '@backprove/nn'
import { build } from 'tsup'
import { afterAll, expect, test } from 'vitest'
import { peersInstalled } from '../../bench/peers/install.ts'

const browser = ['chromium-headless-shell', 'chromium'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
)
const canRun = browser !== undefined && peersInstalled()
if (!canRun) {
  console.log('No step runs in a browser: no Chromium is installed, or the peers are not.')
}

const folder = mkdtempSync(join(tmpdir(), 'backprove-step-page-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function bundled(): Promise<string> {
  await build({
    config: false,
    entry: { page: fileURLToPath(new URL('browser-page.ts', import.meta.url)) },
    outDir: folder,
    format: ['esm'],
    platform: 'browser',
    noExternal: [/./],
    minify: true,
    treeshake: true,
    splitting: false,
    silent: true,
  })
  return readFileSync(join(folder, 'page.js'), 'utf8')
}

test('what the step adds to a page is at most 60 kB', async () => {
  expect(gzipSync(await bundled()).length).toBeLessThan(60_000)
}, 60_000)

const BATCH = 8
const STEPS = 100

const OPTIMIZERS = { sgd: () => sgd({ rate: 0.2 }), adam: () => adam() }
type Run = readonly [provider: 'webgpu' | 'wasm', optimizer: keyof typeof OPTIMIZERS]
// A GPU in software is slow: one optimiser will do, and both when they are asked for.
const runs: readonly Run[] = [
  ['webgpu', 'sgd'],
  ['wasm', 'adam'],
  ...(process.env.GPU ? ([['webgpu', 'adam']] as const) : []),
]
if (!process.env.GPU) console.log('No step of Adam runs by WebGPU: GPU=1 asks for it.')

function prepared(optimizer: keyof typeof OPTIMIZERS) {
  const model = bookCnn()
  const step = recordStep(model, OPTIMIZERS[optimizer](), BATCH)
  const numbers = (length: number, k: number) =>
    Array.from({ length }, (_, i) => Math.fround(Math.abs(Math.sin(i * 1.3 + k))))
  const feeds = Array.from({ length: STEPS }, (_, k) => ({
    x: numbers(BATCH * 36, k % 5),
    t: Array.from({ length: BATCH * 3 }, (_, i) => Number(i % 3 === Math.floor(i / 3 + k) % 3)),
    ...Object.fromEntries(Object.entries(step.feeds(k)).map(([name, v]) => [name, [v]])),
  }))
  const start = Object.fromEntries(
    step.state.map(([{ name = '', shape }]) => [
      name,
      Array.from(model.values[name] ?? new Float32Array(shape.reduce((a, b) => a * b, 1))),
    ]),
  )
  const program = compile({ cost: step.cost }, { state: step.state })
  program.setState(start)
  for (const each of feeds) program.run(each)
  const { outputs, ...options } = moduleOfStep(step)
  return {
    names: Object.keys(model.values),
    start,
    feeds,
    bytes: toOnnx(outputs, options).bytes,
    wanted: program.getState(),
  }
}

const TYPES: Readonly<Record<string, string>> = {
  js: 'text/javascript',
  mjs: 'text/javascript',
  wasm: 'application/wasm',
  json: 'application/json',
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = ''
  for await (const part of request) body += part
  return body
}

test.runIf(canRun).each(runs)(
  'the book’s net trains by %s with %s as it does here',
  async (provider, optimizer) => {
    const { names, start, feeds, bytes, wanted } = prepared(optimizer)
    const runtime = provider === 'webgpu' ? '/ort/ort.webgpu.min.mjs' : '/ort/ort.wasm.min.mjs'
    const files: Record<string, string | Uint8Array> = {
      '/': '<!doctype html><script type="module" src="/page.js"></script>',
      '/page.js': await bundled(),
      '/step.onnx': bytes,
      '/given.json': JSON.stringify({ provider, runtime, start, feeds }),
    }
    const engine = fileURLToPath(
      new URL('../../bench/peers/node_modules/onnxruntime-web/dist/', import.meta.url),
    )
    let child: ChildProcess | undefined
    let done: (body: string) => void = () => {}
    const answered = new Promise<string>((resolve) => {
      done = resolve
    })
    const server = createServer(async (request, response) => {
      const path = (request.url ?? '/').split('?')[0]!
      response.setHeader('content-type', TYPES[path.split('.').at(-1)!] ?? 'text/html')
      if (path === '/done') done(await bodyOf(request))
      const file = path.startsWith('/ort/') ? readFileSync(engine + basename(path)) : files[path]
      response.statusCode = file === undefined && path !== '/done' ? 404 : 200
      response.end(file)
    })
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      const gpu = ['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader']
      const flags = ['--headless', '--no-sandbox', ...gpu, '--enable-features=Vulkan']
      const profile = `--user-data-dir=${join(folder, `${provider}-${optimizer}`)}`
      const address = `http://127.0.0.1:${port}/`
      // It stays until it is ended: the debugging port keeps a headless shell open.
      child = spawn(browser!, [...flags, profile, '--remote-debugging-port=0', address], {
        stdio: 'ignore',
        detached: true,
      })
      const late = setTimeout(() => done('{"error":"no answer in time"}'), 150_000)
      const answer = JSON.parse(await answered)
      clearTimeout(late)
      expect(answer.error).toBeUndefined()
      expect(answer.provider).toBe(provider)
      // What Adam divides by may differ where it is close to 0.
      for (const name of names) {
        const right = wanted[name]!
        const worst = Math.max(
          ...Array.from(right, (value, k) => Math.abs(value - answer.state[name][k])),
        )
        expect(worst, name).toBeLessThan(1e-5)
      }
    } finally {
      // The command may be a script around the browser: its whole group is ended.
      if (child?.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
      server.close()
    }
  },
  200_000,
)
