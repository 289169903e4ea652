// The folders of the package that proves: which may know which, and that no circle of imports
// leaves its folder.

import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { needsOf, reached } from './reached.ts'
import { sources } from './sources.ts'

const root = 'packages/verify/src/'

const files = sources.filter(
  (path) => path.startsWith(root) && /^(?!.*\.(test|fixture)\.ts$).*\.ts$/.test(path),
)

const needs = needsOf(files)

/** `prove` of packages/verify/src/prove/functions/laws.ts. */
const folderOf = (path: string): string => path.slice(root.length).split('/')[0]!

const importsFrom = (folder: string, others: readonly string[]): string[] =>
  files
    .filter((path) => folderOf(path) === folder)
    .flatMap((path) =>
      needs
        .get(path)!
        .filter((other) => others.includes(folderOf(other)))
        .map((other) => `${path} imports ${other}`),
    )

// What a claim means is said by lowering alone: its two readers know neither how it was written
// nor each other.
test('the evaluator and the prover know nothing of the language of claims', () => {
  expect(importsFrom('evaluate', ['language', 'lower', 'prove'])).toEqual([])
  expect(importsFrom('prove', ['language', 'lower', 'evaluate', 'verdict'])).toEqual([])
})

test('a circle of imports, a reading that calls itself, stays in its folder', () => {
  expect(files.length).toBeGreaterThan(200)
  const leaving = files.flatMap((path) => {
    const all = reached(path, needs)
    if (!all.has(path)) return []
    return [...all]
      .filter((other) => folderOf(other) !== folderOf(path) && reached(other, needs).has(path))
      .map((other) => `${path} and ${other}`)
  })
  expect(leaving).toEqual([])
})

test('a folder has about twenty files at most', () => {
  const counts = new Map<string, number>()
  for (const path of files) {
    const folder = posix.dirname(path)
    counts.set(folder, (counts.get(folder) ?? 0) + 1)
  }
  expect([...counts].filter(([, count]) => count > 20)).toEqual([])
})
