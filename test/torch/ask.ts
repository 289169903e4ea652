// Questions to PyTorch, where a Python here has it, and how near an answer must come.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'

const hasTorch = (python: string): boolean =>
  spawnSync(python, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0
export const python = [process.env.PYTHON ?? 'python3', '/usr/bin/python3'].find(hasTorch)
if (!python) console.log('PyTorch is not compared with: no python3 here has the module torch.')

/** Numbers between −1 and 1, from a seed: a linear congruence modulo 2^32, its high bits. */
export function numbersOf(seed: number): (count: number) => number[] {
  let state = (seed * 2654435761) >>> 0
  const next = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * 2_000_001) / 1_000_000 - 1
  }
  return (count) => Array.from({ length: count }, next)
}

/** Answers of a script of this folder. */
export const ask = (file: string, question: object): unknown => {
  const script = fileURLToPath(new URL(file, import.meta.url))
  const input = JSON.stringify(question)
  const { stdout, stderr } = spawnSync(python!, [script], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  if (!stdout) throw new Error(stderr)
  return JSON.parse(stdout)
}

/** Numbers that differ by less than `most` of the largest. */
export function agree(
  found: ArrayLike<number>,
  wanted: readonly number[],
  most: number,
  what: string,
) {
  expect(found.length, what).toBe(wanted.length)
  const scale = Math.max(1e-3, ...wanted.map(Math.abs))
  const worst = Math.max(...wanted.map((value, k) => Math.abs(value - found[k]!)))
  expect(worst / scale, what).toBeLessThan(most)
}
