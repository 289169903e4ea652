// Words of other libraries in a network's text: the answer has to work when it is typed.
import { evaluate } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from './build-network.ts'
import { noOperation, ours } from './elsewhere.ts'
import { operations } from './operations.ts'

const known = [...operations.keys()]
const built = (text: string) => buildNetwork(readNetwork(text))

describe('an operation of another library', () => {
  it.each([...ours])('%s is written with operations that there are', (word, help) => {
    expect(known).not.toContain(word)
    for (const [, op] of help.matchAll(/([A-Za-z\d]+)\(/g)) expect(known).toContain(op)
  })

  it.each([
    ['Linear', /here it is dense\(x, W, b\), or matmul\(W, x\) \+ b/],
    ['max_pool2d', /here it is ‘maxPool2d’/],
    ['MaxPooling2D', /maxPool2d\(x, size=2\)/],
    ['mse_loss', /here it is meanSquaredError/],
    ['Conv2D', /here it is ‘conv2d’/],
    ['cross_entropy', /here it is ‘crossEntropy’/],
    ['sigmoide', /near it are sigmoid/],
    ['constructor', /near it are/],
  ])('%s', (op, says) => {
    expect(noOperation(op, known)).toMatch(says)
    expect(() => built(`x: input 3\ny = ${op}(x)`)).toThrow(says)
  })

  const before = 'x: input 4 3\ngamma: parameter 3\nbeta: parameter 3\nt: input 4 3\n'
  it.each(['batchnorm', 'layernorm', 'rmsnorm'])('%s as it is told', (word) => {
    const lines = ours.get(word)!.replaceAll(/, (?=\w+ =)/g, '\n')
    expect(built(`${before}${lines}\nC = squaredError(y, t)`).cost.shape).toEqual([])
  })

  it('attention and a convolution as they are told', () => {
    const attention = ours.get('attention')!.replace(/, 2 the .*/, '')
    const both = ['q', 'k', 'v'].map((each) => `${each}: input 5 2`).join('\n')
    expect(built(`${both}\ny = ${attention}\nC = sum(y)`).cost.shape).toEqual([])
    const conv = ours.get('conv')!
    expect(built(`x: input 1 6 6\nw: parameter 2 1 3 3\nC = sum(${conv})`).cost.shape).toEqual([])
  })

  it('tril, triu and prod are operations, along the axes that they are given', () => {
    const text = 'x: input 2 3\ny = tril(x, diagonal=-1) + triu(x)\nC = sum(prod(y, axes=1))'
    const { cost } = built(text)
    const x = [
      [1, 2, 3],
      [4, 5, 6],
    ]
    expect([...evaluate(cost, { x })]).toEqual([6 + 120])
  })
})
