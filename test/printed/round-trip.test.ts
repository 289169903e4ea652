// What is printed is read back and proved: a sample of what round-trip.ts goes through whole.
import { type Form, formula, grad } from '@backprove/graph'
import { verify } from '@backprove/verify'
import { describe, expect, it } from 'vitest'
import { networks, randomNetwork } from './nets.ts'
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

/** What is true and has more cases than a proof goes through agrees, or takes too long. */
const unread = ['refuted', 'ill-formed', 'ambiguous', 'holds-if']

it.each(Array.from({ length: 12 }, (_, k) => 5 * k + 3))('random network %i', (seed) => {
  const cost = randomNetwork(seed)
  const all = [...printedOf(cost), ...derivedOf(cost)]
  const some = all.filter((_, at) => at % 13 === seed % 13)
  expect(some.length).toBeGreaterThan(1)
  for (const { what, claim } of some)
    expect(unread, `${what}: ${claim}`).not.toContain(verify(cost, claim, { deadline: 3000 }).kind)
})

describe('every form of', () => {
  it.each([
    // One sample and one map among the scripts, δ^{1,s,1}; as many samples as maps and filters.
    ['conv batch', ['w^1', 'b^1', 'x']],
    // Three dots between sums of two terms.
    ['instanceNorm', ['μ^1']],
    // One map: a scale of one entry beside an image.
    ['batchNorm of one map', ['x', 'γ^1']],
  ])('%s', (name, arrays) => {
    const cost = networks.get(name)!()
    for (const array of arrays)
      for (const form of ['layer', 'index', 'element'] satisfies Form[]) {
        const claim = formula(grad(cost, cost.graph.node(array)), { form })
        expect(verify(cost, claim, { deadline: 60_000 }).kind, claim).toBe('proved')
      }
  })
})
