// A bundle is made once, and again when a file that it is made of has changed.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keptBundle } from './kept.ts'

test('a kept bundle is read until one of its files changes', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'backprove-kept-'))
  try {
    const text = await keptBundle('lazy.js', folder)
    expect(text).toContain('IntersectionObserver')
    const file = join(folder, 'lazy.js.json')
    const kept = JSON.parse(readFileSync(file, 'utf8'))
    const paths = kept.files.map(([path]: [string]) => path.replaceAll('\\', '/'))
    for (const part of ['browser/lazy.ts', 'build/bundle.ts', 'trim/katex.ts', 'package.json'])
      expect(paths.some((path: string) => path.endsWith(part))).toBe(true)

    writeFileSync(file, JSON.stringify({ ...kept, text: 'as it was' }))
    expect(await keptBundle('lazy.js', folder)).toBe('as it was')

    const [first, ...others] = kept.files
    for (const changed of [first[1] - 1, first[1] + 1]) {
      const files = [[first[0], changed], ...others]
      writeFileSync(file, JSON.stringify({ text: 'as it was', files }))
      expect(await keptBundle('lazy.js', folder)).toBe(text)
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
})
