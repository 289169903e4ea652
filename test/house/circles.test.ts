// No file needs, by however many steps, a file that needs it. In the package that proves, readings
// call themselves through several files of a folder: see verify.test.ts.
import { expect, test } from 'vitest'
import { needsOf, reached } from './reached.ts'
import { sources } from './sources.ts'

const files = sources.filter((path) =>
  /^packages\/(?!verify\/)[^/]+\/src\/.*(?<!\.test)\.ts$/.test(path),
)

const needs = needsOf(files)

test('types stand at the bottom: no circle of imports', () => {
  // One entry as an expression: three files that are one recursive reading.
  const isRecursion = (path: string): boolean => /\/element(-\w+)?\.ts$/.test(path)
  const circular = files.filter((path) => !isRecursion(path) && reached(path, needs).has(path))
  expect(files.length).toBeGreaterThan(700)
  expect(circular).toEqual([])
})
