// Letters that are bound, as loops over the ranges that the statement gives them.

import { wholeValue } from '../core/build.ts'
import type { Axis, Guard, Index, Letter } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { Interval } from '../core/statement.ts'
import { compileGuards } from './guards.ts'
import type { Machine } from './machine.ts'

export interface Loop {
  readonly slots: readonly number[]
  /** Of every letter, whatever the others are. */
  readonly ranges: readonly Interval[]
  /** No more has to be asked inside the ranges. */
  readonly isPlain: boolean
  readonly run: (body: () => void) => void
}

const limitOf = (index: Index | undefined, { name }: Letter): number => {
  const value = index && wholeValue(index)
  if (value === undefined) throw new ConcreteError(`Nothing bounds the index ${name} of a sum`)
  return Number(value)
}

/** @throws ConcreteError where a range is no number here */
export const loopOver = <T>(
  over: readonly Axis[],
  when: readonly Guard[],
  machine: Machine<T>,
): Loop => {
  const ranges = over.map(({ letter, from, to }) => {
    return { low: limitOf(from, letter), high: limitOf(to, letter) }
  })
  const slots = over.map(({ letter }) => machine.slotOf(letter))
  const holds = when.length > 0 ? compileGuards(when, machine) : undefined
  const { budget, slots: values } = machine
  const run = (then: () => void, level = 0): void => {
    if (level === slots.length) {
      budget.tick()
      if (!holds || holds()) then()
      return
    }
    const { low, high } = ranges[level]!
    const slot = slots[level]!
    for (let value = low; value <= high; value++) {
      values[slot] = value
      run(then, level + 1)
    }
  }
  return { slots, ranges, isPlain: !holds, run }
}
