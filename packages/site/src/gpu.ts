// A page that trains LeNet-5 on the visitor's GPU: the step as an ONNX file, numbers to start from,
// the pictures, and ONNX Runtime itself where it is installed when the site is built.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { moduleOfStep, toOnnx } from '@backprove/interop'
import { digits123, leNet5, oneHot, recordStep, sgd } from '@backprove/nn'
import { build } from 'esbuild'
import { root } from './pages.ts'

const BATCH = 32
const CLASSES = 3
const RATE = 0.003
/** Each pixel of a 6×6 picture as so many, with a border of paper: 28×28. */
const TIMES = 4
const BORDER = 2
const SIDE = 28

/**
 * What the page fetches when its button is pressed, and never before: by the engine's own names,
 * and as they stand here, since not every host knows that .mjs is a script.
 */
const ENGINE = {
  'ort.webgpu.min.mjs': 'engine.js',
  'ort-wasm-simd-threaded.asyncify.mjs': 'loader.js',
  'ort-wasm-simd-threaded.asyncify.wasm': 'engine.wasm',
}

/** Every file of the page but the page. The engine has 27 MB. */
export async function gpuFiles(): Promise<Map<string, string | Uint8Array>> {
  const model = leNet5({ input: [1, SIDE, SIDE], classes: CLASSES, seed: 1 })
  const step = recordStep(model, sgd({ rate: RATE }), BATCH)
  const { outputs, ...options } = moduleOfStep(step)
  const files = new Map<string, string | Uint8Array>()
  files.set('assets/gpu/step.onnx', toOnnx(outputs, options).bytes)
  const start = Object.entries(model.values).map(([name, data]) => [name, inText(data)])
  const { images, labels, names } = digits123()
  const t = oneHot(Array.from(labels), CLASSES)
  const pictures = { count: labels.length, side: SIDE, classes: CLASSES, batch: BATCH, names }
  const data = { x: inText(enlarged(images, labels.length)), t: inText(t) }
  files.set(
    'assets/gpu/given.json',
    JSON.stringify({ start: Object.fromEntries(start), ...pictures, ...data, rate: RATE }),
  )
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('browser/gpu.ts', import.meta.url))],
    ...{ bundle: true, minify: true, write: false, format: 'esm', target: 'es2022' },
  })
  files.set('assets/gpu/page.js', outputFiles[0]!.text)
  for (const [own, name] of hasEngine() ? Object.entries(ENGINE) : []) {
    files.set(`assets/ort/${name}`, readFileSync(join(engineFolder, own)))
  }
  return files
}

const engineFolder = join(root, 'bench/peers/node_modules/onnxruntime-web/dist')
const hasEngine = (): boolean =>
  Object.keys(ENGINE).every((name) => existsSync(join(engineFolder, name)))

/** Numbers as the bytes of float32 in base64. */
const inText = (data: ArrayLike<number>): string =>
  Buffer.from(Float32Array.from(data).buffer).toString('base64')

function enlarged(images: Float32Array, count: number): Float32Array {
  const made = new Float32Array(count * SIDE * SIDE)
  for (let k = 0; k < made.length; k++) {
    const [n, row, column] = [Math.floor(k / SIDE ** 2), Math.floor(k / SIDE) % SIDE, k % SIDE]
    const [i, j] = [row, column].map((at) => Math.floor((at - BORDER) / TIMES))
    const isInside = i! >= 0 && i! < 6 && j! >= 0 && j! < 6
    made[k] = isInside ? images[n * 36 + 6 * i! + j!]! : 0
  }
  return made
}

const NOTHING = `This site was built without ONNX Runtime, which the page needs. Whoever builds it
installs it once by <code>node bench/peers/install.ts</code>; then <code>pnpm run site</code>
copies it.`

/** The engine is WebAssembly, and asks no other host for anything. */
const POLICY = [
  "default-src 'none'; style-src 'self'; font-src 'self'; connect-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; base-uri 'none'",
].join('; ')

/** The page: it says which engine runs, what is fetched, and what it costs. */
export const gpuPage = (): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>LeNet-5 on your GPU · Backprove</title>
<link rel="stylesheet" href="../assets/site.css">
<script type="module" src="../assets/gpu/page.js"></script></head>
<body class="welcome"><main>
<h1>LeNet-5 on your GPU</h1>
<p>One training step (forward, backward and update, recorded as a graph and exported as ONNX) runs
again and again on ONNX Runtime: on the GPU by WebGPU where your browser has it, else on the
processor by WebAssembly. 542 handwritten 1, 2 and 3, enlarged to 28×28, ${BATCH} at a time.</p>
${
  hasEngine()
    ? `<p>The engine has 27 MB and is fetched when you press the button.</p>
<p><label>Engine <select id="provider"><option value="webgpu">WebGPU, else WebAssembly</option>
<option value="wasm">WebAssembly</option></select></label>
<button id="train">Train</button> <button id="stop" disabled>Stop</button></p>`
    : `<p>${NOTHING}</p>`
}
<p id="told" role="status" aria-live="polite"></p>
<svg id="costs" viewBox="0 0 600 200" width="100%" role="img" aria-label="The cost of every step">
<polyline fill="none" stroke="currentColor" stroke-width="1.5"/></svg>
<p><a href="../index.html">Backprove</a></p>
</main></body></html>
`
