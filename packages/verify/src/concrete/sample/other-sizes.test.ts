// Sizes at which a claim is looked at before it is said of all: there have to be some.
import { avgPool2d, conv2d, dense, Graph, type Node, sigmoid, squaredError } from '@backprove/graph'
import { expect, test } from 'vitest'
import { createOperations } from '../../arithmetic/budget.ts'
import { verify } from '../../front.ts'
import { parseClaim } from '../../language/read/claim.ts'
import { resolve } from '../../language/resolve/resolve.ts'
import { leavesOf, networkOf } from '../../network/network.ts'
import { nearest, sizesOf } from '../../network/sizes.ts'
import { atOtherSizes } from './other-sizes.ts'

/** Lengths drawn at random fit two convolutions, a pooling between them and weights once in ages. */
const deep = (): Node => {
  const graph = new Graph()
  const x = graph.input('x_{cij}', [1, 18, 18])
  const w1 = graph.parameter('W^1_{kcuv}', [4, 1, 5, 5])
  const z1 = conv2d(x, w1, { bias: graph.parameter('b^1_k', [4]) }).as('z^1_{kij}')
  const p = avgPool2d(sigmoid(z1).as('a^1_{kij}'), { size: 2 }).as('p_{kij}')
  const w2 = graph.parameter('W^2_{lkuv}', [6, 4, 3, 3])
  const a2 = sigmoid(conv2d(p, w2).as('z^2_{lij}')).as('a^2_{lij}')
  const w3 = graph.parameter('W^3_{mlij}', [8, ...a2.shape])
  const a3 = sigmoid(dense(a2, w3).as('z^3_m')).as('a^3_m')
  return squaredError(a3, graph.input('t_m', [8])).as('C')
}

test('lengths that no op accepts are grown until all of them do', () => {
  const network = networkOf(deep())
  const sizes = sizesOf(network, 'ones stay')
  for (const wanted of [1, 2, 3]) {
    const lengths = nearest(
      sizes.free.map(() => wanted),
      sizes,
      createOperations(1e6),
    )
    expect(sizes.at(lengths)).toBeDefined()
    expect(lengths.every((length) => length >= wanted)).toBe(true)
    const count = leavesOf(sizes.at(lengths)!).length
    expect(count).toBe(leavesOf(network).length)
    expect(Math.max(...lengths)).toBeLessThan(18)
  }
})

test('a claim about a deep network is looked at elsewhere, a false one too', () => {
  const network = networkOf(deep())
  const look = (formula: string) => {
    const [reading] = resolve(parseClaim(formula), network.scope)
    const { claim } = reading!.instances[0]!
    const options = { fixed: [], recordedOnly: false, hereIsSeen: true }
    return atOtherSizes(claim, network, createOperations(100_000), options)
  }
  expect(look('∂C/∂p = δ^2 *full rot180(W^2)')).toMatchObject({ held: 3, untied: true })
  expect(look('∂C/∂p = δ^2 *full W^2').differs).toBeDefined()
})

test('what is left out of a convolution is found behind a pooling too', () => {
  const verdict = verify(deep(), '∂C/∂p = δ^2 *full W^2')
  expect(verdict.kind).toBe('refuted')
  expect(verdict.kind === 'refuted' && verdict.diagnoses.map(({ name }) => name)).toContain(
    'missing rot180',
  )
})

test.each([
  ['(x + 1e20) - 1e20 = x', 'proved'],
  ['x_i + e^{50} - e^{50} = x_i', 'proved'],
  ['(x + 1e20) - 1e20 = 2 x', 'refuted'],
  ['x_i + e^{50} - e^{50} = x_i + 1', 'refuted'],
])('what a large number hides is no difference: %s', (claim, kind) => {
  const graph = new Graph()
  const x = graph.input('x_i', [4])
  expect(verify(squaredError(x, graph.input('t_i', [4])).as('C'), claim).kind).toBe(kind)
})
