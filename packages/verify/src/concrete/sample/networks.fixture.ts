// For tests: networks as lecture notes have them, recorded by hand.
import {
  avgPool2d,
  conv2d,
  convolve2d,
  crossEntropy,
  dense,
  Graph,
  l2Pool2d,
  maxPool2d,
  mul,
  type Node,
  sigmoid,
  softmax,
  squaredError,
  sum,
} from '@backprove/graph'

const poolings = { max: maxPool2d, avg: avgPool2d, l2: l2Pool2d }

/** A book's network for 6×6 images: filters, sigmoid, 2×2 pooling, dense, sigmoid. */
export const book = ({
  pooling = 'max',
  size = 6,
  filters = 3,
  kernel = 3,
  units = 3,
}: {
  pooling?: keyof typeof poolings
  size?: number
  filters?: number
  kernel?: number
  units?: number
} = {}): Node => {
  const g = new Graph()
  const x = g.input('x_{ij}', [1, size, size])
  const w = g.parameter('w^{Fk}_{ij}', [filters, 1, kernel, kernel])
  const z = conv2d(x, w, { bias: g.parameter('b^{Fk}', [filters]) }).as('z^{Fk}_{ij}')
  const a = sigmoid(z).as('a^{Fk}_{ij}')
  const p = poolings[pooling](a, { size: 2 }).as('z^{Pk}_{ij}').as('a^{Pk}_{ij}')
  const wO = g.parameter('w^{On}_{k-ij}', [units, ...p.shape])
  const zO = dense(p, wO, g.parameter('b^O_n', [units])).as('z^O_n')
  const y = sigmoid(zO).as('a^O_n')
  return squaredError(y, g.input('t_n', [units])).as('C')
}

/** Two layers of single images: z^l = σ(z^{l−1}) ∗ W^l. */
export const chain = (kind: 'correlation' | 'convolution' = 'correlation'): Node => {
  const g = new Graph()
  const before = g.input('z^{l-1}_{ij}', [1, 5, 4])
  const a = sigmoid(before).as('a^{l-1}_{ij}')
  const layer = kind === 'correlation' ? conv2d : convolve2d
  const z = layer(a, g.parameter('W^l_{uv}', [1, 1, 3, 2])).as('z^l_{ij}')
  return squaredError(sigmoid(z).as('a^l_{ij}'), g.input('t_{ij}', z.shape)).as('C')
}

/** Dense layers numbered 1, 2, 3. */
export const layers = (): Node => {
  const g = new Graph()
  let a: Node = g.input('a^1', [4])
  const lengths = [4, 3, 5]
  for (const l of [2, 3]) {
    const w = g.parameter(`W^${l}`, [lengths[l - 1]!, lengths[l - 2]!])
    const z = dense(a, w, g.parameter(`b^${l}`, [lengths[l - 1]!])).as(`z^${l}`)
    a = sigmoid(z).as(`a^${l}`)
  }
  return squaredError(a, g.input('t', a.shape)).as('C')
}

/** Y = W ∗ X with any cost that is linear in Y: f = Σ G Y, squared so that second orders exist. */
export const bare = (): Node => {
  const g = new Graph()
  const x = g.input('X_{ij}', [1, 5, 6]).as('x_{ij}')
  const w = g.parameter('W_{uv}', [1, 1, 2, 3]).as('w_{uv}')
  const y = conv2d(x, w).as('Y_{ij}').as('y_{ij}')
  const weighted = mul(y, g.input('G_{ij}', y.shape))
  return sum(mul(weighted, weighted)).as('C')
}

/** Softmax and cross-entropy on a dense layer. */
export const classifier = (): Node => {
  const g = new Graph()
  const z = dense(g.input('x', [4]), g.parameter('W', [3, 4])).as('z')
  softmax(z).as('y')
  return crossEntropy(z, g.input('t', [3])).as('C')
}

/** Several channels: images of two channels, three filters. */
export const channels = (): Node => {
  const g = new Graph()
  const a = g.input('a_{cij}', [2, 4, 5])
  const z = conv2d(a, g.parameter('W_{kcuv}', [3, 2, 2, 2])).as('z_{kij}')
  return squaredError(sigmoid(z), g.input('t_{kij}', z.shape)).as('C')
}
