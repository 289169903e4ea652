// What a user's first program costs: processes that have done nothing else, of the packed packages,
// on each Node that is supported. Medians of processor time in milliseconds, of user and system.
// `node bench/cold-packed.ts [processes] [a folder where they are installed]`
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { install, NODES, pack, pathOf, root, run } from '../test/packed/install.ts'
import { median } from './harness.ts'

const used = `const { user, system } = process.cpuUsage()
console.log((user + system) / 1000)`

const PROGRAMS = {
  'an empty process': '',
  'import of nn': "import '@backprove/nn'",
  'import of verify': "import '@backprove/verify'",
  'the first training step': `import { bookCnn, digits123, sgd, train } from '@backprove/nn'
const options = { optimizer: sgd({ rate: 0.2 }), epochs: 1, batchSize: 16 }
await train(bookCnn(), digits123(), options)[Symbol.asyncIterator]().next()`,
  'the first verdict': `import { bookCnn } from '@backprove/nn'
import { verify } from '@backprove/verify'
if (verify(bookCnn(), "δ^O_n = (a^O_n - t_n) a'(z^O_n)").kind !== 'proved') throw new Error('?')`,
}

const processes = Number(process.argv[2] ?? 11)
const given = process.argv[3]
const folder = given ?? mkdtempSync(join(tmpdir(), 'cold-packed-'))
const nodes = mkdtempSync(join(tmpdir(), 'cold-nodes-'))
try {
  if (!given) {
    run('pnpm', ['run', 'build'], root)
    pack(folder)
    install(folder)
  }
  for (const version of NODES) report(pathOf(version, nodes))
} finally {
  if (!given) rmSync(folder, { recursive: true })
  rmSync(nodes, { recursive: true })
}

function report(path: string): void {
  const env = { ...process.env, PATH: path }
  console.log(execFileSync('node', ['--version'], { env, encoding: 'utf8' }).trim())
  for (const [what, program] of Object.entries(PROGRAMS)) {
    writeFileSync(join(folder, 'program.js'), `${program}\n${used}\n`)
    const times = Array.from({ length: processes }, () =>
      Number(execFileSync('node', ['program.js'], { cwd: folder, env })),
    )
    const [middle, least] = [median(times), Math.min(...times)].map((ms) => ms.toFixed(0))
    console.log(`  ${what.padEnd(26)} ${middle!.padStart(4)} ms, at least ${least}`)
  }
}
