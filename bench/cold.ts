// The first training step of W2 in processes that have done nothing else, as the packages are
// published: bundled JavaScript. Medians in milliseconds. `node bench/cold.ts [processes]`
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build, type Options } from 'tsup'
import type { Times } from './cold-step.ts'
import { median } from './harness.ts'

const folder = mkdtempSync(join(tmpdir(), 'cold-'))
try {
  const entry = { step: join(import.meta.dirname, 'cold-step.ts') }
  const all: Options = { noExternal: [/./], format: 'esm', silent: true, config: false }
  await build({ ...all, entry, outDir: folder, outExtension: () => ({ js: '.mjs' }) })
  report(Number(process.argv[2] ?? 21))
} finally {
  rmSync(folder, { recursive: true })
}

function report(processes: number): void {
  const all = Array.from({ length: processes }, () => {
    return JSON.parse(String(execFileSync(process.execPath, [join(folder, 'step.mjs')]))) as Times
  })
  const print = (name: string, of: (times: Times) => number): void => {
    const values = all.map(of)
    const [middle, least] = [median(values), Math.min(...values)].map((ms) => ms.toFixed(1))
    console.log(`${name.padEnd(34)} ${middle!.padStart(6)} ms, at least ${least}`)
  }
  print('start of the process and import', (times) => times.import)
  print('recording and grad', (times) => times.record)
  print('compile', (times) => times.compile)
  print('first run', (times) => times.run)
  print('the last three together', ({ record, compile, run }) => record + compile + run)
}
