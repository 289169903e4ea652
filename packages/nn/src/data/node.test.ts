// The limits of reading, and the promise that nothing reaches for Node when it is imported.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { DataError } from './errors.ts'
import { node, readContent } from './node.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'backprove-node-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('readContent', () => {
  it('reads up to the limit, decompressed or not, and no further', () => {
    const path = join(folder, 'file')
    writeFileSync(path, new Uint8Array(100))
    expect(readContent(path, 100).length).toBe(100)
    expect(() => readContent(path, 99)).toThrow(/file: 100 bytes are more than the limit of 99/)
    writeFileSync(path, gzipSync(new Uint8Array(10_000_000)))
    expect(readContent(path, 10_000_000).length).toBe(10_000_000)
    expect(() => readContent(path, 9_999_999)).toThrow(DataError)
    expect(() => readContent(path, 9_999_999)).toThrow(/gzip: cannot be decompressed/)
  })
})

describe('node', () => {
  it('is a DataError where there is no Node', () => {
    vi.stubGlobal('process', undefined)
    try {
      expect(() => node('loadIdx')).toThrow(
        /loadIdx: platform: .* in Node alone; a page has the bytes/,
      )
    } finally {
      vi.unstubAllGlobals()
    }
  })

  it('is the only way to Node: no file here imports it', () => {
    for (const from of ['./', '../checkpoint/', '../']) {
      const place = new URL(from, import.meta.url)
      const files = readdirSync(place).filter((name) => /(?<!\.test)\.ts$/.test(name))
      for (const name of files) {
        const imports = readFileSync(new URL(name, place), 'utf8').match(/^import .*/gm) ?? []
        expect(imports.filter((line) => line.includes("'node:"))).toEqual([])
      }
    }
  })
})
