// The Iverson brackets of a line at known shapes, and the cells of which one wins a window.
import type { notation } from '@backprove/graph'
import { type Candidate, holdsBetween, relations, winnerOf } from '../domains/comparing.ts'
import { indexOf, isIndex, type Scope } from './index.ts'
import { compile, loopOver, type Machine } from './line.ts'

type Expression = notation.Expression
type Guard = notation.Guard
type Variable = notation.Variable

/** What the body is wherever it reads inside of arrays. */
export const competitors = <T>(
  variables: readonly Variable[],
  body: Expression,
  scope: Scope,
  machine: Machine<T>,
): (() => readonly Candidate<T>[]) => {
  const loop = loopOver(variables, scope, machine)
  const value = compile(body, loop.scope, machine)
  return () => {
    const before = machine.outside
    const candidates: Candidate<T>[] = []
    loop.run(() => {
      machine.outside = false
      const candidate = value()
      if (machine.outside) return
      const at = loop.slots.map((slot) => machine.slots[slot]!)
      candidates.push({ value: candidate ?? machine.domain.zero, at })
    })
    machine.outside = before
    return candidates
  }
}

export const compileGuard = <T>(
  guard: Guard,
  scope: Scope,
  machine: Machine<T>,
): (() => boolean) => {
  if (guard.kind === 'winner') {
    const candidates = competitors(guard.variables, guard.body, scope, machine)
    const at = guard.at.map((index) => indexOf(index, scope, machine.slots))
    return () => {
      const won = winnerOf(machine.domain, guard.reduction, candidates())
      return won !== undefined && at.every((index, axis) => index() === won.at[axis])
    }
  }
  if (guard.operands.every(isIndex)) {
    const holds = guard.relations.map((relation) => relations[relation])
    const values = guard.operands.map((operand) => indexOf(operand, scope, machine.slots))
    return () => holds.every((test, k) => test(Math.sign(values[k]!() - values[k + 1]!())))
  }
  const { domain } = machine
  const values = guard.operands.map((operand) => compile(operand, scope, machine))
  return () =>
    guard.relations.every((relation, k) => {
      const [a, b] = [values[k]!() ?? domain.zero, values[k + 1]!() ?? domain.zero]
      return holdsBetween(domain, relation, a, b)
    })
}
