// Every link to a file leads to one, and whoever starts at README reaches every page and example.
import { existsSync } from 'node:fs'
import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { files, read, root } from '../house/sources.ts'

const pages = files.filter((path) => path.endsWith('.md'))

/** Files and folders that a page links to, from the root; addresses and code are not looked at. */
function linksOf(path: string): string[] {
  const text = read(path)
    .replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
    .replace(/`[^`\n]*`/g, '')
  const targets = [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!)
  return targets
    .filter((target) => !/^(?:[a-z]+:|#)/.test(target))
    .map((target) => posix.join(posix.dirname(path), target.replace(/#.*$/, '')))
}

test('every link leads somewhere', () => {
  const broken = pages.flatMap((path) =>
    linksOf(path)
      .filter((target) => !existsSync(root + target))
      .map((target) => `${path}: ${target}`),
  )
  expect(broken).toEqual([])
})

test('every page and example is reached from README', () => {
  const reached = new Set<string>()
  const waiting = ['README.md']
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (reached.has(path)) continue
    reached.add(path)
    if (path.endsWith('.md')) waiting.push(...linksOf(path))
  }
  const wanted = files.filter((path) =>
    /^(docs\/(?!decisions\/|zh\/).*\.md|examples\/.*)$/.test(path),
  )
  expect(wanted.filter((path) => !reached.has(path))).toEqual([])
})

test('no two decisions have one number', () => {
  const numbers = pages.flatMap((path) => /^docs\/decisions\/(\d+)/.exec(path)?.[1] ?? [])
  expect(numbers).toEqual([...new Set(numbers)])
})
