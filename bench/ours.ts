// Our own engine as candidates of the benchmark. The first is the one that ratios refer to.

import { readFileSync } from 'node:fs'
import type { Node } from '@backprove/graph'
import * as g from '@backprove/graph'
import { Graph } from '@backprove/graph'
import { type CompileOptions, compile } from '@backprove/kernels'
import type { Candidate, Candidates, Job } from './candidate.ts'
import { bookCnn, layer, leNetSized, type Tensor, type Training } from './workloads.ts'

const manifest = new URL('../packages/kernels/package.json', import.meta.url)
const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }

export const candidates: Candidates = [
  ours('backprove', { backend: 'wasm' }),
  ours('backprove, 2 threads', { backend: 'wasm', threads: 2 }),
  ours('backprove, relaxed', { backend: 'wasm', precision: 'relaxed' }),
  ours('backprove in JavaScript', { backend: 'js' }),
]

function ours(name: string, options: CompileOptions): Candidate {
  const kernel = (record: (leaf: Leaf, data: Data) => Node, samples: number) => () =>
    single(record, samples, options)
  return {
    name,
    version,
    workloads: {
      w1a: () => training(bookCnn(), bookLogits, 'one by one', options),
      w1b: () => training(bookCnn(), bookLogits, 'whole batch', options),
      w2: () => training(leNetSized(), leNetLogits, 'whole batch', options),
      w2Forward: () => forward(options),
      w3Forward: kernel((leaf, { x, w }) => g.conv2d(leaf('x', x), leaf('w', w), same), 8),
      w3Input: kernel((leaf, { x, g: y, w }) => {
        const image = leaf('x', x)
        const output = g.conv2d(image, leaf('w', w), same)
        return g.vjp([output], [leaf('g', y)], [image])[0]!
      }, 8),
      w3Filter: kernel((leaf, { x, g: y, w }) => {
        const filters = leaf('w', w)
        const output = g.conv2d(leaf('x', x), filters, same)
        return g.vjp([output], [leaf('g', y)], [filters])[0]!
      }, 8),
      w3Pointwise: kernel((leaf, { x, w1 }) => g.conv2d(leaf('x', x), leaf('w', w1)), 8),
      w3Matmul: kernel((leaf, { a, b }) => g.matmul(leaf('a', a), leaf('b', b)), 1),
    },
  }
}

const same = { padding: 'same' } as const
type Parameters = Readonly<Record<string, Node>>

/** The nets' outputs before their cost, and the cost. */
type Net = (x: Node, t: Node, parameters: Parameters) => Node

const bookLogits: Net = (x, t, { w, b, v, c }) => {
  const pooled = g.maxPool2d(g.sigmoid(g.conv2d(x, w!, { bias: b })), { size: 2 })
  return g.squaredError(g.sigmoid(g.dense(pooled, v!, c!)), t)
}

const leNet = (x: Node, { w, b, u, d, v, c }: Parameters): Node => {
  const block = (h: Node, filters: Node, bias: Node): Node =>
    g.maxPool2d(g.relu(g.conv2d(h, filters, { bias, padding: 'same' })), { size: 2 })
  return g.dense(block(block(x, w!, b!), u!, d!), v!, c!)
}
const leNetLogits: Net = (x, t, parameters) => g.crossEntropy(leNet(x, parameters), t)

const parametersOf = (graph: Graph, { parameters }: Training): Parameters =>
  Object.fromEntries(
    Object.entries(parameters).map(([name, { shape }]) => [name, graph.parameter(name, shape)]),
  )
const valuesOf = (tensors: { readonly [name: string]: Tensor }) =>
  Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data]))

/** All images in one call: as one batch, or each as a step of its own. */
function training(
  net: Training,
  record: Net,
  mode: 'one by one' | 'whole batch',
  options: CompileOptions,
): Job {
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
  const program = compile([cost], { ...options, state, views: true })
  program.setState(valuesOf(net.parameters))
  const feeds = { x: images.data, t: labels.data }
  const count = images.shape[0]!
  const times = alone ? count : 1
  let latest: ArrayLike<number> = []
  return {
    samplesPerRun: count,
    run: () => {
      latest = (alone ? program.runMany(feeds, times) : program.run(feeds))[0]
    },
    cost: () => Array.from(latest).reduce((a, b) => a + b, 0),
  }
}

function forward(options: CompileOptions): Job {
  const net = leNetSized()
  const graph = new Graph()
  const parameters = parametersOf(graph, net)
  const y = g.softmax(leNet(graph.input('x', net.images.shape), parameters))
  const program = compile([y], { ...options, views: true })
  const feeds = { x: net.images.data, ...valuesOf(net.parameters) }
  return { samplesPerRun: net.images.shape[0]!, run: () => program.run(feeds) }
}

type Data = ReturnType<typeof layer>
type Leaf = (name: string, tensor: Tensor) => Node

/** One op; its operands live in the program, and are not copied in anew for each run. */
function single(
  record: (leaf: Leaf, data: Data) => Node,
  samplesPerRun: number,
  options: CompileOptions,
): Job {
  const graph = new Graph()
  const fed: Record<string, Tensor> = {}
  const leaf: Leaf = (name, tensor) => {
    fed[name] = tensor
    return graph.input(name, tensor.shape)
  }
  const y = record(leaf, layer())
  const used = Object.keys(fed).map((name) => graph.node(name))
  const state = used.map((node): [Node, Node] => [node, node])
  const program = compile([y], { ...options, state, views: true })
  program.setState(valuesOf(fed))
  return { samplesPerRun, run: () => program.run() }
}
