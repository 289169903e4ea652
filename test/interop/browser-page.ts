// A page's script: 100 steps of the book's net on ONNX Runtime's WebGPU, from the bytes that the
// page's server holds; what came of it goes back to the server. Bundled by the browser test.
import { createOrtStep, type OrtRuntime } from '../../packages/interop/src/ort/step.ts'

interface Given {
  readonly provider: string
  readonly runtime: string
  readonly start: Readonly<Record<string, readonly number[]>>
  readonly feeds: readonly Readonly<Record<string, readonly number[]>>[]
}

const page = globalThis as unknown as {
  fetch(
    path: string,
    options?: object,
  ): Promise<{ json(): Promise<Given>; bytes(): Promise<Uint8Array> }>
  console: { log: (...parts: unknown[]) => void; [level: string]: unknown }
}

async function trained(): Promise<object> {
  const given = await (await page.fetch('/given.json')).json()
  const bytes = await (await page.fetch('/step.onnx')).bytes()
  const runtime = (await import(given.runtime)) as OrtRuntime & { env: { wasm: object } }
  Object.assign(runtime.env.wasm, { numThreads: 1, wasmPaths: '/ort/' })
  const step = await createOrtStep(bytes, {
    runtime,
    providers: [given.provider],
    // A node that the GPU has no kernel for would go to the processor in silence.
    session:
      given.provider === 'webgpu' ? { extra: { session: { disable_cpu_ep_fallback: '1' } } } : {},
  })
  step.setState(given.start)
  for (const feeds of given.feeds) await step.run(feeds)
  const state = await step.getState()
  return {
    provider: step.provider,
    state: Object.fromEntries(Object.entries(state).map(([name, data]) => [name, [...data]])),
  }
}

trained()
  .catch((error: Error) => ({ error: `${error.message ?? error}` }))
  .then((answer) => page.fetch('/done', { method: 'POST', body: JSON.stringify(answer) }))
