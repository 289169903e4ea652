// Who wins a contest depends on every array that competes: of max_j (x_j + w_{ij}) not on x alone.
import { add, apply, defineOp, Graph, type Node, sum } from '@backprove/graph'
import { expect, it } from 'vitest'
import { createOperations } from '../../arithmetic/budget.ts'
import { parseClaim } from '../../language/read/claim.ts'
import { resolve } from '../../language/resolve/resolve.ts'
import { networkOf } from '../../network/network.ts'
import { proveClaim } from '../../proof/prove-claim.ts'

const tropical = defineOp<'x' | 'w'>({
  name: 'tropical',
  operands: { x: 'n', w: 'm,n' },
  axes: 'm',
  line: 'y_{i} = max_j (x_{j} + w_{i,j})',
  vjp: { x: null, w: null },
  latex: ({ x }) => x,
})

const layered = (): Node => {
  const graph = new Graph()
  const x = graph.input('x_j', [3])
  const u = apply(tropical, [x, graph.parameter('v_{ij}', [3, 3])]).as('u_i')
  const r = apply(tropical, [x, graph.parameter('w_{ij}', [3, 3])]).as('r_i')
  return add(sum(u), sum(r)).as('C')
}

/** The prover alone: no point is looked at. */
const outcome = (text: string): string => {
  const network = networkOf(layered())
  const [instance] = resolve(parseClaim(text), network.scope)[0]!.instances
  const options = { budget: createOperations(2_000_000), hasValue: true }
  return proveClaim(instance!.claim, network, options).kind
}

it('the same x beside other weights has other winners', () => {
  expect(outcome('∂u_i/∂v_{ij} = ∂r_i/∂w_{ij}')).toBe('undecided')
  expect(outcome('∂u_i/∂x_j = ∂r_i/∂x_j')).toBe('undecided')
})

it('and the same weights have the same', () => {
  expect(outcome('∂u_i/∂v_{kj} = ∂u_k/∂v_{ij}')).toBe('proved')
  expect(outcome('∂u_i/∂x_j = ∂u_i/∂v_{ij}')).toBe('proved')
})
