// Tests stand beside their source; what crosses packages stands in test/.
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
    pool: 'threads',
    reporters: resultFile ? ['default', ['json', { outputFile: resultFile }]] : ['default'],
  },
})
