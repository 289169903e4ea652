// The workloads as graphs of ours: what is computed, and which leaves live in the program.
import type { Node } from '@backprove/graph'
import * as g from '@backprove/graph'
import { Graph } from '@backprove/graph'
import { bookCnn, layer, leNetSized, type Tensor, type Training } from './workloads.ts'

/** A graph to be compiled, with the values of its leaves. */
export interface Recorded {
  readonly output: Node
  /** [leaf, its next value]. */
  readonly state: readonly (readonly [Node, Node])[]
  readonly states: Values
  readonly feeds: Values
}
type Values = Readonly<Record<string, Float32Array>>
type Parameters = Readonly<Record<string, Node>>

const valuesOf = (tensors: { readonly [name: string]: Tensor }): Values =>
  Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data]))
const parametersOf = (graph: Graph, { parameters }: Training): Parameters =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [name, graph.parameter(name, shape)]),
  )

/** The cost of a net. */
type Net = (x: Node, t: Node, parameters: Parameters) => Node

const book: Net = (x, t, { w, b, v, c }) => {
  const pooled = g.maxPool2d(g.sigmoid(g.conv2d(x, w!, { bias: b })), { size: 2 })
  return g.squaredError(g.sigmoid(g.dense(pooled, v!, c!)), t)
}

const leNetLogits = (x: Node, { w, b, u, d, v, c }: Parameters): Node => {
  const block = (h: Node, filters: Node, bias: Node): Node =>
    g.maxPool2d(g.relu(g.conv2d(h, filters, { bias, padding: 'same' })), { size: 2 })
  return g.dense(block(block(x, w!, b!), u!, d!), v!, c!)
}
const leNet: Net = (x, t, parameters) => g.crossEntropy(leNetLogits(x, parameters), t)

type Mode = 'one by one' | 'whole batch'

/** A training step, for all images as one batch or for one of them. */
function training(net: Training, record: Net, mode: Mode): Recorded {
  const { images, labels, rate } = net
  const graph = new Graph()
  const alone = mode === 'one by one'
  const shape = ({ shape }: Tensor) => (alone ? shape.slice(1) : shape)
  const parameters = parametersOf(graph, net)
  const cost = record(graph.input('x', shape(images)), graph.input('t', shape(labels)), parameters)
  const leaves = Object.values(parameters)
  const step = alone ? rate.sample : rate.batch
  const state = g.grad(cost, leaves).map((gradient, k): [Node, Node] => {
    return [leaves[k]!, g.sub(leaves[k]!, g.mul(step, gradient))]
  })
  const feeds = { x: images.data, t: labels.data }
  return { output: cost, state, states: valuesOf(net.parameters), feeds }
}

function forward(): Recorded {
  const net = leNetSized()
  const graph = new Graph()
  const parameters = parametersOf(graph, net)
  const output = g.softmax(leNetLogits(graph.input('x', net.images.shape), parameters))
  const feeds = { x: net.images.data, ...valuesOf(net.parameters) }
  return { output, state: [], states: {}, feeds }
}

type Leaf = (name: string, tensor: Tensor) => Node

/** One op; its operands live in the program, and are not copied in anew for each run. */
function single(record: (leaf: Leaf, data: ReturnType<typeof layer>) => Node): Recorded {
  const graph = new Graph()
  const fed: Record<string, Tensor> = {}
  const output = record((name, tensor) => {
    fed[name] = tensor
    return graph.input(name, tensor.shape)
  }, layer())
  const leaves = Object.keys(fed).map((name) => graph.node(name))
  const state = leaves.map((node): [Node, Node] => [node, node])
  return { output, state, states: valuesOf(fed), feeds: {} }
}

const same = { padding: 'same' } as const

export const graphs = {
  w1a: () => training(bookCnn(), book, 'one by one'),
  w1b: () => training(bookCnn(), book, 'whole batch'),
  w2: (net = leNetSized()) => training(net, leNet, 'whole batch'),
  w2Forward: forward,
  w3Forward: () => single((leaf, { x, w }) => g.conv2d(leaf('x', x), leaf('w', w), same)),
  w3Input: () =>
    single((leaf, { x, g: y, w }) => {
      const image = leaf('x', x)
      const output = g.conv2d(image, leaf('w', w), same)
      return g.vjp([output], [leaf('g', y)], [image])[0]!
    }),
  w3Filter: () =>
    single((leaf, { x, g: y, w }) => {
      const filters = leaf('w', w)
      const output = g.conv2d(leaf('x', x), filters, same)
      return g.vjp([output], [leaf('g', y)], [filters])[0]!
    }),
  w3Pointwise: () => single((leaf, { x, w1 }) => g.conv2d(leaf('x', x), leaf('w', w1))),
  w3Matmul: () => single((leaf, { a, b }) => g.matmul(leaf('a', a), leaf('b', b))),
} as const
