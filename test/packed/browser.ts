// The packed tarballs in a browser: a page built by vite, and one file of ESM, both of which train
// and verify in Chromium; and what bundles of a page weigh.
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build as bundle } from 'esbuild'
import { chromium } from 'playwright-core'
import { build as buildWithVite } from 'vite'

/** What the page's title must say: see page.js. */
const TITLE = 'proved true 1x6x6 2 true'

/** Times 1024 bytes, minified and gzipped, that a page may weigh which imports so much. */
const BUDGETS: readonly (readonly [what: string, most: number, imports: string])[] = [
  [
    'convolution, grad and evaluate',
    24.1,
    "export { Graph, conv2d, sum, square, grad, evaluate } from '@backprove/graph'",
  ],
  [
    'the same with compile',
    84.8,
    "export { Graph, conv2d, sum, square, grad, evaluate } from '@backprove/graph'\n" +
      "export { compile } from '@backprove/kernels'",
  ],
  [
    'nn with train',
    120.2,
    "export { network, conv, sigmoid, maxPool, dense, train, sgd } from '@backprove/nn'\n" +
      "export { squaredError } from '@backprove/graph'",
  ],
]

/** @throws Error where a page does not do what it says, or weighs too much */
export async function checkBrowser(folder: string): Promise<void> {
  for (const [what, most, imports] of BUDGETS) {
    const weight = gzipSync(await oneFile(folder, imports), { level: 9 }).length / 1024
    console.log(`${what}: ${weight.toFixed(1)} KiB of ${most}`)
    if (weight > most) throw new Error(`${what} weighs ${weight} KiB; ${most} are the budget`)
  }
  await checkLinked(folder)
  const page = readFileSync(new URL('page.js', import.meta.url), 'utf8')
  const pages = {
    'one file of ESM': await oneFile(folder, page),
    vite: await withVite(folder, page),
  }
  for (const [how, code] of Object.entries(pages)) {
    const asked = code.match(
      /(?:from|import)\s*\(?["'](?:node:[^"']+|fs|module|worker_threads)["']/,
    )
    if (asked) throw new Error(`${how}: ${asked[0]} is reachable from a page`)
    await inChromium(how, code)
  }
}

/** A bundle has one back end, and says so; it has the other where it asks for it. */
async function checkLinked(folder: string): Promise<void> {
  const load = async (name: string, program: string): Promise<unknown> => {
    const path = join(folder, name)
    const imports = "import { Graph, pow, square } from '@backprove/graph'\n"
    writeFileSync(path, await oneFile(folder, imports + program))
    const { run } = (await import(pathToFileURL(path).href)) as { run: () => unknown }
    return run()
  }
  const run =
    "export const run = () => compile([square(new Graph().input('x', [1]))], { backend: 'js' }).run({ x: [3] })[0][0]"
  const relaxed = run.replace("backend: 'js'", "precision: 'relaxed'")
  const power =
    'export const run = () => ' +
    "compile([pow(new Graph().input('x', [1]), 1.5)]).run({ x: [4] })[0][0]"
  const links = { linkJavaScript: run, linkRelaxed: relaxed, linkEveryOp: power }
  for (const [name, asked] of Object.entries(links)) {
    const program = `import { compile } from '@backprove/kernels'\n${asked}`
    const without = await load(`without-${name}.mjs`, program).catch(String)
    if (!String(without).includes(`call ${name}()`)) throw new Error(`without: ${without}`)
  }
  const linked = await load(
    'linked.mjs',
    `import { compile, linkJavaScript } from '@backprove/kernels'\nlinkJavaScript()\n${run}`,
  )
  if (linked !== 9) throw new Error(`with the JavaScript back end 3² is ${linked}`)
  const fused = await load(
    'relaxed.mjs',
    `import { compile, linkRelaxed } from '@backprove/kernels'\nlinkRelaxed()\n${relaxed}`,
  )
  if (fused !== 9) throw new Error(`with relaxed precision 3² is ${fused}`)
  const raised = await load(
    'every-op.mjs',
    `import { compile, linkEveryOp } from '@backprove/kernels'\nlinkEveryOp()\n${power}`,
  )
  if (raised !== 8) throw new Error(`with every op 4 to the 1.5 is ${raised}`)
}

async function oneFile(folder: string, contents: string): Promise<string> {
  const { outputFiles } = await bundle({
    stdin: { contents, resolveDir: folder, loader: 'js' },
    ...{ bundle: true, minify: true, format: 'esm', platform: 'browser', write: false },
    logLevel: 'error',
  })
  return outputFiles![0]!.text
}

async function withVite(folder: string, page: string): Promise<string> {
  writeFileSync(join(folder, 'page.js'), page)
  writeFileSync(join(folder, 'index.html'), '<script type="module" src="./page.js"></script>')
  const build = { outDir: 'site', emptyOutDir: true, target: 'es2023' }
  await buildWithVite({ root: folder, configFile: false, logLevel: 'warn', build })
  const assets = join(folder, 'site/assets')
  const [script, ...others] = readdirSync(assets).filter((name) => name.endsWith('.js'))
  if (others.length > 0) throw new Error(`vite made ${others.length + 1} scripts of one page`)
  return readFileSync(join(assets, script!), 'utf8')
}

async function inChromium(how: string, code: string): Promise<void> {
  const found = ['chromium-headless-shell', 'chromium']
    .map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim())
    .find(Boolean)
  if (!found) return console.log(`${how}: not tried, no Chromium is installed`)
  const args = ['--no-sandbox', '--disable-gpu']
  const browser = await chromium.launch({ executablePath: found, args })
  try {
    const page = await browser.newPage()
    const errors: string[] = []
    page.on('pageerror', (error) => errors.push(error.message))
    await page.setContent('<title>waiting</title>')
    await page.addScriptTag({ type: 'module', content: code })
    const isDone = 'document.title !== "waiting"'
    await page.waitForFunction(isDone, undefined, { timeout: 60_000 }).catch(() => {})
    const title = await page.title()
    if (title !== TITLE) throw new Error(`${how}: the page says "${title}"; ${errors.join('; ')}`)
    console.log(`${how}: trains and verifies in Chromium`)
  } finally {
    await browser.close()
  }
}
