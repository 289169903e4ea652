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
