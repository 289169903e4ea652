// Tests stand beside their source; what crosses packages stands in test/.
import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

const resultFile = process.env.TEST_RESULT_FILE

export default defineConfig({
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'test/**/*.test.ts',
      'build/*.test.ts',
      'bench/*.test.ts',
    ],
    setupFiles: ['test/seed.ts'],
    testTimeout: 60_000,
    // What tests share is made before them: pages are bundled, a site is built.
    hookTimeout: 60_000,
    // What a page shows in the end is waited for: other work on the machine is none of its faults.
    expect: { poll: { timeout: 20_000 } },
    // Programs that tests run are compiled once for all of them.
    env: {
      NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/node', import.meta.url)),
    },
    // Processes, not threads: a worker thread of Node that falls takes the whole run with it. One
    // process reads the sources once for all of its files: a third of the time. So a test leaves
    // nothing behind: what it spies on it restores.
    pool: 'forks',
    isolate: false,
    // Proofs leave trees behind that die soon: with room for them a tenth of the time is spared.
    execArgv: ['--max-semi-space-size=64'],
    // Every core: the process that hands files out has little to do.
    maxWorkers: '100%',
    reporters: resultFile ? ['default', ['json', { outputFile: resultFile }]] : ['default'],
  },
})
