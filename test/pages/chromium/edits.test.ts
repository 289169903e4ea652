// The notes page under an author who edits: edits.ts tries a thousand.
import { expect, test } from 'vitest'
import { executable } from '../../../packages/viewer/src/chromium/browser.ts'
import { differencesOfPage } from './edits.ts'

test.runIf(executable)('forty random edits show the verdicts of a fresh check', async () => {
  expect(await differencesOfPage(40, 1)).toEqual([])
})
