// Loops over lists of arrays are the lines that they come to.
import { formula, topologicalOrder } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from './build-network.ts'

/** What the cost is, without names on the way. */
const costOf = (text: string): string => {
  const { cost } = buildNetwork(readNetwork(text))
  return topologicalOrder([cost])
    .filter(({ name, op }) => name !== undefined && !op.traits?.leaf)
    .map((node) => formula(node))
    .join('\n')
    .replaceAll(/(?:weights|biases)_/g, (word) => (word.startsWith('w') ? 'W' : 'b'))
}

const leaves =
  'x: input 3\ny: input 2\nW0: parameter 4 3\nb0: parameter 4\nW1: parameter 2 4\nb1: parameter 2'
const end = 'C = 0.5 * sum((a - y)^2)'
const written = costOf(`${leaves}
z = W1 @ sigmoid(W0 @ x + b0) + b1
a = sigmoid(z)
${end}`)

describe('a loop', () => {
  it.each([
    ['over pairs', 'params = [(W0, b0), (W1, b1)]\na = x\nfor w, b in params:'],
    ['over pairs, given there', 'a = x\nfor (w, b) in [(W0, b0), (W1, b1)]:'],
    ['over the first of three', 'p = [(W0, b0), (W1, b1), (W0, b0)]\na = x\nfor w, b in p[:-1]:'],
    ['with numbers', 'p = [(W0, b0), (W1, b1)]\na = x\nfor i, (w, b) in enumerate(p):'],
    ['from the end', 'p = [(W1, b1), (W0, b0)]\na = x\nfor w, b in reversed(p):'],
    ['over two lists', 'a = x\nfor b, w in zip((b0, b1), (W0, W1)):'],
  ])('%s', (_, head) => {
    expect(costOf(`${leaves}\n${head}\n    z = w @ a + b\n    a = sigmoid(z)\n${end}`)).toBe(
      written,
    )
  })

  it('over lists of what is drawn, each with a name', () => {
    const text = `x: input 3\ny: input 2
weights = [np.random.randn(4, 3), np.random.randn(2, 4)]
biases = [np.random.randn(4), np.random.randn(2)]
a = x
for b, w in zip(biases, weights):
    z = w @ a + b
    a = sigmoid(z)
${end}`
    expect(costOf(text)).toBe(written)
  })

  it.each([
    ['what is no list', 'for w in x:\n    a = w'],
    ['pairs as three', 'for w, b, c in [(W0, b0)]:\n    a = w'],
  ])('%s is refused', (_, loop) => {
    expect(() => costOf(`${leaves}\n${loop}\nC = sum(a)`)).toThrow(/A loop is|3 names get 2/)
  })
})
