// A net as a graph of ours: its cost, its step of gradient descent, and the arrays that it starts
// from, in the order in which the layers ask for them.
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import type { Layer, Net } from './nets.ts'

export interface Recorded {
  readonly cost: Node
  /** [leaf, its next value]. */
  readonly state: readonly (readonly [Node, Node])[]
  /** Of the parameters in order, then of running means and variances. */
  readonly states: Readonly<Record<string, Float32Array>>
  readonly parameters: readonly string[]
  readonly feeds: { readonly x: Float32Array; readonly t: Float32Array }
}

/** The step is this, divided by the batch. */
export const rate = 0.01

export function record(net: Net): Recorded {
  const { input, layers, cost, batch } = net
  const graph = new Graph()
  const random = generator(7)
  const states: Record<string, Float32Array> = {}
  const parameters: Node[] = []
  const updates: [Node, Node][] = []
  const parameter = (shape: readonly number[], make: () => number): Node => {
    const node = graph.parameter(`p${parameters.length}`, shape)
    states[node.name!] = Float32Array.from({ length: g.sizeOf(shape) }, make)
    parameters.push(node)
    return node
  }
  const weights = (shape: readonly number[], gain: number): Node => {
    const bound = gain * Math.sqrt(3 / g.sizeOf(shape.slice(1)))
    return parameter(shape, () => bound * (2 * random() - 1))
  }
  const running = (name: string, channels: number, start: number, now: Node): void => {
    const node = graph.input(`${name}${updates.length}`, [channels])
    states[node.name!] = new Float32Array(channels).fill(start)
    updates.push([node, g.add(g.mul(0.9, node), g.mul(0.1, now))])
  }

  const normalise = (x: Node): Node => {
    const channels = x.shape[1]!
    const spread = (v: Node) => g.reshape(v, [channels, 1, 1])
    const [scale, shift] = [parameter([channels], () => 1), parameter([channels], () => 0)]
    const mean = g.mean(x, { axes: [0, 2, 3] })
    const centred = g.sub(x, spread(mean))
    const variance = g.mean(g.square(centred), { axes: [0, 2, 3] })
    running('mean', channels, 0, mean)
    running('variance', channels, 1, variance)
    const normal = g.div(centred, spread(g.sqrt(g.add(variance, 1e-5))))
    return g.add(g.mul(normal, spread(scale)), spread(shift))
  }
  const pools = {
    max: g.maxPool2d,
    average: g.avgPool2d,
    l2: g.l2Pool2d,
    median: g.medianPool2d,
  } as const
  const after = (x: Node, all: readonly Layer[]): Node => all.reduce(apply, x)
  const apply = (x: Node, layer: Layer): Node => {
    switch (layer.kind) {
      case 'conv': {
        const { filters, size, stride, groups, bias } = layer
        const w = weights([filters, x.shape[1]! / groups, size, size], 1.2)
        const b = bias ? { bias: parameter([filters], () => 0) } : {}
        return g.conv2d(x, w, { ...b, stride, groups, padding: (size - 1) / 2 })
      }
      case 'dense':
        return g.dense(
          x,
          weights([layer.units, ...x.shape.slice(1)], 1),
          parameter([layer.units], () => 0),
        )
      case 'batchNorm':
        return normalise(x)
      case 'pool':
        return pools[layer.by](x, { size: 2 })
      case 'double':
        return g.upsample(x, { size: 2 })
      case 'means':
        return g.mean(x, { axes: [2, 3] })
      case 'residual': {
        const body = after(x, layer.body)
        return g.add(body, after(x, layer.aside))
      }
      default:
        return layer.kind === 'relu' ? g.relu(x) : g.sigmoid(x)
    }
  }

  const x = graph.input('x', [batch, ...input])
  const y = after(x, layers)
  const t = graph.input('t', y.shape)
  const total = cost === 'cross-entropy' ? g.crossEntropy(y, t) : g.squaredError(y, t)
  const next = g.grad(total, parameters).map((gradient, k): [Node, Node] => {
    return [parameters[k]!, g.sub(parameters[k]!, g.mul(rate / batch, gradient))]
  })
  const isTarget = (k: number) => Number(k % 10 === Math.floor(k / 10) % 10)
  const target = (k: number) => (cost === 'cross-entropy' ? isTarget(k) : random())
  const feeds = {
    x: Float32Array.from({ length: g.sizeOf(x.shape) }, random),
    t: Float32Array.from({ length: g.sizeOf(t.shape) }, (_, k) => target(k)),
  }
  const names = parameters.map(({ name }) => name!)
  return { cost: total, state: [...next, ...updates], states, parameters: names, feeds }
}

/** Numbers in [0, 1): the linear congruential generator of Numerical Recipes, its upper bits. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return (state >>> 8) / 2 ** 24
  }
}
