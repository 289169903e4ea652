// Iverson brackets of the core, and the cells of which one wins a contest.

import { type Candidate, holdsBetween, relations, winnerOf } from '../concrete/domains/comparing.ts'
import type { Axis, Guard, Scalar } from '../core/core.ts'
import { compileIndex } from './indices.ts'
import { loopOver } from './loops.ts'
import type { Machine } from './machine.ts'
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
      const holds = relations[guard.relation]
      return () => holds(Math.sign(left!() - right!()))
    }
    case 'values': {
      const [left, right] = [guard.left, guard.right].map((each) => compile(each, machine))
      const { zero } = domain
      return () => holdsBetween(domain, guard.relation, left!() ?? zero, right!() ?? zero)
    }
    case 'winner': {
      const found = candidates(guard.over, [], guard.body, machine)
      const at = guard.at.map((index) => compileIndex(index, machine))
      return () => {
        const won = winnerOf(domain, guard.by, found())
        return won !== undefined && at.every((index, axis) => index() === won.at[axis])
      }
    }
  }
}

/** What a body is wherever it is something: outside of its box an array does not compete. */
export const candidates = <T>(
  over: readonly Axis[],
  when: readonly Guard[],
  body: Scalar,
  machine: Machine<T>,
): (() => readonly Candidate<T>[]) => {
  const loop = loopOver(over, when, body, machine)
  const value = compile(body, machine)
  const { slots } = machine
  return () => {
    const found: Candidate<T>[] = []
    loop.run(() => {
      const candidate = value()
      if (candidate === null) return
      found.push({ value: candidate, at: loop.slots.map((slot) => slots[slot]!) })
    })
    return found
  }
}
