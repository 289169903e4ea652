// What reading a file takes, measured: the file's bytes and the arrays made of them, with nothing
// boxed in between. The collector can only make the numbers smaller.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { squaredError } from '@backprove/graph'
import { afterAll, expect, it } from 'vitest'
import * as nn from './index.ts'

const folder = mkdtempSync(join(tmpdir(), 'backprove-memory-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = (name: string): string => join(folder, name)

const taken = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}
/** Bytes taken by `read` for each byte of its file. */
function perByte(path: string, read: (path: string) => unknown): number {
  const before = taken()
  const kept = read(path)
  const growth = taken() - before
  expect(kept).toBeDefined()
  return growth / statSync(path).size
}

it('load takes at most four times the file', () => {
  const layers = [nn.dense({ units: 1000 })]
  nn.save(nn.network({ input: [2000], layers, cost: squaredError }), file('model'))
  expect(perByte(file('model'), nn.load)).toBeLessThan(4)
})

it('loadIdx takes four bytes for each pixel, and the file', () => {
  const count = 10_000
  const images = new Uint8Array(16 + count * 784)
  new Uint8Array(images.buffer).set([
    0,
    0,
    8,
    3,
    0,
    0,
    count >> 8,
    count & 255,
    0,
    0,
    0,
    28,
    0,
    0,
    0,
    28,
  ])
  const labels = new Uint8Array(8 + count)
  labels.set([0, 0, 8, 1, 0, 0, count >> 8, count & 255])
  writeFileSync(file('images'), images)
  writeFileSync(file('labels'), labels)
  expect(
    perByte(file('images'), (path) => nn.loadIdx(path, { labels: file('labels') })),
  ).toBeLessThan(6)
})
