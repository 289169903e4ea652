// In a browser whose policy lets no text become code: script-src 'self' 'wasm-unsafe-eval'.
import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'tsup'
import { expect, test } from 'vitest'

const browser = ['chromium-headless-shell', 'chromium'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
)
if (!browser) console.log('No Chromium is installed: programs are not tried in a browser.')

async function bundle(folder: string): Promise<string> {
  await build({
    config: false,
    entry: { page: fileURLToPath(new URL('../testing/page.ts', import.meta.url)) },
    outDir: folder,
    format: ['esm'],
    platform: 'browser',
    noExternal: [/./],
    splitting: false,
    silent: true,
  })
  return readFileSync(join(folder, 'page.js'), 'utf8')
}

test.runIf(browser)(
  'a page that may not make code from text trains in WebAssembly',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'backprove-page-'))
    const script = await bundle(folder)
    const server = createServer(({ url }, response) => {
      const isScript = url === '/page.js'
      response.setHeader('content-security-policy', "script-src 'self' 'wasm-unsafe-eval'")
      response.setHeader('content-type', isScript ? 'text/javascript' : 'text/html')
      response.end(isScript ? script : '<script type="module" src="/page.js"></script>')
    })
    try {
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=20000']
      const profile = `--user-data-dir=${join(folder, 'profile')}`
      const address = `http://127.0.0.1:${port}/`
      const all = [...flags, profile, '--dump-dom', address]
      const { stdout } = await promisify(execFile)(browser!, all, { timeout: 50_000 })
      const title = /<title>(.*)<\/title>/.exec(stdout)?.[1] ?? stdout
      const trained = { backend: 'wasm', fell: true }
      expect(JSON.parse(title)).toEqual([trained, trained])
    } finally {
      server.close()
      rmSync(folder, { recursive: true, force: true })
    }
  },
  60_000,
)
