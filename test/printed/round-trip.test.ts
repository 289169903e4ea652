// What is printed is read back and proved: a sample of what round-trip.ts goes through whole.
import { verify } from '@backprove/verify'
import { expect, it } from 'vitest'
import { networks } from './nets.ts'
import { derivedOf, printedOf } from './printed.ts'

/** Formulas of a network are alike: every so many of them, another one first for each network. */
const step = 11

const sample = ['conv stride', 'dense', 'activation tanh', 'avgPool', 'residual', 'cross entropy']

it.each(sample.map((name, k) => [name, k] as const))('%s', (name, k) => {
  const cost = networks.get(name)!()
  const all = [...printedOf(cost), ...derivedOf(cost)]
  expect(all.length).toBeGreaterThan(30)
  for (const { what, claim } of all.filter((_, at) => at % step === k)) {
    expect(verify(cost, claim, { deadline: 10_000 }).kind, `${what}: ${claim}`).toBe('proved')
  }
})
