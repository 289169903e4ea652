// What is made of numbers alone, in float64.

import type { Budget } from '../arithmetic/budget.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import type { Scalar } from '../core/core.ts'
import { ConcreteError } from '../core/errors.ts'
import { functionIn } from './functions.ts'
import { createMachine } from './machine.ts'
import { interpreter } from './program.ts'
import { compile } from './scalar.ts'

/** @throws PoleError where it has no value; ConcreteError where it reads an array */
export const constantOf = (s: Scalar, budget: Budget): number => {
  const domain = floatDomain()
  const run = interpreter(domain, budget)
  const machine = createMachine<number>({
    domain,
    budget,
    functionOf: (f, order) => functionIn(f, order, domain, run),
    entriesOf: () => {
      throw new ConcreteError('a constant reads no array')
    },
  })
  return compile(s, machine)() ?? 0
}
