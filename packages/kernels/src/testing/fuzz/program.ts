// Random programs for numbers that are not ordinary: any op on images of odd sizes, chains of
// convolution, activation and pooling that laws apply to, and gradients of all that.

import type { Node, Shape } from '@backprove/graph'
import * as g from '@backprove/graph'
import { generator } from '../values.ts'

export interface FuzzProgram {
  readonly nodes: readonly Node[]
  readonly feeds: Readonly<Record<string, Float64Array>>
}

type Random = () => number

const of = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!

const ordinary = [1, -1, 2, -2, 0.5, -0.5, 3, 1.5, 0, -3]
const specials = [
  [Number.NaN, Infinity, -Infinity, 0, -0],
  [Number.NaN, Infinity, -Infinity, 2 ** -149, -(2 ** -140), 5e-324],
  [Number.NaN, 3e38, -3e38, Number.MAX_VALUE, -Number.MAX_VALUE, 0],
] as const

const activations = [g.relu, g.sigmoid, g.tanh, g.exp, g.softplus, g.sqrt, g.identity, g.log]
const costly = [g.sin, g.cos, g.erf, g.timesPi, (x: Node) => g.gelu(x)]
const unary: readonly ((x: Node) => Node)[] = [
  ...activations,
  ...costly,
  (x) => g.leakyRelu(x),
  (x) => g.elu(x),
  (x) => g.clamp(x, -1, 2),
  ...[g.square, g.abs, g.sign, g.neg],
  ...[0.5, -1, 3, 2.5, -2, 20].map((n) => (x: Node) => g.pow(x, n)),
  (x) => g.mean(x, { keepDims: true }),
  (x) => g.softmax(g.reshape(x, [-1])),
  (x) => (x.shape.length > 0 ? g.logSoftmax(x) : x),
  (x) => (x.shape.length > 0 ? g.cumsum(x, { axis: 0 }) : x),
  (x) => (x.shape.length > 0 ? g.logSumExp(x, { axes: -1, keepDims: true }) : x),
  (x) => (x.shape.length > 0 ? g.max(x, { axes: 0, keepDims: true }) : x),
  (x) => (x.shape.length > 0 ? g.sum(x, { axes: -1, keepDims: true }) : x),
  (x) => g.transpose(x),
  (x) => (x.shape.length > 0 ? g.flip(x, { axes: -1 }) : x),
  (x) => (x.shape.length > 0 ? g.pad(x, { before: 1, after: 0 }) : x),
]
const binary = [g.add, g.sub, g.mul, g.div, g.maximum, g.minimum, g.greater, g.less, g.equal, g.pow]
const poolings = [g.maxPool2d, g.maxPool2d, g.avgPool2d, g.l2Pool2d, g.medianPool2d]

/** Leaves are fed with ordinary numbers, and now and then a special one. */
function leavesOf(graph: g.Graph, random: Random) {
  const feeds: Record<string, Float64Array> = {}
  const leaves: Node[] = []
  const kinds = of(random, specials)
  const often = of(random, [0, 0.03, 0.1, 0.3])
  // In every leaf, or in one of the first three.
  const only = of(random, [undefined, undefined, 0, 1, 2])
  const leaf = (shape: Shape): Node => {
    const name = `x${leaves.length}`
    const share = only === undefined || only === leaves.length ? often : 0
    const numbers = () => (random() < share ? of(random, kinds) : of(random, ordinary))
    feeds[name] = Float64Array.from({ length: g.sizeOf(shape) }, numbers)
    const node = graph.parameter(name, shape)
    leaves.push(node)
    return node
  }
  return { feeds, leaves, leaf }
}

type Leaf = ReturnType<typeof leavesOf>['leaf']

function convolve(x: Node, leaf: Leaf, random: Random): Node {
  const channels = x.shape.at(-3)!
  const groups = of(random, [1, 1, channels])
  const filters = groups * of(random, [1, 3, 8])
  const size = of(random, [1, 3, 5])
  const w = leaf([filters, channels / groups, size, of(random, [1, 3, size])])
  const bias = random() < 0.6 ? { bias: leaf([filters]) } : {}
  return g.conv2d(x, w, {
    padding: of(random, [0, 1, 'same', 'full'] as const),
    stride: of(random, [1, 1, 2]),
    groups,
    ...bias,
  })
}

const pool = (x: Node, random: Random): Node => {
  const [size, stride] = of(random, [
    [2, 2],
    [2, 2],
    [3, 2],
    [2, 1],
    [3, 3],
  ] as const)
  return of(random, poolings)(x, { size, stride, padding: of(random, [0, 0, 1]) })
}

const isImage = ({ shape }: Node): boolean => shape.length >= 3 && shape.length <= 4

function step(nodes: readonly Node[], leaf: Leaf, random: Random): Node {
  const x = random() < 0.6 ? nodes.at(-1)! : of(random, nodes)
  const y = of(random, nodes)
  const kind = Math.floor(random() * 10)
  if (kind === 0 && isImage(x)) return convolve(x, leaf, random)
  if (kind === 1 && isImage(x)) return pool(x, random)
  if (kind <= 3 && isImage(x)) {
    return pool(of(random, activations)(convolve(x, leaf, random)), random)
  }
  if (kind === 4 && x.shape.length > 0) {
    const [samples, length] = [x.shape[0]!, g.sizeOf(x.shape) / x.shape[0]!]
    const units = of(random, [1, 3, 8])
    const bias = random() < 0.5 ? [leaf([units])] : []
    return g.dense(g.reshape(x, [samples, length]), leaf([units, length]), ...bias)
  }
  if (kind === 5) return g.crossEntropy(g.reshape(x, [-1]), leaf([g.sizeOf(x.shape)]))
  if (kind === 6) return g.where(g.greater(x, 0), of(random, unary)(x), 0)
  if (kind <= 8) return of(random, binary)(x, y)
  return of(random, unary)(x)
}

const MOST_ENTRIES = 200

/** Convolution, bias, activation, 2×2 max-pooling: where most laws apply. */
function pooledConvolution(leaf: Leaf, random: Random): Node {
  const [channels, filters] = [of(random, [1, 2, 3]), of(random, [1, 3, 8])]
  const side = of(random, [4, 5, 6])
  const samples = of(random, [[], [2]])
  const x = leaf([...samples, channels, side, side])
  const size = of(random, [1, 2, 3])
  const w = leaf([filters, channels, size, size])
  const bias = random() < 0.7 ? { bias: leaf([filters]) } : {}
  const y = g.conv2d(x, w, { padding: of(random, [0, 'same'] as const), ...bias })
  const active = random() < 0.7 ? of(random, activations)(y) : y
  return g.maxPool2d(active, { size: 2, stride: of(random, [2, 2, 1]) })
}

function anyOps(leaf: Leaf, random: Random): Node {
  const size = () => of(random, [1, 2, 3, 5, 6])
  const image = [of(random, [1, 3, 5]), size(), size()]
  const nodes = [leaf(random() < 0.3 ? [of(random, [1, 2, 5]), ...image] : image), leaf([])]
  for (let turn = of(random, [2, 3, 5, 8]); turn > 0; turn--) {
    try {
      const made = step(nodes, leaf, random)
      if (g.sizeOf(made.shape) <= MOST_ENTRIES && made.shape.length <= 5) nodes.push(made)
    } catch (error) {
      // Shapes that do not fit: another op takes its turn.
      if (!/shape|Option/i.test((error as Error).name)) throw error
    }
  }
  return nodes.at(-1)!
}

/** The program of that number: the same every time. */
export function fuzzProgram(seed: number): FuzzProgram {
  const random = generator(seed + 1)
  for (let k = 0; k < 5; k++) random()
  const graph = new g.Graph({ ties: of(random, ['first', 'first', 'split']) })
  const { feeds, leaves, leaf } = leavesOf(graph, random)
  const last = random() < 0.3 ? pooledConvolution(leaf, random) : anyOps(leaf, random)
  const cost = random() < 0.5 ? g.sum(last) : g.sum(g.mul(last, last))
  const wrt = leaves.filter(() => random() < 0.6)
  const used = new Set<Node>([
    cost,
    ...(wrt.length > 0 ? g.grad(cost, wrt, { unused: 'zero' }) : []),
  ])
  const outputs = random() < 0.5 ? [...used] : [last, ...used]
  return { nodes: outputs, feeds: known(outputs, feeds) }
}

/** Feeds of the leaves that the nodes need, rounded to float32 where that changes nothing else. */
function known(nodes: readonly Node[], feeds: FuzzProgram['feeds']): FuzzProgram['feeds'] {
  const needed = new Set(g.topologicalOrder(nodes).map(({ name }) => name))
  return Object.fromEntries(Object.entries(feeds).filter(([name]) => needed.has(name)))
}
