// What maps show of a source.
import { expect, it } from 'vitest'
import { shownSources } from './maps.ts'

it('shows ours as it is written and of others the name', () => {
  const map = {
    ...{ version: 3, mappings: 'AAAA' },
    sources: ['../src/own.ts', '../../node_modules/other/other.mjs', 'made'],
    sourcesContent: ['const f = function () { return 1 }', 'others', 'made here'],
  }
  const files: Readonly<Record<string, string>> = { '../src/own.ts': 'const f = () => 1' }
  expect(shownSources(map, (source) => files[source])).toEqual({
    ...map,
    sourcesContent: ['const f = () => 1', null, 'made here'],
  })
})
