// Networks as notebooks have them, beside the same in indices: one cost, two spellings.
import { evaluate } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from './build-network.ts'

const built = (text: string) => buildNetwork(readNetwork(text)).cost

/** The cost at numbers that differ, one after the other in the order of these names. */
const costAt = (text: string, names: readonly string[]): number => {
  const cost = built(text)
  const feeds = names.map((name, at) => {
    const length = cost.graph.node(name).shape.reduce((all, each) => all * each, 1)
    return [name, Array.from({ length }, (_, k) => 0.4 + 0.3 * Math.sin(7 * at + 1.3 * k))] as const
  })
  return Number(evaluate(cost, Object.fromEntries(feeds)))
}

describe('one cost, two spellings', () => {
  it.each([
    [
      'channels stand last',
      "X = keras.Input(shape=(5, 6, 2))\ny = layers.Conv2D(4, (3, 2), activation='relu', name='m')(X)\nC = sum(y * y)",
      ['X', 'm.kernel', 'm.bias'],
      'X: input 5 6 2\nK: parameter 3 2 2 4\nd: parameter 4\ny = d + ' +
        [0, 1, 2]
          .flatMap((u) => [0, 1].map((v) => `X[${u}:${u + 3}, ${v}:${v + 5}] @ K[${u}, ${v}]`))
          .join(' + ') +
        '\nC = sum(relu(y) * relu(y))',
      ['X', 'K', 'd'],
    ],
    [
      'pooled, and as one column',
      'X: input 4 4 2\nm = Sequential([MaxPooling2D(2), Flatten(), Dense(1, use_bias=False)])\nC = sum(m(X))',
      ['X', 'm.2.kernel'],
      'X: input 4 4 2\nw: parameter 8\np = maxPool2d(transpose(X, axes=[2,0,1]), size=2)\nC = sum(reshape(transpose(p, axes=[1,2,0]), [8]) * w)',
      ['X', 'w'],
    ],
    [
      'entries of a dictionary',
      "params = {}\nparams['W1'] = np.random.randn(2, 3)\nparams['b1'] = np.zeros(2)\nx: input 3\nW1 = params['W1']\nC = np.sum(np.tanh(W1 @ x + params['b1']))",
      ['W1', 'b1', 'x'],
      'W: parameter 2 3\nb: parameter 2\nx: input 3\nC = sum(tanh(W x + b))',
      ['W', 'b', 'x'],
    ],
    [
      'a dictionary at once',
      "params = {\n  'W': np.random.randn(2, 3),\n  'b': np.zeros(2),\n}\nx: input 3\ncache = {'z': params['W'] @ x + params['b']}\nC = np.sum(np.tanh(cache['z']))",
      ['W', 'b', 'x'],
      'W: parameter 2 3\nb: parameter 2\nx: input 3\nC = sum(tanh(W x + b))',
      ['W', 'b', 'x'],
    ],
    [
      'two of one key',
      "p = {}\nq = {}\np['W'] = np.random.randn(2)\nq['W'] = 3 * p['W']\nC = np.sum(q['W'] * p['W'])",
      ['p_W'],
      'p: parameter 2\nC = sum(3 * p * p)',
      ['p'],
    ],
    [
      'parts of parts',
      'x: input 3\nh0: input 3\nc0: input 3\ndef cell(x, s):\n    h, c = s\n    c = c * x\n    h = h + c\n    return h, (h * x, c)\nout, (h1, c1) = cell(x, (h0, c0))\nC = sum(out * h1 + c1)',
      ['x', 'h0', 'c0'],
      'x: input 3\nh: input 3\nc: input 3\nC = sum((h + c * x) * (h + c * x) * x + c * x)',
      ['x', 'h', 'c'],
    ],
    [
      'LaTeX',
      String.raw`x \in \mathbb{R}^3` +
        '\n' +
        String.raw`W \in \mathbb{R}^{2 \times 3}` +
        '\ny: input 2\n' +
        String.raw`z = \mathbf{W} x` +
        '\n' +
        String.raw`L = \frac{1}{2} \left\| \tanh(z) \odot z - y \right\|^2`,
      ['x', 'W', 'y'],
      'x: input 3\nW: parameter 2 3\ny: input 2\nz = W x\nL = 1/2 sum((tanh(z) * z - y)^2)',
      ['x', 'W', 'y'],
    ],
    [
      'a border',
      'x: input 1 2 2\nC = sum(F.pad(x, (1, 0, 0, 2)) * reshape(w, [1, 4, 3]))\nw: input 12',
      ['x', 'w'],
      'x: input 1 2 2\nw: input 12\nC = sum(pad(x, before=[0,0,1], after=[0,2,0]) * reshape(w, [1, 4, 3]))',
      ['x', 'w'],
    ],
    [
      'layers by name',
      "x: input 3\nm = nn.Sequential(OrderedDict([('a', nn.Linear(3, 2)), ('f', nn.Tanh())]))\nC = sum(m(x))",
      ['x', 'm.a.weight', 'm.a.bias'],
      'x: input 3\nW: parameter 2 3\nb: parameter 2\nC = sum(tanh(W x + b))',
      ['x', 'W', 'b'],
    ],
    [
      'lengths from 1',
      'X: input 4 3\nm = size(X, 1);\nC = sum(sum(X .* X)) / m;',
      ['X'],
      'X: input 4 3\nC = sum(X * X) / 4',
      ['X'],
    ],
    [
      'the statistics of a batch of maps',
      'x: input 2 3 4 4\nbn = nn.BatchNorm2d(3, momentum=0.1)\ny = bn(x)\nC = sum(y^3)',
      ['x', 'bn.weight', 'bn.bias'],
      `x: input 2 3 4 4\nW: parameter 3\nb: parameter 3\nm = mean(x, axes=[0, 2, 3], keepDims=true)
v = mean((x - m)^2, axes=[0, 2, 3], keepDims=true)
y = reshape(W, [3, 1, 1]) * (x - m) / sqrt(v + 0.00001) + reshape(b, [3, 1, 1])\nC = sum(y^3)`,
      ['x', 'W', 'b'],
    ],
    [
      'what draws nothing at eval',
      'x: input 5 3\nm = nn.Sequential(nn.Linear(3, 2), nn.Dropout(p=0.5))\nm.eval()\nC = sum(m(x)^2)',
      ['x', 'm.0.weight', 'm.0.bias'],
      'x: input 5 3\nW: parameter 2 3\nb: parameter 2\nC = sum((x @ W.T + b)^2)',
      ['x', 'W', 'b'],
    ],
  ])('%s', (_, pasted, names, plain, others) => {
    expect(costAt(pasted, names)).toBeCloseTo(costAt(plain, others), 12)
  })
})

describe('what is another network is refused by its name', () => {
  it.each([
    ["Sequential([Conv2D(3, 3, kernel_regularizer='l2')])", 'kernel_regularizer'],
    ["Sequential([MaxPooling2D(2, padding='same')])", 'padding'],
    ["Sequential([Dense(3, kernel_constraint='x')])", 'kernel_constraint'],
    ['Sequential([Dense(3), Dropout(0.5)])', 'Sequential is of layers'],
    ['Sequential([Flatten()])', 'Sequential is of layers'],
    ['nn.Sequential(nn.Dropout(0.5))', 'say model.eval()'],
    ['nn.Dropout(0.5)', 'say model.eval()'],
    ['nn.BatchNorm2d(6)\nm.eval()', 'running means'],
    ['nn.BatchNorm2d(6, affine=False)', 'affine'],
  ])('%s', (model, name) => {
    expect(() => built(`x: input 6 6 2\nm = ${model}\nC = sum(m(x))`)).toThrow(name)
  })
})
