// A session under an editor says what a fresh check says; edits.ts tries a thousand edits.
import { expect, test } from 'vitest'
import { differences } from './edits.ts'

test('forty random edits give the verdicts of a fresh check', async () => {
  expect(await differences(40, 1)).toEqual([])
})
