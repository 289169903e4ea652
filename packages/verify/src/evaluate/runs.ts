// Σ of one read or of a product of two, whose indices are linear in the letters, times what does
// not depend on them: stars, layers and matrix products are such sums, and are added up in runs.

import type { Letter, Scalar } from '../core/core.ts'
import type { Interval } from '../core/statement.ts'
import { freeLetters, freeLettersOfTable } from '../core/walk.ts'
import { type Access, contraction, isWhole, type LinearIndex } from './contraction.ts'
import { linearIndex } from './indices.ts'
import type { Machine, Thunk } from './machine.ts'
import { compile } from './scalar.ts'
import { entriesOfTable } from './table.ts'

type Read = Extract<Scalar, { kind: 'read' }>

/** Null where there is no term; undefined where terms are to be taken one by one. */
export const summedInRuns = <T>(
  letters: readonly Letter[],
  ranges: readonly Interval[],
  body: Scalar,
  machine: Machine<T>,
): Thunk<T> | undefined => {
  if (letters.length === 0) return undefined
  const factors = body.kind === 'product' ? body.factors : [body]
  const moves = (factor: Scalar) => letters.some((letter) => freeLetters(factor).has(letter))
  const moving = factors.filter(moves)
  if (moving.length === 0 || moving.length > 2) return undefined
  if (!moving.every(({ kind }) => kind === 'read')) return undefined
  const [a, b] = moving.map((read) => accessOf(read as Read, letters, machine))
  if (!a || (moving.length > 1 && !b)) return undefined
  const { domain, budget } = machine
  const fixed = factors.filter((factor) => !moves(factor)).map((each) => compile(each, machine))
  const sum = contraction(domain, budget, ranges, b ? [a, b] : [a])
  if (fixed.length === 0) return sum
  return () => {
    const values: T[] = []
    for (const each of fixed) {
      const value = each()
      if (value === null) return null
      values.push(value)
    }
    const found = sum()
    return found === null
      ? null
      : values.reduce((product, value) => domain.multiply(product, value), found)
  }
}

const accessOf = <T>(
  { from, at }: Read,
  letters: readonly Letter[],
  machine: Machine<T>,
): Access<T> | undefined => {
  if (from.kind === 'table' && letters.some((letter) => freeLettersOfTable(from).has(letter)))
    return undefined
  const indices: LinearIndex[] = []
  for (const index of at) {
    const linear = linearIndex(index, letters, machine)
    if (!linear || !isWhole(linear)) return undefined
    indices.push(linear)
  }
  const { shape, all } =
    from.kind === 'table' ? entriesOfTable(from, machine) : machine.entriesOf(from)
  return all && shape.length === indices.length ? { shape, indices, data: all } : undefined
}
