// How every package is built, run from the package's folder: the library, and the command and the
// worker if any.

import { copyFileSync, existsSync } from 'node:fs'
import { defineConfig } from 'tsup'

const hasCommand = existsSync('src/main.ts')
const command = hasCommand ? { cli: 'src/main.ts' } : {}
const threads = 'src/wasm/threads/worker.ts'
const worker = existsSync(threads) ? { worker: threads } : {}

export default defineConfig({
  entry: { index: 'src/index.ts', ...command, ...worker },
  format: ['esm'],
  target: 'node20',
  dts: { entry: 'src/index.ts' },
  clean: true,
  // The demo of the installed command checks the same notes as the repository's.
  onSuccess: async () => {
    if (hasCommand) copyFileSync('../../examples/notes.md', 'dist/notes.md')
  },
})
