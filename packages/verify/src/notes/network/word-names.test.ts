// Arrays called by words, entry by entry.
import { parseName } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { ClaimError } from '../../language/syntax.ts'
import { verify } from '../../verify.ts'
import { buildNetwork } from './build-network.ts'

const built = (text: string) => buildNetwork(readNetwork(text)).cost
const layer = `o_i: input 3
w_{ij}: parameter 3x2
net_j = Σ_i w_{ij} o_i
out_j = sigmoid(net_j)
t_j: input 2
E = 1/2 Σ_j (t_j - out_j)^2`

describe('words with letters below', () => {
  it.each([
    ['∂E/∂net_j = (out_j - t_j) out_j (1 - out_j)', 'proved'],
    ['∂E/∂net_j = (t_j - out_j) out_j (1 - out_j)', 'refuted'],
    ['\\frac{\\partial E}{\\partial w_{ij}} = o_i \\frac{\\partial E}{\\partial net_j}', 'proved'],
    ['\\frac{\\partial E}{\\partial w_{ij}} = o_j \\frac{\\partial E}{\\partial net_i}', 'refuted'],
  ])('%s is %s', (claim, kind) => {
    expect(verify(built(layer), claim).kind).toBe(kind)
  })

  it('are inputs too, and of lengths with letters', () => {
    const text = 'PR_j: input n=4\nTG_j: input n=4\nE = 1/2 Σ_j (TG_j - PR_j)^2'
    const { cost, sizes } = buildNetwork(readNetwork(text))
    expect(sizes).toEqual([
      { name: 'n', array: 'PR', axis: 0 },
      { name: 'n', array: 'TG', axis: 0 },
    ])
    expect(verify(cost, '∂E/∂PR_j = PR_j - TG_j').kind).toBe('proved')
  })

  it.each([
    ['no entries stand beside', 'x: input 2\nout_i = 2 * x\nC = sum(out_i)', 'out_i'],
    ['two of one word', 'x_i: input 2\nout_i = 2 * x_i\nout_k = 3\nC = sum(out_i)', 'out_i'],
  ])('whole where %s', (_, text, name) => {
    expect(parseName(name).letters).toEqual([])
    expect([...built(text).graph.named.keys()]).toContain(name)
  })

  it('are told by their words in errors', () => {
    const wrong = `${layer.replace('sigmoid(net_j)', 'sigmoid(tot_j)')}
tot_j = Σ_i w_{ij} o_i`
    expect(() => built(wrong)).toThrow('Nothing above is called ‘tot_{j}’')
    expect(() => built(wrong)).toThrow(ClaimError)
  })
})
