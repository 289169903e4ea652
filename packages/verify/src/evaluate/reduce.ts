// Σ and contests of the core.

import { winningValue } from '../concrete/domains/comparing.ts'
import { median } from '../concrete/domains/elementary.ts'
import type { Scalar } from '../core/core.ts'
import { candidates, EmptyContestError } from './guards.ts'
import { loopOver } from './loops.ts'
import type { Machine, Thunk } from './machine.ts'
import { summedInRuns } from './runs.ts'
import { compile } from './scalar.ts'

type Reduce = Extract<Scalar, { kind: 'reduce' }>

export const compileReduce = <T>(
  { by, over, when, body }: Reduce,
  machine: Machine<T>,
): Thunk<T> => {
  const { domain } = machine
  if (by !== 'sum') {
    const found = candidates(over, when, body, machine)
    if (by === 'med')
      return () =>
        median(
          domain,
          found().map(({ value }) => value),
        )
    return () => {
      const value = winningValue(domain, by, found())
      if (value === undefined) throw new EmptyContestError(`${by} of nothing`)
      return value
    }
  }
  const loop = loopOver(over, when, machine)
  const letters = over.map(({ letter }) => letter)
  const inRuns = loop.isPlain ? summedInRuns(letters, loop.ranges, body, machine) : undefined
  if (inRuns) return () => inRuns() ?? domain.zero
  const value = compile(body, machine)
  return () => {
    let total = domain.zero
    loop.run(() => {
      const term = value()
      if (term !== null) total = total === domain.zero ? term : domain.add(total, term)
    })
    return total
  }
}
