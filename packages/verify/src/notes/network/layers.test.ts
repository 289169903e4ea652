// Layers as objects, compiled models, and inputs that nobody declares: the graph of our own words.
import { evaluate } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../../document/network-text.ts'
import { buildNetwork } from './build-network.ts'

const built = (text: string) => buildNetwork(readNetwork(text)).cost
const leavesOf = (text: string) =>
  [...built(text).graph.named]
    .filter(([, { op }]) => op.name === 'input' || op.name === 'parameter')
    .map(([name, { shape }]) => `${name} ${shape.join('×')}`)

/** The cost at numbers that differ, one after the other in the order of these names. */
const costAt = (text: string, names: readonly string[]): number => {
  const cost = built(text)
  const feeds = names.map((name, at) => {
    const { shape } = cost.graph.node(name)
    const length = shape.reduce((all, each) => all * each, 1)
    return [name, Array.from({ length }, (_, k) => 0.4 + 0.3 * Math.sin(7 * at + 1.3 * k))] as const
  })
  return Number(evaluate(cost, Object.fromEntries(feeds)))
}

describe('how many go in is asked of what a layer is called on', () => {
  it.each([
    [
      "x = keras.Input(shape=(4,))\nh = layers.Dense(5, activation='tanh')(x)\ny = layers.Dense(3)(h)\nloss = sum(y)",
      'x 4, dense.kernel 4×5, dense.bias 5, dense2.kernel 5×3, dense2.bias 3',
    ],
    [
      'X = np.random.rand(8, 4)\nm = tf.keras.Sequential([\n  tf.keras.layers.Dense(5, use_bias=False),\n])\nloss = sum(m(X))',
      'X 8×4, m.0.kernel 4×5',
    ],
    [
      "m = Sequential()\nm.add(Dense(5, activation='relu', input_shape=(4,)))\nm.add(Dense(1))\nm.compile(loss='mse', optimizer='adam')\nm.fit(x, y, epochs=3)",
      'x 4, m.0.kernel 4×5, m.0.bias 5, m.1.kernel 5×1, m.1.bias 1, y 1',
    ],
    [
      'model = nn.Sequential(nn.Linear(4, 5), nn.ReLU())\ncriterion = nn.MSELoss()\ny_pred = model(x)\nloss = criterion(y_pred, y)',
      'x 4, model.0.weight 5×4, model.0.bias 5, y 5',
    ],
    // What is declared further down is not taken for granted.
    [
      'model = nn.Sequential(nn.Linear(4, 5))\nloss = sum(model(x))\nx: input 7 4',
      'x 7×4, model.0.weight 5×4, model.0.bias 5',
    ],
    // A layer that is called twice has its parameters once.
    [
      'a: input 4\nb: input 4\nd = Dense(2)\nloss = sum(d(a) * d(2 * b))',
      'a 4, b 4, d.kernel 4×2, d.bias 2',
    ],
  ])('%s', (text, leaves) => {
    expect(new Set(leavesOf(text))).toEqual(new Set(leaves.split(', ')))
  })
})

describe('one cost, two spellings', () => {
  const own = 'x: input 4\nK: parameter 4 3\nb: parameter 3\nt: input 3\n'
  it.each([
    [
      'a layer called twice',
      'a: input 4\nc: input 4\nd = Dense(2)\nloss = sum(d(a) * d(2 * c))',
      ['a', 'c', 'd.kernel', 'd.bias'],
      'a: input 4\nc: input 4\nK: parameter 4 2\nb: parameter 2\nloss = sum((a @ K + b) * (2 * c @ K + b))',
      ['a', 'c', 'K', 'b'],
    ],
    [
      'softmax and its loss',
      "m = Sequential([Input(shape=(4,)), Dense(3, 'softmax')])\nm.compile(loss='categorical_crossentropy')\nm.fit(x, t)",
      ['x', 'm.1.kernel', 'm.1.bias', 't'],
      `${own}loss = -sum(t * log(softmax(x @ K + b)))`,
      ['x', 'K', 'b', 't'],
    ],
    [
      'a tape',
      'x: input 4\nw = tf.Variable(tf.zeros((4, 3)))\nwith tf.GradientTape() as tape:\n    y = x @ w\n    loss = tf.reduce_mean(y**2)\ng = tape.gradient(loss, w)',
      ['x', 'w'],
      'x: input 4\nw: parameter 4 3\nloss = mean((x @ w)^2)',
      ['x', 'w'],
    ],
    [
      'a layer of norms, and rows that are learnt',
      'e = nn.Embedding(4, 3)\nn = nn.LayerNorm(3, eps=0.5)\nloss = sum(n(e(torch.tensor([2, 0])))^3)',
      ['e.weight', 'n.weight', 'n.bias'],
      'e: parameter 4 3\nw: parameter 3\nb: parameter 3\nx = stack([e[2], e[0]])\nd = x - mean(x, axes=1, keepDims=true)\nloss = sum((d / sqrt(mean(d^2, axes=1, keepDims=true) + 0.5) * w + b)^3)',
      ['e', 'w', 'b'],
    ],
    [
      'an LSTM cell',
      'cell = nn.LSTMCell(3, 2)\nx: input 1 3\nh: input 1 2\nc: input 1 2\nh1, c1 = cell(x, (h, c))\nloss = sum(h1 * 2 + c1)',
      ['x', 'h', 'c', 'cell.weight_ih', 'cell.weight_hh', 'cell.bias_ih', 'cell.bias_hh'],
      'x: input 1 3\nh: input 1 2\nc: input 1 2\nW: parameter 8 3\nU: parameter 8 2\nb: parameter 8\nd: parameter 8\nz = x @ W.T + b + h @ U.T + d\nc1 = sigmoid(z[:, 2:4]) * c + sigmoid(z[:, :2]) * tanh(z[:, 4:6])\nloss = sum(2 * sigmoid(z[:, 6:]) * tanh(c1) + c1)',
      ['x', 'h', 'c', 'W', 'U', 'b', 'd'],
    ],
    [
      'a GRU cell',
      'cell = nn.GRUCell(3, 2)\nx: input 1 3\nh: input 1 2\nloss = sum(cell(x, h))',
      ['x', 'h', 'cell.weight_ih', 'cell.weight_hh', 'cell.bias_ih', 'cell.bias_hh'],
      'x: input 1 3\nh: input 1 2\nW: parameter 6 3\nU: parameter 6 2\nb: parameter 6\nd: parameter 6\ny = x @ W.T + b\nz = h @ U.T + d\nu = sigmoid(y[:, 2:4] + z[:, 2:4])\nloss = sum((1 - u) * tanh(y[:, 4:] + sigmoid(y[:, :2] + z[:, :2]) * z[:, 4:]) + u * h)',
      ['x', 'h', 'W', 'U', 'b', 'd'],
    ],
    [
      'a cell in a loop',
      'rnn = nn.RNNCell(3, 2)\nx: input 2 1 3\nh0: input 1 2\nh = h0\nfor t in range(2):\n    h = rnn(x[t], h)\nloss = sum(h)',
      ['x', 'h0', 'rnn.weight_ih', 'rnn.weight_hh', 'rnn.bias_ih', 'rnn.bias_hh'],
      'x: input 2 1 3\nh0: input 1 2\nW: parameter 2 3\nU: parameter 2 2\nb: parameter 2\nd: parameter 2\nh1 = tanh(x[0] @ W.T + b + h0 @ U.T + d)\nloss = sum(tanh(x[1] @ W.T + b + h1 @ U.T + d))',
      ['x', 'h0', 'W', 'U', 'b', 'd'],
    ],
    [
      'placeholders, and a name with a stroke at its end',
      'x = tf.placeholder(tf.float32, [None, 4])\nW = tf.Variable(tf.zeros([4, 2]))\ny_ = tf.placeholder(tf.float32, [None, 2])\nloss = tf.reduce_sum(tf.square(x @ W - y_))\nstep = tf.train.GradientDescentOptimizer(0.1).minimize(loss)',
      ['x', 'W', 'y_'],
      'x: input 3 4\nW: parameter 4 2\nt: input 3 2\nloss = sum((x @ W - t)^2)',
      ['x', 'W', 't'],
    ],
    [
      'a matrix of one number is one at the end, and rows of MATLAB',
      "e = [ones(m, 1) X] * theta' - y;\nJ = (e' * e) / (2 * m);\nX: input m=5 2\ny: input 5 1\ntheta: parameter 1 3",
      ['X', 'y', 'theta'],
      'X: input 5 2\ny: input 5 1\nw: parameter 1 3\nJ = sum((w[0, 0] + X @ w[0, 1:].reshape(2, 1) - y)^2) / 10',
      ['X', 'y', 'w'],
    ],
    [
      'labels',
      'z: input 2 3\nloss = F.cross_entropy(z, torch.tensor([2, 0]))',
      ['z'],
      'z: input 2 3\nloss = -(logSoftmax(z)[0, 2] + logSoftmax(z)[1, 0]) / 2',
      ['z'],
    ],
    [
      'layer_norm',
      'x: input 2 3\nw: parameter 3\nloss = sum(F.layer_norm(x, (3,), w)^3)',
      ['x', 'w'],
      'x: input 2 3\nw: parameter 3\nloss = sum((w * (x - mean(x, axes=1, keepDims=true)) / sqrt(variance(x, axes=1, keepDims=true) + 0.00001))^3)',
      ['x', 'w'],
    ],
    [
      'numbers that are given',
      'x: input 3\nA = np.array([[1, 2, 0], [3, -1, 4]])\nloss = sum((A @ x)**2)',
      ['x'],
      'x: input 3\nloss = sum((x[0] + 2 * x[1])^2 + (3 * x[0] - x[1] + 4 * x[2])^2)',
      ['x'],
    ],
  ])('%s', (_, text, names, ours, others) => {
    expect(costAt(text, names)).toBeCloseTo(costAt(ours, others), 10)
  })
})

it('what is drawn and moved is drawn; numbers to be learnt are any', () => {
  const text =
    'W = 2 * np.random.random((3, 4)) - 1\nb = np.array([0.5, 1, 2])\nx: input 4\nC = sum(W x + b)'
  expect(leavesOf(text)).toEqual(['W 3×4', 'b 3', 'x 4'])
})

describe('what another library means by the same word is no layer here', () => {
  it.each(['layers.LeakyReLU()', 'LeakyReLU()', 'layers.Flatten()', 'Flatten()', 'Dropout(0.5)'])(
    '%s',
    (layer) => {
      const text = `x: input 8 3 3\nm = Sequential([${layer}, Dense(2)])\nC = sum(m(x))`
      expect(() => built(text)).toThrow()
    },
  )
})

it.each([
  ['nn.Conv2d(1, 2, 3, padding_mode="circular")', 'padding_mode'],
  ['nn.LSTMCell(3, 2, bias=False)', 'bias'],
  ['nn.RNNCell(3, 2, nonlinearity="relu")', 'nonlinearity'],
  ['nn.LayerNorm(3, elementwise_affine=False)', 'elementwise_affine'],
  ['nn.Embedding(3, 2, padding_idx=0)', 'padding_idx'],
])('%s has no option %s', (layer, option) => {
  expect(() => built(`x: input 1 3 3\nm = ${layer}\nC = sum(m(x))`)).toThrow(
    `has no option ‘${option}’`,
  )
})

describe('settings that make another cost are not passed over', () => {
  const text = (layer: string, loss: string, fit: string) =>
    `m = Sequential([${layer}])\nm.compile(${loss})\nm.fit(x, y${fit})`
  it.each([
    ['Dense(2, input_dim=3, kernel_regularizer=l2(0.1))', "loss='mse'", ''],
    ['Dense(2, input_dim=3)', "loss='mse', loss_weights=[2]", ''],
    ['Dense(2, input_dim=3)', 'loss=keras.losses.CategoricalCrossentropy(label_smoothing=0.1)', ''],
    ['Dense(2, input_dim=3)', "loss='mse'", ', sample_weight=w'],
  ])('%s, %s%s', (...parts) => {
    expect(() => built(text(...parts))).toThrow()
    expect(built(text('Dense(2, input_dim=3)', "loss='mse'", ', epochs=2')).name).toBe('loss')
  })
})
