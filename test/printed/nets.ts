// Networks of which every printed formula is read back: each layer of nn with each of its options,
// the nets of nn, and random ones.
import { crossEntropy, type Node, squaredError } from '@backprove/graph'
import {
  activate,
  adaptiveAvgPool,
  attention,
  avgPool,
  batchNorm,
  bookCnn,
  conv,
  conv1d,
  convTranspose,
  dense,
  dropout,
  elu,
  embedding,
  flatten,
  gelu,
  globalAvgPool,
  globalMaxPool,
  groupNorm,
  gru,
  hardSigmoid,
  hardSwish,
  hardTanh,
  inception,
  instanceNorm,
  type Layer,
  l2Pool,
  layerNorm,
  leakyRelu,
  logSigmoid,
  lstm,
  maxPool,
  medianPool,
  mish,
  nets,
  network,
  positions,
  prelu,
  relu,
  relu6,
  reshape,
  residual,
  rmsNorm,
  selu,
  sigmoid,
  silu,
  simpleRnn,
  softmax,
  softplus,
  softsign,
  tanh,
  upsample,
  zeroPad,
} from '@backprove/nn'

interface Asked {
  readonly input: readonly number[]
  readonly layers: readonly Layer[]
  readonly cost?: typeof squaredError
  readonly batch?: number
  readonly training?: boolean
}

const made = ({ input, layers, cost = squaredError, batch, training = false }: Asked): Node =>
  network({ input, layers, cost, seed: 1 }).at(batch ?? null, { training }).cost

const image = [1, 6, 6]
const maps = [2, 6, 6]
const words = [3, 4]

type Row = readonly [name: string, asked: Asked]

const after = (name: string, input: readonly number[], ...layers: readonly Layer[]): Row => [
  name,
  { input, layers },
]

const convolved = (name: string, options: object, input = maps): Row =>
  after(name, input, conv({ filters: 2, kernel: 3, ...options }))

const activations: Readonly<Record<string, () => Layer>> = {
  ...{ sigmoid, tanh, relu, elu, gelu, leakyRelu, silu, softplus, relu6, selu, mish, prelu },
  ...{ hardSigmoid, hardSwish, hardTanh, softsign, logSigmoid, softmax },
  'gelu by tanh': () => gelu({ approximate: 'tanh' } as never),
  'of its own': () => activate('swish', 'x / (1 + exp(-x))'),
}

const windows: readonly (readonly [string, object])[] = [
  ['', { size: 2 }],
  [' overlapping', { size: 3, stride: 1 }],
  [' 3 by 2', { size: 3, stride: 2 }],
  [' padded', { size: 3, stride: 1, padding: 1 }],
  [' uneven', { size: [2, 3] }],
]

const poolings = { maxPool, avgPool, l2Pool, medianPool } as const

const rows: readonly Row[] = [
  convolved('conv', {}),
  convolved('conv of one map', {}, image),
  convolved('conv stride', { stride: 2 }),
  convolved('conv stride, cells over', { stride: 2, kernel: 2 }, [2, 5, 5]),
  convolved('conv padding', { padding: 1 }),
  convolved('conv same', { padding: 'same' }),
  convolved('conv same, even', { padding: 'same', kernel: 2 }),
  convolved('conv same, stride', { padding: 'same', stride: 2 }),
  convolved('conv wide', { padding: 2 }),
  convolved('conv dilation', { dilation: 2 }),
  convolved('conv groups', { groups: 2 }),
  convolved('conv groups stride', { groups: 2, stride: 2, padding: 1 }),
  convolved('conv without bias', { bias: false }),
  convolved('conv all', { stride: 2, padding: 1, dilation: 2, bias: false }),
  convolved('conv 1 by 1', { kernel: 1 }),
  ['conv batch', { input: maps, layers: [conv({ filters: 2, kernel: 3 })], batch: 2 }],
  after('dense', [4], dense({ units: 3 })),
  after('dense without bias', [4], dense({ units: 3, bias: false })),
  after('dense of maps', [2, 3, 3], dense({ units: 3 })),
  ['dense batch', { input: [4], layers: [dense({ units: 3 })], batch: 3 }],
  ...Object.entries(activations).map(
    ([name, layer]): Row => after(`activation ${name}`, [4], dense({ units: 3 }), layer()),
  ),
  ...Object.entries(poolings).flatMap(([name, pool]) =>
    windows.map(([how, options]): Row => after(`${name}${how}`, maps, pool(options as never))),
  ),
  after('globalAvgPool', maps, globalAvgPool()),
  after('globalMaxPool', maps, globalMaxPool()),
  after('adaptiveAvgPool', maps, adaptiveAvgPool({ size: 2 })),
  after('zeroPad', maps, zeroPad({ size: 1 })),
  after('upsample', [2, 3, 3], upsample({ size: 2 })),
  after('upsample bilinear', [1, 3, 3], upsample({ size: 2, mode: 'bilinear' })),
  after('convTranspose', [2, 3, 3], convTranspose({ filters: 2, kernel: 2, stride: 2 })),
  after('convTranspose padded', [2, 3, 3], convTranspose({ filters: 2, kernel: 3, padding: 1 })),
  after('flatten', [2, 2, 2], flatten(), dense({ units: 2 })),
  after('reshape', [2, 3], reshape({ shape: [3, 2] })),
  after('dropout', [4], dense({ units: 3 }), dropout({ rate: 0.5 })),
  ['dropout training', { ...trained(dropout({ rate: 0.5 })), training: true, batch: 2 }],
  ['batchNorm', { input: maps, layers: [conv({ filters: 2, kernel: 3 }), batchNorm()] }],
  ['batchNorm of one map', { input: [1, 3, 3], layers: [batchNorm()] }],
  ['batchNorm training', { input: [4], layers: [dense({ units: 3 }), batchNorm()], ...training() }],
  [
    'batchNorm maps training',
    { input: [1, 4, 4], layers: [conv({ filters: 2, kernel: 3 }), batchNorm()], ...training() },
  ],
  after('layerNorm', [4], dense({ units: 3 }), layerNorm()),
  after('layerNorm words', words, layerNorm()),
  after('rmsNorm', [4], dense({ units: 3 }), rmsNorm()),
  after('groupNorm', [4, 2, 2], groupNorm({ groups: 2 })),
  after('instanceNorm', [2, 3, 3], instanceNorm()),
  after('attention', words, attention()),
  after('attention heads', words, attention({ heads: 2 })),
  after('attention causal', words, attention({ causal: true })),
  after('conv1d', [4, 2], conv1d({ filters: 2, kernel: 2 })),
  after('conv1d causal', [4, 2], conv1d({ filters: 2, kernel: 2, padding: 'causal' })),
  after('positions', words, positions()),
  after('positions trained', words, positions({ trained: true })),
  after('simpleRnn', words, simpleRnn({ units: 2 })),
  after('lstm', [2, 2], lstm({ units: 2 })),
  after('gru', [2, 2], gru({ units: 2 })),
  after('embedding', [3], embedding({ symbols: 4, units: 2 })),
  after('residual', [4], dense({ units: 4 }), residual([dense({ units: 4 }), relu()])),
  after(
    'residual of maps',
    maps,
    residual([conv({ filters: 2, kernel: 3, padding: 'same' }), relu()]),
  ),
  after(
    'residual with a shortcut',
    [3],
    residual([dense({ units: 2 })], [dense({ units: 2, bias: false })]),
  ),
  after('inception', [2, 4, 4], inception([[conv1x1()], [conv1x1(), relu()]])),
  ['cross entropy', { input: [4], layers: [dense({ units: 3 }), softmax()], cost: crossEntropy }],
]

function trained(layer: Layer): Asked {
  return { input: [4], layers: [dense({ units: 3 }), layer] }
}

function training() {
  return { training: true, batch: 2 } as const
}

function conv1x1(): Layer {
  return conv({ filters: 2, kernel: 1 })
}

/** Of nn, by name; the digits at the size of the examples. */
const ready: readonly (readonly [string, () => Node])[] = [
  ...(['max', 'avg', 'l2', 'median'] as const).map(
    (pooling) => [`bookCnn ${pooling}`, () => bookCnn({ pooling }).cost] as const,
  ),
  ['leNet5', () => nets.leNet5({ input: [1, 8, 8], classes: 10, seed: 1 }).cost],
  ['miniResNet', () => nets.miniResNet({ seed: 1 }).cost],
  ['miniInception', () => nets.miniInception({ seed: 1 }).cost],
]

/** Every network that is asked for, by name. */
export const networks: ReadonlyMap<string, () => Node> = new Map([
  ...rows.map(([name, asked]) => [name, () => made(asked)] as const),
  ...ready,
])

/** A generator of numbers below 1, the same for the same seed (mulberry32). */
function drawn(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** A network of some layers, of the shapes that they fit. */
export function randomNetwork(seed: number): Node {
  const draw = drawn(seed)
  const one = <T>(items: readonly T[]): T => items[Math.floor(draw() * items.length)]!
  const layers: Layer[] = []
  const isImage = draw() < 0.6
  const size = isImage ? one([4, 5, 6, 7]) : one([2, 3, 4])
  const channels = one([1, 2])
  let length: number = size
  const nonlinear = () => layers.push(one(Object.values(activations).slice(0, 12))())
  if (isImage) {
    for (let k = one([1, 1, 2]); k > 0 && length >= 3; k--) {
      const [kernel, stride] = [one([1, 2, 3]), one([1, 1, 2])]
      const [padding, dilation] = [one([0, 0, 1]), one([1, 1, 2])]
      const next = Math.floor((length + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1
      if (next < 2) continue
      const options = { kernel, stride, padding, dilation, bias: draw() < 0.7 }
      layers.push(conv({ filters: one([1, 2]), ...options }))
      length = next
      if (draw() < 0.2) layers.push(batchNorm())
      nonlinear()
      if (length >= 2 && draw() < 0.5) {
        layers.push(one(Object.values(poolings))({ size: 2, stride: one([1, 2]) } as never))
        break
      }
    }
  } else {
    const width = one([2, 3])
    const isResidual = draw() < 0.3
    layers.push(isResidual ? residual([dense({ units: length })]) : dense({ units: width }))
    if (draw() < 0.2) layers.push(one([layerNorm, rmsNorm])())
    nonlinear()
  }
  layers.push(dense({ units: one([2, 3]), bias: draw() < 0.7 }))
  const isClassifier = draw() < 0.4
  if (isClassifier) layers.push(softmax())
  const cost = isClassifier ? crossEntropy : squaredError
  const input = isImage ? [channels, size, size] : [size]
  const batch = draw() < 0.2 ? 2 : null
  return network({ input, layers, cost, seed: 1 }).at(batch).cost
}
