// Whole networks on one backend against the interpreter: cost, every gradient, a Hessian–vector
// product, to 1e-9 of the largest entry in float64.
import { evaluate } from '@backprove/graph'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { BackendName } from '../../backend.ts'
import { compile } from '../../compile.ts'
import {
  activations,
  anyNet,
  branches,
  buildNet,
  costs,
  keys,
  type NetDescription,
  poolings,
} from '../nets.ts'

/** Every activation, pooling, branch and cost at least once, each beside different others. */
const fixed: readonly NetDescription[] = keys(activations).map((activation, k) => ({
  activation,
  pooling: keys(poolings)[k % 4]!,
  branch: branches[k % 3]!,
  cost: keys(costs)[k % 2]!,
  batch: k % 3 === 1 ? null : 2,
  stride: 1 + (k % 2),
  groups: k % 2 === 0 ? 1 : 2,
}))

function agree(description: NetDescription, backend: BackendName): void {
  const { cost, gradients, hessianVector, feeds } = buildNet(description)
  const nodes = [cost, ...gradients, ...hessianVector]
  const made = compile(nodes, { dtype: 'float64', backend, poison: true }).run(feeds)
  evaluate(nodes, feeds).forEach((wanted, k) => {
    const largest = wanted.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const error = wanted.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - made[k]![at]!)),
      0,
    )
    const title = `output ${k} of ${JSON.stringify(description)}`
    expect(error, title).toBeLessThanOrEqual(1e-9 * Math.max(largest, 1e-12))
  })
}

export function testNets(backend: BackendName): void {
  describe(`${backend}: whole networks`, () => {
    test.each(fixed)('$activation, $pooling, $branch, $cost', (description) => {
      agree(description, backend)
    })
    test('and any other', () => {
      const property = fc.property(anyNet, (description) => agree(description, backend))
      fc.assert(property, { numRuns: 6, seed: 7 })
    })
  })
}
