// A random network twice: as a graph of ours, and as a list of layers for another engine. The two
// share the numbers and the words of the layers, and nothing else.

import type { Node, PoolOptions, Shape } from '@backprove/graph'
import * as g from '@backprove/graph'

type Pair = readonly [number, number]
type Activation = keyof typeof activations
type Pooling = keyof typeof poolings

interface Conv {
  readonly kind: 'conv'
  readonly w: string
  readonly b: string
  /** [[top, bottom], [left, right]]. */
  readonly padding: readonly [Pair, Pair]
  readonly stride: Pair
  readonly dilation: Pair
  readonly groups: number
  /** A true convolution. */
  readonly flipped: boolean
}
interface Pool {
  readonly kind: 'pool'
  readonly pooling: Pooling
  readonly size: Pair
  readonly stride: Pair
  readonly padding: Pair
  readonly dilation: Pair
  readonly ceil: boolean
  readonly countPadding: boolean
}
type Layer =
  | Conv
  | Pool
  | { readonly kind: 'activation'; readonly name: Activation }
  | { readonly kind: 'residual' | 'concat'; readonly layers: readonly Layer[] }
  | { readonly kind: 'dense'; readonly w: string; readonly b: string }

interface Numbers {
  readonly shape: Shape
  readonly data: readonly number[]
}

export interface Recipe {
  readonly layers: readonly Layer[]
  readonly cost: keyof typeof costs
  readonly x: Numbers
  readonly t: Numbers
  readonly values: Readonly<Record<string, Numbers>>
  readonly directions: readonly Numbers[]
}

export interface Recorded {
  readonly recipe: Recipe
  /** The cost, its gradients, the Hessian times the directions: one list. */
  readonly outputs: readonly Node[]
  readonly feeds: Readonly<Record<string, Float64Array>>
}

const { sigmoid, tanh, relu, leakyRelu, elu, softplus, identity, gelu, silu, sin, erf } = g
const activations = {
  ...{ sigmoid, tanh, relu, leakyRelu, elu, softplus, identity },
  ...{ gelu, silu, sin, erf },
}
const poolings = { max: g.maxPool2d, avg: g.avgPool2d, l2: g.l2Pool2d, median: g.medianPool2d }
const costs = { squaredError: g.squaredError, crossEntropy: g.crossEntropy }

/** Whole numbers below n, from a seed: a linear congruence modulo 2^32, its high bits. */
const dice = (seed: number) => {
  let state = (seed * 2654435761) >>> 0
  return (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
}

/** The network of a seed: two or three convolutions, a pooling, perhaps a branch, dense layers. */
export function recorded(seed: number): Recorded {
  const die = dice(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[die(items.length)]!
  const keyOf = <Key extends string>(table: Readonly<Record<Key, unknown>>): Key =>
    pick(Object.keys(table) as Key[])
  const number = (): number => die(2_000_001) / 1_000_000 - 1
  const graph = new g.Graph()
  const values: Record<string, Numbers> = {}
  const numbers = (shape: Shape, scale = 1): Numbers => ({
    shape,
    data: Array.from({ length: g.sizeOf(shape) }, () => scale * number()),
  })
  const parameter = (shape: Shape): string => {
    const name = `p${Object.keys(values).length}`
    values[name] = numbers(shape, 0.5)
    graph.parameter(name, shape)
    return name
  }
  const pair = (from: number, to: number): Pair => {
    const first = from + die(to - from + 1)
    return [first, die(2) ? first : from + die(to - from + 1)]
  }
  /** Draws a layer, applies it, and keeps both. */
  const layersOf = (layers: Layer[]) => (x: Node, layer: Layer) => {
    layers.push(layer)
    return applied(graph, x, layer)
  }
  const conv = (x: Node, filters: number, keeps = false): Conv => {
    const channels = x.shape.at(-3)!
    const groups = !keeps && channels % 2 === 0 && filters % 2 === 0 ? 1 + die(2) : 1
    const [m, n] = keeps ? [3, 3] : pair(1, 3)
    const side = (): Pair => (keeps ? [1, 1] : [die(3), die(3)])
    return {
      kind: 'conv',
      w: parameter([filters, channels / groups, m, n]),
      b: die(3) ? parameter([filters]) : '',
      padding: [side(), side()],
      stride: keeps ? [1, 1] : pair(1, 2),
      dilation: keeps ? [1, 1] : pair(1, 2),
      groups,
      flipped: die(4) === 0,
    }
  }
  const pool = (): Pool => {
    const pooling = keyOf(poolings)
    const size = pair(1, 3)
    const isPlain = pooling === 'l2' || pooling === 'median'
    const dilation: Pair = die(3) ? [1, 1] : pair(1, 2)
    const isDilated = dilation[0] + dilation[1] > 2
    const half: Pair = [Math.floor(size[0] / 2), Math.floor(size[1] / 2)]
    const noPadding = isPlain || (pooling === 'avg' && isDilated) || die(2) === 0
    return {
      kind: 'pool',
      pooling,
      size,
      stride: pair(1, 2),
      padding: noPadding ? [0, 0] : half,
      dilation,
      ceil: !isPlain && !(pooling === 'avg' && isDilated) && die(2) === 0,
      countPadding: die(2) === 0,
    }
  }
  const batch = 1 + die(3)
  const x = graph.input('x', [batch, 1 + die(2), 11 + die(3), 11 + die(3)])
  const layers: Layer[] = []
  const then = layersOf(layers)
  const activation = (): Layer => ({ kind: 'activation', name: keyOf(activations) })
  let a = then(then(x, conv(x, 2 + 2 * die(2))), activation())
  if (die(2)) {
    const inner: Layer[] = []
    const b = layersOf(inner)(a, conv(a, a.shape.at(-3)!, true))
    layersOf(inner)(b, activation())
    a = then(a, { kind: pick(['residual', 'concat'] as const), layers: inner })
  }
  a = then(a, pool())
  a = then(then(a, conv(a, 2 + die(2), true)), activation())
  const dense = (units: number): Layer => ({
    kind: 'dense',
    w: parameter([units, ...a.shape.slice(1)]),
    b: parameter([units]),
  })
  a = then(then(a, dense(4)), activation())
  a = then(a, dense(3))
  const cost = keyOf(costs)
  const t = graph.input('t', a.shape)
  const C = costs[cost](a, t)

  const parameters = Object.keys(values).map((name) => graph.node(name))
  const directions = parameters.map(({ shape }) => numbers(shape))
  const along = directions.map(({ shape }, k) => graph.input(`v${k}`, shape))
  const recipe = { layers, cost, x: numbers(x.shape), t: numbers(t.shape), values, directions }
  const feeds = Object.fromEntries(
    [
      ...Object.entries({ x: recipe.x, t: recipe.t, ...values }),
      ...directions.map((each, k) => [`v${k}`, each] as const),
    ].map(([name, { data }]) => [name, Float64Array.from(data)]),
  )
  const outputs = [C, ...g.grad(C, parameters), ...g.hvp(C, parameters, along)]
  return { recipe, outputs, feeds }
}

function applied(graph: g.Graph, x: Node, layer: Layer): Node {
  switch (layer.kind) {
    case 'conv': {
      const { padding, stride, dilation, groups } = layer
      const bias = layer.b ? { bias: graph.node(layer.b) } : {}
      const convolution = layer.flipped ? g.convolve2d : g.conv2d
      return convolution(x, graph.node(layer.w), { padding, stride, dilation, groups, ...bias })
    }
    case 'activation':
      return (activations[layer.name] as (x: Node) => Node)(x)
    case 'pool': {
      const { pooling, countPadding, size, stride, padding, dilation, ceil } = layer
      const options: PoolOptions = { size, stride, padding, dilation, ceil }
      return pooling === 'avg'
        ? g.avgPool2d(x, { ...options, countPadding })
        : poolings[pooling](x, options)
    }
    case 'dense':
      return g.dense(x, graph.node(layer.w), graph.node(layer.b))
    default: {
      const inner = layer.layers.reduce((a, each) => applied(graph, a, each), x)
      return layer.kind === 'residual' ? g.add(x, inner) : g.concat([x, inner])
    }
  }
}
