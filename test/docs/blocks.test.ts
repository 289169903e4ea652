// The reader of Markdown blocks, on a document small enough to check by eye.

import { expect, test } from 'vitest'
import { blocksOf, expectedOutputs, isRun, moduleOf } from './blocks.ts'

const document = [
  '# Title',
  '```ts',
  'const a = 1',
  '```',
  '',
  '```text',
  'one  ',
  '```',
  'prose',
  '```ts no-run',
  'fetch(a)',
  '```',
  '```ts',
  'a + 1',
  '```',
  'prose between',
  '```text',
  'not an output',
  '```',
].join('\n')

test('a module keeps the line numbers of its document', () => {
  const run = blocksOf(document).filter(isRun)
  const lines = moduleOf(run, 'mark()').split('\n')
  expect(lines.slice(0, 4)).toEqual(['', '', 'const a = 1', 'mark()'])
  expect(lines.slice(13, 15)).toEqual(['a + 1', 'mark()'])
  expect(moduleOf(run)).not.toContain('fetch')
})

test('only a text block directly after a block states its output', () => {
  expect(expectedOutputs(document)).toEqual(['one', undefined])
})

test('a fence left open is an error that names its line', () => {
  expect(() => blocksOf('text\n```ts\nconst a = 1')).toThrow('line 2')
})
