// A network without values, for what shapes and constants alone decide.
import type { Budget } from '../arithmetic/budget.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import { interpreter } from '../evaluate/program.ts'
import type { StarReading, World } from '../evaluate/world.ts'
import type { Network } from '../network/network.ts'

export interface RangeOptions {
  readonly reading: readonly StarReading[] | undefined
  readonly budget: Budget
}

/** A network without values: shapes are all that ranges need. */
export const worldOf = (
  network: Network,
  { reading, budget }: RangeOptions,
  unsettled?: () => void,
): World<number> => {
  const domain = floatDomain()
  return {
    network,
    domain,
    budget,
    interpreter: interpreter(domain, budget),
    values: new Map(),
    variable: () => 1,
    reading,
    choices: { choose: () => 0 },
    ...(unsettled && { unsettled }),
  }
}
