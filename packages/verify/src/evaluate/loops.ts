// Letters that are bound, as loops: from the limits that were written, or from what bounds them.

import { wholeValue } from '../core/build.ts'
import type { Axis, Guard, Scalar } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import type { Interval } from './constraints.ts'
import { compileGuards } from './guards.ts'
import { compileIndex } from './indices.ts'
import { boundIntervals } from './intervals.ts'
import type { Machine } from './machine.ts'

export interface Loop {
  readonly slots: readonly number[]
  /** Of every letter, whatever the others are. */
  readonly ranges: readonly Interval[]
  /** No more has to be asked inside the ranges. */
  readonly isPlain: boolean
  readonly run: (body: () => void) => void
}

const constantInterval = ({ from, to }: Axis): Interval | undefined => {
  const [low, high] = [from && wholeValue(from), to && wholeValue(to)]
  return low === undefined || high === undefined
    ? undefined
    : { low: Number(low), high: Number(high) }
}

/** @throws ConcreteError where nothing bounds a letter */
export const loopOver = <T>(
  over: readonly Axis[],
  when: readonly Guard[],
  body: Scalar,
  machine: Machine<T>,
): Loop => {
  const constant = over.map(constantInterval)
  const found = constant.every((each) => each !== undefined)
    ? constant
    : boundIntervals(over, when, body, machine.known)
  const ranges = over.map(({ letter }, k) => {
    const range = found[k]
    if (!range) throw new ConcreteError(`Nothing bounds the index ${letter.name} of a sum`)
    machine.known.set(letter, range)
    return range
  })
  const slots = over.map(({ letter }) => machine.slotOf(letter))
  // Limits may depend on other letters: they are looked at again in every pass.
  const limits = over.flatMap((axis, k) => {
    if (constant[k]) return []
    const from = axis.from && compileIndex(axis.from, machine)
    const to = axis.to && compileIndex(axis.to, machine)
    return from || to ? [{ slot: slots[k]!, from, to }] : []
  })
  const holds = when.length > 0 ? compileGuards(when, machine) : undefined
  const { budget, slots: values } = machine
  const isInside = (): boolean =>
    limits.every(
      ({ slot, from, to }) => (!from || values[slot]! >= from()) && (!to || values[slot]! <= to()),
    ) &&
    (!holds || holds())
  const isPlain = limits.length === 0 && !holds
  const run = (then: () => void, level = 0): void => {
    if (level === slots.length) {
      budget.tick()
      if (isPlain || isInside()) then()
      return
    }
    const { low, high } = ranges[level]!
    const slot = slots[level]!
    for (let value = low; value <= high; value++) {
      values[slot] = value
      run(then, level + 1)
    }
  }
  return { slots, ranges, isPlain, run }
}
