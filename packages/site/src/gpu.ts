// A page that trains LeNet-5 on the visitor's GPU: the step as an ONNX file, numbers to start from,
// the pictures, and ONNX Runtime itself where it is installed when the site is built.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { moduleOfStep, toOnnx } from '@backprove/interop'
import { digits123, leNet5, oneHot, recordStep, sgd } from '@backprove/nn'
import { build } from 'esbuild'
import { type Language, root } from './pages.ts'

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
    // What `compile` links for who imports packages as they stand: the page needs none of it.
    logOverride: { 'ignored-bare-import': 'silent' },
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

/** What the page says before it runs; what it says then stands in browser/gpu.ts. */
const WORDS = {
  en: {
    title: 'LeNet-5 on your GPU',
    what: `One training step (forward, backward and update, recorded as a graph and exported as
ONNX) runs again and again on ONNX Runtime: on the GPU by WebGPU where your browser has it, else on
the processor by WebAssembly. 542 handwritten 1, 2 and 3, enlarged to 28×28, ${BATCH} at a time.`,
    size: 'The engine has 27 MB and is fetched when you press the button.',
    engine: 'Engine',
    either: 'WebGPU, else WebAssembly',
    train: 'Train',
    stop: 'Stop',
    costs: 'The cost of every step',
    served: 'A browser runs this page from a web server, not from a file.',
    nothing: `This site was built without ONNX Runtime, which the page needs. Whoever builds it
installs it once by <code>node bench/peers/install.ts</code>; then <code>pnpm run site</code>
copies it.`,
  },
  zh: {
    title: '在您的 GPU 上训练 LeNet-5',
    what: `同一个训练步（前向、反向和更新，记录成图并导出为 ONNX）在 ONNX Runtime 上反复运行：浏览器支持 WebGPU
时用 GPU，否则用 WebAssembly 在处理器上运行。数据是 542 个手写的 1、2、3，放大到 28×28，每次 ${BATCH} 个。`,
    size: '引擎有 27 MB，按下按钮时才下载。',
    engine: '引擎',
    either: 'WebGPU，否则 WebAssembly',
    train: '训练',
    stop: '停止',
    costs: '每一步的代价',
    served: '浏览器只从 Web 服务器运行本页，不从文件运行。',
    nothing: `本站构建时没有 ONNX Runtime，而本页需要它。构建者先运行一次
<code>node bench/peers/install.ts</code>，再运行 <code>pnpm run site</code>，它就会被复制进来。`,
  },
}

/** The engine is WebAssembly, and asks no other host for anything. */
const POLICY = [
  "default-src 'none'; style-src 'self'; font-src 'self'; connect-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'; worker-src 'self' blob:; base-uri 'none'",
].join('; ')

/** The page: it says which engine runs, what is fetched, and what it costs. */
export function gpuPage(language: Language = 'en'): string {
  const words = WORDS[language]
  const controls = `<p>${words.size}</p>
<p class="controls"><label>${words.engine} <select id="provider">
<option value="webgpu">${words.either}</option><option value="wasm">WebAssembly</option>
</select></label> <button id="train">${words.train}</button>
<button id="stop" disabled>${words.stop}</button></p>
<p id="unserved" class="quiet">${words.served}</p>`
  return `<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${words.title} · Backprove</title>
<link rel="stylesheet" href="../assets/site.css">
<script type="module" src="../assets/gpu/page.js"></script></head>
<body class="welcome"><main>
<h1>${words.title}</h1>
<p>${words.what}</p>
${hasEngine() ? controls : `<p>${words.nothing}</p>`}
<p id="told" role="status" aria-live="polite"></p>
<svg id="costs" viewBox="0 0 600 200" width="100%" role="img" aria-label="${words.costs}">
<polyline fill="none" stroke="currentColor" stroke-width="1.5"/></svg>
<p><a href="../${language}/index.html">Backprove</a></p>
</main></body></html>
`
}
