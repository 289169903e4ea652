// How every package is built, run from the package's folder: the library, and the command, the
// worker or the scripts of pages if any.

import { copyFileSync, existsSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { defineConfig } from 'tsup'

const hasCommand = existsSync('src/main.ts')
const command = hasCommand ? { cli: 'src/main.ts' } : {}
const threads = 'src/wasm/threads/worker.ts'
const worker = existsSync(threads) ? { worker: threads } : {}
const pages = 'src/build/assets.ts'

export default defineConfig({
  entry: { index: 'src/index.ts', ...command, ...worker },
  format: ['esm'],
  target: 'node20',
  dts: { entry: 'src/index.ts' },
  clean: true,
  // Only the repository bundles pages; a published package carries them.
  external: ['esbuild', 'subset-font'],
  onSuccess: async () => {
    // The demo of the installed command checks the same notes as the repository's.
    if (hasCommand) copyFileSync('../../examples/notes.md', 'dist/notes.md')
    if (existsSync(pages)) await (await import(pathToFileURL(pages).href)).writeAssets()
  },
})
