// pnpm test:quick: what fails most often when something is broken, in under two minutes on two
// cores. Left out is what takes longest: programs compared over many random networks, documents and
// examples run, browsers, other engines. `pnpm test` runs everything.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const SLOW = [
  'test/{soundness,claims,authors,networks,laws,docs,pages,torch,interop,mistakes}/**',
  'test/examples.test.ts',
  'bench/**',
  'packages/kernels/src/wasm/**',
  'packages/kernels/src/{plan,testing}/**',
  'packages/graph/src/read/index-form.test.ts',
  'packages/viewer/**',
  'packages/{interop,site}/**',
  'packages/verify/src/{repair,notes,derivation,concrete,prove,witness}/**',
  'packages/verify/src/{certify,certificate,index-terms}/**',
  'packages/verify/src/*.test.ts',
]

const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const excluded = SLOW.flatMap((pattern) => ['--exclude', pattern])
const args = [vitest, 'run', ...excluded, ...process.argv.slice(2)]
const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
process.exitCode = status ?? 1
