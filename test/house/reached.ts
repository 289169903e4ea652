// Which files a file of the repository needs, by however many steps.
import { posix } from 'node:path'
import { importsOf } from './sources.ts'

/** What each file imports by a relative path, types included. */
export const needsOf = (files: readonly string[]): ReadonlyMap<string, readonly string[]> =>
  new Map(
    files.map((path) => [
      path,
      importsOf(path)
        .filter((name) => name.startsWith('.'))
        .map((name) => posix.join(posix.dirname(path), name)),
    ]),
  )

/** Every file that a file reaches through one import or more. */
export function reached(
  from: string,
  needs: ReadonlyMap<string, readonly string[]>,
): ReadonlySet<string> {
  const found = new Set<string>()
  const waiting = [...(needs.get(from) ?? [])]
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (found.has(path)) continue
    found.add(path)
    waiting.push(...(needs.get(path) ?? []))
  }
  return found
}
