// What is read beyond the border of an array is 0, and f(0) of it; what a bracket compares is what
// it says. The prover alone: no test at points looks first.
import { Graph, maxPool2d, type Node, sigmoid, squaredError, sum, tanh } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../arithmetic/budget.ts'
import { parseClaim } from '../language/read/claim.ts'
import { resolve } from '../language/resolve/resolve.ts'
import { networkOf } from '../network/network.ts'
import { proveClaim } from './prove-claim.ts'

const proves = (cost: Node, text: string): boolean => {
  const network = networkOf(cost)
  const { claim } = resolve(parseClaim(text), network.scope)[0]!.instances[0]!
  const budget = createBudget({ operations: 1e6 })
  return proveClaim(claim, network, { budget, hasValue: true }).kind === 'proved'
}

const line = (): Node => {
  const g = new Graph()
  return sum(tanh(g.parameter('x_i', [5])).as('a_i')).as('C')
}
const pooled = (): Node => {
  const g = new Graph()
  const p = maxPool2d(g.parameter('z_{ij}', [1, 4, 4]), { size: 2 }).as('p_{ij}')
  return squaredError(sigmoid(p), g.input('t', p.shape)).as('C')
}

describe('the prover', () => {
  it.each([
    ['Σ_{i=1}^6 tanh(x_i) = Σ_{i=1}^5 tanh(x_i) + 1', false],
    ['Σ_{i=1}^6 e^{x_i} = Σ_{i=1}^5 e^{x_i}', false],
    ['Σ_{i=1}^6 e^{2 x_i} = Σ_{i=1}^5 e^{2 x_i}', false],
    ['Σ_{i=1}^6 log(e^{x_i}) = Σ_{i=1}^5 x_i', true],
  ])('%s: %s', (claim, isTrue) => {
    expect(proves(line(), claim)).toBe(isTrue)
  })

  it.each([
    ['∂p_{kl}/∂z_{ij} = [z_{ij} = p_{kl}]', true],
    ['∂p_{kl}/∂z_{ij} = [δ_{ij} = p_{kl}]', false],
    ['∂p_{kl}/∂z_{ij} = [z_{ij} = (∂C/∂p)_{kl}]', false],
    ['p_{ij} = max_{u,v ≤ 2} z_{2(i-1)+u,2(j-1)+v}', true],
    ['p_{ij} = max_{u,v ≤ 2} δ_{2(i-1)+u,2(j-1)+v}', false],
  ])('%s: %s', (claim, isTrue) => {
    expect(proves(pooled(), claim)).toBe(isTrue)
  })
})
