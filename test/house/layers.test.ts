// Imports point one way: a package knows only the packages below it.

import { posix } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, sources } from './sources.ts'

/** Each package with the packages it may import. */
const below: Record<string, readonly string[]> = {
  graph: [],
  kernels: ['graph'],
  nn: ['graph', 'kernels'],
  verify: ['graph'],
  viewer: ['graph', 'kernels', 'verify'],
  interop: ['graph', 'nn'],
  site: ['graph', 'kernels', 'nn', 'verify', 'viewer', 'interop'],
  backprove: ['graph', 'kernels', 'nn', 'verify', 'viewer', 'interop'],
}

const packageOf = (path: string): string | undefined => /^packages\/([^/]+)\//.exec(path)?.[1]

const packaged = sources.filter((path) => /^packages\/[^/]+\/src\//.test(path))

test('every package has a place in the order', () => {
  expect(packaged.map(packageOf).filter((name) => !(name && name in below))).toEqual([])
})

test('imports across packages go by name, and only downwards', () => {
  const upward = packaged.flatMap((path) => {
    const allowed = below[packageOf(path) ?? ''] ?? []
    return importsOf(path)
      .map((name) => /^(?:@backprove\/([^/]+)|(backprove)(?=\/|$))/.exec(name))
      .map((match) => match?.[1] ?? match?.[2])
      .filter((name) => name !== undefined && !allowed.includes(name))
      .map((name) => `${path} imports ${name}`)
  })
  expect(upward).toEqual([])
})

test('a relative import stays inside its package', () => {
  const escaping = packaged.flatMap((path) =>
    importsOf(path)
      .filter((name) => name.startsWith('.'))
      .filter((name) => packageOf(resolve(path, name)) !== packageOf(path))
      .map((name) => `${path} imports ${name}`),
  )
  expect(escaping).toEqual([])
})

// A checker that shares code with the prover would share its mistakes.
test('the certificate checker imports nothing of the prover', () => {
  const checker = /^packages\/verify\/src\/certificate(\/|\.ts$)/
  const borrowed = sources
    .filter((path) => checker.test(path) && !path.endsWith('.test.ts'))
    .flatMap((path) =>
      importsOf(path)
        .filter((name) => name.startsWith('.') && !checker.test(resolve(path, name)))
        .map((name) => `${path} imports ${name}`),
    )
  expect(borrowed).toEqual([])
})

function resolve(from: string, name: string): string {
  return posix.join(posix.dirname(from), name)
}
