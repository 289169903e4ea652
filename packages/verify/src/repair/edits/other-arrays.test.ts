// Another array in the place of one that is transposed and has letters below.
import { expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { verify } from '../../front.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'

const step = `x: input 3
g: input 3
W_{hx}: parameter 3 3
W_{hh}: parameter 3 3
z = W_{hx} x + W_{hh} g
h = tanh(z)
t: input 3
C = squaredError(h, t)`

it('W_{hx}^T for W_{hh}^T is the wrong array', () => {
  const { cost, sizes } = buildNetwork(readNetwork(step))
  const claim = '\\frac{\\partial C}{\\partial g} = W_{hx}^T \\delta'
  const verdict = verify(cost, claim, { sizes })
  const [first] = verdict.kind === 'refuted' ? verdict.diagnoses : []
  expect(first).toMatchObject({ name: 'wrong array', formula: expect.stringContaining('W_{hh}') })
})
