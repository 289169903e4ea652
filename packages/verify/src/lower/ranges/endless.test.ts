// Σ up to ∞ runs past every axis: past its end an array is 0, and f of it is f(0), for ever. What ∏
// is divided by is inside of it, or not.
import { expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { checkLectures } from '../../lecture.fixture.ts'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { verify } from '../../verify.ts'

const L = String.raw
const network = `u: input 4
v: input 4
z = u * v
h = tanh(z)
C = sum(h)`

checkLectures([
  {
    name: 'sums and products past an axis',
    network,
    proved: [
      'C = Σ_{i=1}^{∞} h_i',
      'Σ_{i=1}^{∞} z_i = Σ_{i=-∞}^{∞} u_i v_i',
      'C + 4 = Σ_i (tanh(z_i) + 1)',
      L`\prod_{i=1}^{4} (z_i/2) = z_1 z_2 z_3 z_4/16`,
      L`\prod_{i=1}^{4} \frac{z_i}{2} = u_1 v_1 z_2 z_3 z_4/16`,
      L`\prod_{i=1}^{4} z_i/v_i = u_1 u_2 u_3 u_4`,
    ],
    refuted: ['C = 2 Σ_{i=1}^{∞} h_i', L`\prod_{i=1}^{4} z_i / 2 = z_1 z_2 z_3 z_4/3`],
    illFormed: [
      'C + 4 = Σ_{i=1}^{∞} (tanh(z_i) + 1)',
      'C = Σ_{i=1}^{∞} cos(h_i)',
      L`\sum_{i=1}^{\infty} e^{z_i} = \sum_i e^{z_i}`,
      L`\sum_{i=-\infty}^{4} e^{z_i} = \sum_i e^{z_i}`,
    ],
  },
])

it.each([
  L`\prod_{i=1}^{4} z_i / z_1 = z_2 z_3 z_4`,
  L`\prod_{i=1}^{4} z_i / 2 = z_1 z_2 z_3 z_4/16`,
  L`\prod_{i=1}^{4} z_i / 2 = z_1 z_2 z_3 z_4/2`,
])('ambiguous: %s', (claim) => {
  const { cost, sizes } = buildNetwork(readNetwork(network))
  expect(verify(cost, claim, { sizes }).kind).toBe('ambiguous')
})
