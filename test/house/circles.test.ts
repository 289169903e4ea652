// No file of the graph package needs, by however many steps, a file that needs it.
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, sources } from './sources.ts'

const files = sources.filter((path) => /^packages\/graph\/src\/.*(?<!\.test)\.ts$/.test(path))

/** What each file imports of its own package, types included. */
const needs = new Map(
  files.map((path) => [
    path,
    importsOf(path)
      .filter((name) => name.startsWith('.'))
      .map((name) => posix.join(posix.dirname(path), name)),
  ]),
)

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

test('types stand at the bottom: no circle of imports', () => {
  // One entry as an expression: three files that are one recursive reading.
  const isRecursion = (path: string): boolean => /\/element(-\w+)?\.ts$/.test(path)
  const circular = files.filter((path) => !isRecursion(path) && reached(path).has(path))
  expect(files.length).toBeGreaterThan(100)
  expect(circular).toEqual([])
})
