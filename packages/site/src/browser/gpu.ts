// Trains LeNet-5 step by step on ONNX Runtime, and tells which engine ran, the cost and the time.
import { createOrtStep, type OrtRuntime } from '@backprove/interop'

interface Given {
  readonly start: Readonly<Record<string, string>>
  readonly count: number
  readonly side: number
  readonly classes: number
  readonly batch: number
  readonly x: string
  readonly t: string
  readonly rate: number
}

const STEPS = 300
/** Of steps between two pictures of the costs. */
const SHOWN = 5

const element = <T extends Element>(id: string): T => document.querySelector<T>(`#${id}`)!
const told = element<HTMLElement>('told')
const train = document.querySelector<HTMLButtonElement>('#train')
const stop = document.querySelector<HTMLButtonElement>('#stop')
const base = new URL('../../', import.meta.url).href

const WORDS = {
  en: {
    fetching: 'Fetching the engine …',
    compiling: 'The engine compiles the step …',
    gpu: 'the GPU (WebGPU)',
    processor: 'the processor (WebAssembly)',
    step: (k: number, where: string, cost: string, time: string) =>
      `Step ${k} of ${STEPS} on ${where}: cost ${cost}, ${time} ms a step`,
    failed: 'It does not run here:',
  },
  zh: {
    fetching: '正在下载引擎……',
    compiling: '引擎正在编译训练步……',
    gpu: 'GPU（WebGPU）',
    processor: '处理器（WebAssembly）',
    step: (k: number, where: string, cost: string, time: string) =>
      `第 ${k} 步，共 ${STEPS} 步，运行于${where}：代价 ${cost}，每步 ${time} 毫秒`,
    failed: '这里无法运行：',
  },
}
const words = WORDS[document.documentElement.lang === 'en' ? 'en' : 'zh']
document.querySelector('#unserved')?.remove()

const numbers = (text: string): Float32Array =>
  new Float32Array(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer)

/** Rows of pictures and labels, in an order that goes through all of them. */
function batches({ count, side, classes, batch, x, t }: Given) {
  const [pictures, labels] = [numbers(x), numbers(t)]
  const rows = (all: Float32Array, length: number, k: number): Float32Array => {
    const made = new Float32Array(batch * length)
    for (let n = 0; n < batch; n++) {
      // A step that shares no factor with the count meets every row before any again.
      const row = ((k * batch + n) * 211) % count
      made.set(all.subarray(row * length, (row + 1) * length), n * length)
    }
    return made
  }
  return (k: number) => ({ x: rows(pictures, side * side, k), t: rows(labels, classes, k) })
}

function draw(costs: readonly number[]): void {
  const highest = Math.max(...costs)
  const points = costs.map((cost, k) => `${(600 * k) / STEPS},${195 - (190 * cost) / highest}`)
  element('costs').firstElementChild!.setAttribute('points', points.join(' '))
}

async function run(isStopped: () => boolean): Promise<void> {
  told.textContent = words.fetching
  const engine = `${base}assets/ort/`
  const runtime = (await import(`${engine}engine.js`)) as OrtRuntime & { env: { wasm: object } }
  const wasmPaths = { mjs: `${engine}loader.js`, wasm: `${engine}engine.wasm` }
  Object.assign(runtime.env.wasm, { numThreads: 1, wasmPaths })
  const given = (await (await fetch(`${base}assets/gpu/given.json`)).json()) as Given
  const bytes = new Uint8Array(await (await fetch(`${base}assets/gpu/step.onnx`)).arrayBuffer())
  const wanted = element<HTMLSelectElement>('provider').value
  const hasGpu = wanted === 'webgpu' && 'gpu' in navigator
  const providers = hasGpu ? ['webgpu', 'wasm'] : ['wasm']
  told.textContent = words.compiling
  const step = await createOrtStep(bytes, { runtime, providers })
  const where = step.provider === 'webgpu' ? words.gpu : words.processor
  try {
    step.setState(
      Object.fromEntries(Object.entries(given.start).map(([name, data]) => [name, numbers(data)])),
    )
    const batch = batches(given)
    const costs: number[] = []
    const began = performance.now()
    for (let k = 0; k < STEPS && !isStopped(); k++) {
      const { cost } = await step.run({ ...batch(k), rate: [given.rate] })
      costs.push(Number(cost![0]))
      if (k >= SHOWN && k % SHOWN !== SHOWN - 1) continue
      draw(costs)
      const each = (performance.now() - began) / costs.length
      const recent = costs.slice(-SHOWN)
      const last = recent.reduce((a, b) => a + b) / recent.length
      told.textContent = words.step(k + 1, where, last.toFixed(4), each.toFixed(1))
      await new Promise(requestAnimationFrame)
    }
    told.dataset.provider = step.provider
    told.dataset.costs = JSON.stringify([costs[0], costs.at(-1)])
  } finally {
    await step.release()
  }
}

train?.addEventListener('click', async () => {
  let isStopped = false
  train.disabled = true
  stop!.disabled = false
  stop!.onclick = () => {
    isStopped = true
  }
  try {
    await run(() => isStopped)
  } catch (error) {
    told.textContent = `${words.failed} ${(error as Error).message ?? error}`
  }
  train.disabled = false
  stop!.disabled = true
})
