// Of a large network a step is proved by itself; what is true of the step alone and not of the
// network, as C = Σ z ∂C/∂z, is not.
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { verify } from '../verify.ts'

/** The same weights in every step, a way around each, and a line of layers behind. */
const text = [
  'x: input 2',
  't: input 2',
  'W: parameter 2x2',
  'b: parameter 2',
  'V: parameter 2x2',
  'h_0 = V x',
  ...Array.from({ length: 14 }, (_, k) => [
    `u_${k + 1} = W h_${k}`,
    `z_${k + 1} = u_${k + 1} + b`,
    `a_${k + 1} = tanh(z_${k + 1})`,
    `h_${k + 1} = a_${k + 1} + h_${k}`,
  ]).flat(),
  'C = 1/2 sum((h_14 - t)^2)',
].join('\n')

const { cost } = buildNetwork(readNetwork(text))
const d = (of: string, by: string) => `\\frac{\\partial ${of}}{\\partial ${by}}`
const judged = (claim: string) => verify(cost, claim, { deadline: 3000 }).kind

describe('what is true of a step', () => {
  it.each([
    `${d('C', 'z_1')} = ${d('C', 'a_1')} \\odot (1 - a_1 \\odot a_1)`,
    `${d('C', 'h_3')} = W^T ${d('C', 'z_4')} + ${d('C', 'h_4')}`,
    `${d('C', 'h_3')} = W^T (${d('C', 'h_4')} \\odot (1 - a_4 \\odot a_4)) + ${d('C', 'h_4')}`,
    `${d('C', 'u_5')} = ${d('C', 'z_5')}`,
    `${d('C', 'V')} = ${d('C', 'h_0')} x^T`,
    `${d('u_5', 'h_4')} = W`,
    'z_7 = W h_6 + b',
  ])('%s', (claim) => {
    expect(judged(claim)).toBe('proved')
  })
})

describe('what is true of a step alone', () => {
  it.each([
    // The cost of the step is another one.
    `C = \\sum_i z_{1,i} ${d('C', 'z_{1,i}')}`,
    `C = \\sum_i h_{3,i} ${d('C', 'h_{3,i}')}`,
    `C = \\sum_{i,j} V_{i,j} ${d('C', 'V_{i,j}')}`,
    // A way around, and weights that others have too.
    `${d('C', 'h_3')} = W^T ${d('C', 'z_4')}`,
    `${d('C', 'h_3')} = ${d('C', 'h_4')}`,
    `${d('C', 'W')} = ${d('C', 'z_1')} h_0^T`,
    `${d('C', 'b')} = ${d('C', 'z_1')}`,
    // A derivative that is given has derivatives of its own.
    `\\frac{\\partial}{\\partial a_1} ${d('C', 'h_1')} = 0`,
    // Ways from one array to another that leave the step.
    `${d('h_4', 'h_2')} = I`,
    `${d('h_2', 'h_1')} = I`,
    `${d('a_{2,i}', 'h_{1,j}')} = 0`,
    `${d('u_5', 'h_2')} = 0`,
  ])('%s', (claim) => {
    expect(judged(claim)).not.toBe('proved')
  })
})
