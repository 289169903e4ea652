// Both sides of every link of a claim, at one point: all entries, for all values of the free
// letters.

import type { Scalar, Table } from '../core/core.ts'
import { PoleError } from '../core/errors.ts'
import type { FreeLetter, Statement } from '../core/statement.ts'
import { type Machine, sizeOf } from './machine.ts'
import { compile } from './scalar.ts'
import { entriesOfTable } from './table.ts'
import { machineOf, type World } from './world.ts'

/** One entry of one link a = b of a chain. */
export interface ComparedEntry<T> {
  /** From 0: which = of the chain. */
  readonly link: number
  /** Values of the free indices, then the place in the array; from 1. */
  readonly entry: readonly number[]
  readonly left: T
  readonly right: T
}

export interface EvaluatedClaim<T> {
  readonly free: readonly FreeLetter[]
  /**
   * Every entry, link by link. Computed as it is asked for. With `skip poles`, those alone whose
   * sides are numbers: 1/x_{i+1} says nothing at the border, and may be false elsewhere.
   */
  readonly entries: (poles?: 'skip poles') => Generator<ComparedEntry<T>>
}

interface CompiledSide<T> {
  readonly shape: readonly number[]
  readonly values: () => readonly T[]
}

/** Compiles a claim at a point. @throws ConcreteError where it has no meaning here */
export const evaluateClaim = <T>(
  { free, sides }: Statement,
  world: World<T>,
): EvaluatedClaim<T> => {
  const machine = machineOf(world)
  const compiled = sides.map((side) => compileSide(side, machine))
  return { free, entries: (poles) => compared(compiled, free, machine, poles) }
}

const compileSide = <T>(side: Scalar | Table, machine: Machine<T>): CompiledSide<T> => {
  const { zero } = machine.domain
  if (side.kind !== 'table') {
    const value = compile(side, machine)
    return { shape: [], values: () => [value() ?? zero] }
  }
  const { shape, all } = entriesOfTable(side, machine)
  return { shape, values: all! }
}

const unravel = (at: number, shape: readonly number[]): number[] => {
  let rest = at
  return [...shape]
    .reverse()
    .map((length) => {
      const index = rest % length
      rest = Math.floor(rest / length)
      return index + 1
    })
    .reverse()
}

function* compared<T>(
  sides: readonly CompiledSide<T>[],
  free: readonly FreeLetter[],
  { budget, slots: values, slotOf }: Machine<T>,
  poles: 'skip poles' | undefined,
): Generator<ComparedEntry<T>> {
  const slots = free.map(({ letter }) => slotOf(letter))
  const at = free.map(({ range }) => range.low)
  if (free.some(({ range }) => range.low > range.high)) return
  for (;;) {
    budget.tick()
    at.forEach((value, k) => {
      values[slots[k]!] = value
    })
    const data = valuesAt(() => sides.map((side) => side.values()), poles)
    for (let link = 0; data && link + 1 < sides.length; link++) {
      const [own, other] = [sides[link]!.shape, sides[link + 1]!.shape]
      const shape = sizeOf(own) < sizeOf(other) ? other : own
      const cell = (of: readonly T[], k: number) => of[of.length === 1 ? 0 : k]!
      for (let k = 0; k < sizeOf(shape); k++)
        yield {
          link,
          entry: [...at, ...unravel(k, shape)],
          left: cell(data[link]!, k),
          right: cell(data[link + 1]!, k),
        }
    }
    let axis = free.length - 1
    while (axis >= 0 && at[axis]! >= free[axis]!.range.high) {
      at[axis] = free[axis]!.range.low
      axis--
    }
    if (axis < 0) return
    at[axis]!++
  }
}

/** Undefined at a pole that is to be skipped. */
const valuesAt = <R>(read: () => R, poles: 'skip poles' | undefined): R | undefined => {
  try {
    return read()
  } catch (error) {
    if (poles && error instanceof PoleError) return undefined
    throw error
  }
}
