// The folders of the package that proves: which may know which, and that no circle of imports
// leaves its folder.

import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, sources } from './sources.ts'

const root = 'packages/verify/src/'

const files = sources.filter(
  (path) => path.startsWith(root) && /^(?!.*\.(test|fixture)\.ts$).*\.ts$/.test(path),
)

/** What each file imports of the package, types included. */
const needs = new Map(
  files.map((path) => [
    path,
    importsOf(path)
      .filter((name) => name.startsWith('.'))
      .map((name) => posix.join(posix.dirname(path), name)),
  ]),
)

/** `prove` of packages/verify/src/prove/functions/laws.ts. */
const folderOf = (path: string): string => path.slice(root.length).split('/')[0]!

/** Every file that a file reaches through one import or more. */
function reached(from: string): Set<string> {
  const found = new Set<string>()
  const waiting = [...(needs.get(from) ?? [])]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue
    found.add(path)
    waiting.push(...(needs.get(path) ?? []))
  }
  return found
}

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
    const all = reached(path)
    if (!all.has(path)) return []
    return [...all]
      .filter((other) => folderOf(other) !== folderOf(path) && reached(other).has(path))
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
  expect([...counts].filter(([, count]) => count > 22)).toEqual([])
})
