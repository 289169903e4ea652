// Iverson brackets of the core, and the cells of which one wins a contest.

import { relations } from '../arithmetic/relations.ts'
import { type Candidate, holdsBetween, winnerOf } from '../concrete/domains/comparing.ts'
import type { Domain } from '../concrete/domains/domain.ts'
import { median } from '../concrete/domains/elementary.ts'
import type { Axis, Contest, Guard, Scalar } from '../core/core.ts'
import { ConcreteError, PoleError } from '../core/errors.ts'
import { compileIndex } from './indices.ts'
import { loopOver } from './loops.ts'
import type { Machine } from './machine.ts'
import { compileNothing } from './nothing.ts'
import { compile } from './scalar.ts'

/** Whether all of them hold. */
export const compileGuards = <T>(
  guards: readonly Guard[],
  machine: Machine<T>,
): (() => boolean) => {
  const tests = guards.map((guard) => compileGuard(guard, machine))
  const [only, second] = tests
  if (only && !second) return only
  return () => tests.every((test) => test())
}

const compileGuard = <T>(guard: Guard, machine: Machine<T>): (() => boolean) => {
  const { domain } = machine
  switch (guard.kind) {
    case 'indices': {
      const [left, right] = [guard.left, guard.right].map((each) => compileIndex(each, machine))
      const holds = relations[guard.relation]!
      return () => holds(Math.sign(left!() - right!()))
    }
    case 'values': {
      const [left, right] = [guard.left, guard.right].map((each) => compile(each, machine))
      const { zero } = domain
      return () => holdsBetween(domain, guard.relation, left!() ?? zero, right!() ?? zero)
    }
    case 'winner': {
      const found = candidates(guard.over, guard.when ?? [], guard.body, machine)
      const at = guard.at.map((index) => compileIndex(index, machine))
      const isAt = (each: Candidate<T>) => at.every((index, axis) => index() === each.at[axis])
      if (guard.isShared) return () => isAsLarge(guard.by, found(), isAt, domain)
      if (guard.by === 'med') throw new ConcreteError('one winner of two middles')
      const { by } = guard
      return () => {
        const won = winnerOf(domain, by, found())
        return won !== undefined && isAt(won)
      }
    }
  }
}

/** Whether the candidate at a place has the value of the winner. */
const isAsLarge = <T>(
  by: Contest,
  all: readonly Candidate<T>[],
  isAt: (each: Candidate<T>) => boolean,
  domain: Domain<T>,
): boolean => {
  const own = all.find(isAt)
  if (by === 'med') {
    const values = all.map(({ value }) => value)
    return own !== undefined && domain.equal(own.value, median(domain, values))
  }
  const won = winnerOf(domain, by, all)
  if (!own || !won) return false
  // Where ties are taken to be decided, by whichever policy, one cell is the largest.
  return domain.lean ? isAt(won) : domain.equal(own.value, won.value)
}

/** A contest in which nothing competes: it has no value, and competes in no other. */
export class EmptyContestError extends PoleError {}

const competing = <T>(value: () => T | null): T | null | undefined => {
  try {
    return value()
  } catch (error) {
    if (error instanceof EmptyContestError) return undefined
    throw error
  }
}

/**
 * What a body is wherever it is something: outside of its box an array does not compete, while a
 * bracket that fails is a 0 as others are.
 */
export const candidates = <T>(
  over: readonly Axis[],
  when: readonly Guard[],
  body: Scalar,
  machine: Machine<T>,
): (() => readonly Candidate<T>[]) => {
  const loop = loopOver(over, when, machine)
  const value = compile(body, machine)
  const isNothing = compileNothing(body, machine)
  const { domain, slots } = machine
  return () => {
    const found: Candidate<T>[] = []
    loop.run(() => {
      const candidate = competing(value)
      if (candidate === undefined || (candidate === null && isNothing())) return
      found.push({ value: candidate ?? domain.zero, at: loop.slots.map((slot) => slots[slot]!) })
    })
    return found
  }
}
