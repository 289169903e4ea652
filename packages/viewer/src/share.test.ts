// Documents in links: there and back, and nothing that was not meant as one.
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { MOST_CHARACTERS, pack, unpack } from './share.ts'

it('there and back', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 300 }), async (text) => {
      fc.pre(text !== '')
      const packed = await pack(text)
      expect(packed).toMatch(/^[\w-]*$/)
      expect(await unpack(packed)).toBe(text)
    }),
    { seed: 3, numRuns: 60 },
  )
})

it('refuses what is no document, and bombs', async () => {
  const bomb = deflateRawSync(Buffer.alloc(300_000_000)).toString('base64url')
  expect(bomb.length).toBeLessThan(500_000)
  const before = process.memoryUsage().arrayBuffers
  expect(await unpack(bomb)).toBeUndefined()
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(50_000_000)
  expect(await unpack(await pack('x'.repeat(MOST_CHARACTERS)))).toHaveLength(MOST_CHARACTERS)
  expect(await unpack(await pack('x'.repeat(MOST_CHARACTERS + 1)))).toBeUndefined()
  for (const text of ['', 'AAAA', '%%%', '<script>', 'a'.repeat(5000)]) {
    expect(await unpack(text)).toBeUndefined()
  }
  expect(
    await unpack(deflateRawSync(Buffer.from([255, 254])).toString('base64url')),
  ).toBeUndefined()
})
