// What maps show of a source.
import { expect, it } from 'vitest'
import { shownSources } from './maps.ts'

it('shows ours as it is written and of others the name', () => {
  const map = {
    ...{ version: 3, names: [], mappings: 'AAAA' },
    sources: ['../src/own.ts', '../../node_modules/other/other.mjs', 'made'],
    sourcesContent: ['const f = function () { return 1 }', 'others', 'made here'],
  }
  const files: Readonly<Record<string, string>> = { '../src/own.ts': 'const f = () => 1' }
  expect(shownSources(map, (source) => files[source])).toEqual({
    ...map,
    sourcesContent: ['const f = () => 1', null, 'made here'],
  })
})

it('names nothing twice: what a place was called in the source stands in the source', () => {
  const map = {
    ...{ version: 3, names: ['before', 'after'], sources: [], sourcesContent: [] },
    mappings: 'AAAA,SAASA,gBgBgBgB;;AACPC,mDAmDA',
  }
  const { names, mappings } = shownSources(map, () => undefined)
  expect(names).toEqual([])
  // A and C count from the last name; gB and mD are numbers of two digits.
  expect(mappings).toBe('AAAA,SAAS,gBgBgBgB;;AACP,mDAmDA')
})
