// What is told to who wrote a line of a program that is not so.
import { describe, expect, test } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { verify } from '../../notes/verify-with-repairs.ts'

const firstOf = (network: string, wrong: string) => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  const verdict = verify(cost, wrong, { sizes })
  return verdict.kind === 'refuted' ? verdict.diagnoses[0] : verdict
}

test('the axis that was meant', () => {
  const network = 'x: input 5 4\nb: parameter 4\nz = x + b\nL = sum(square(z))'
  expect(firstOf(network, 'db = dz.sum(axis=1)')).toMatchObject({
    name: 'wrong axis',
    formula: 'db = np.sum(dz, axis=0)',
  })
})

describe('a layer', () => {
  const layer = (activation: string) => `x: input N=5 D=4
W: parameter 4 3
z = matmul(x, W)
h_next = ${activation}(z)
t: input 5 3
L = squaredError(h_next, t)`

  test.each([
    ['relu', 'dz = self.dh_next', "missing σ'", 'dz = dh_next * (z > 0)'],
    ['relu', 'dz = self.dh_next * h_next', "σ for σ'", 'dz = dh_next * (z > 0)'],
    ['tanh', 'dz = dh_next * (1. - h_next)', 'missing square', 'dz = dh_next * (1 - h_next**2)'],
    ['tanh', 'dz = dh_next * (1 + h_next**2)', 'sign', 'dz = dh_next * (1 - h_next**2)'],
    ['tanh', 'dW = dz.T @ x', 'operands swapped', 'dW = x.T @ dz'],
  ])('of %s: %s', (activation, wrong, name, formula) => {
    expect(firstOf(layer(activation), wrong)).toMatchObject({ name, formula })
  })

  test('its parts are quoted as programs write them, and told as data', () => {
    const repair = firstOf(layer('tanh'), 'dz = dh_next * (1 + h_next**2)')
    expect(repair).toMatchObject({
      message: 'A sign is wrong: -h_next**2 instead of h_next**2.',
      edits: [{ code: 'sign', values: { was: 'h_next**2', becomes: '-h_next**2' } }],
    })
  })
})
