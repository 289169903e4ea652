// Training steps of small networks near the book's: samples per second one sample at a time and in
// batches of 96. `node bench/small-nets.ts [name…]`
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import { type CompileOptions, compile } from '@backprove/kernels'

/** Records a cost; parameters are made by the given function. */
type Net = (x: Node, parameter: (shape: readonly number[]) => Node, target: Target) => Node
type Target = (units: number) => Node
type Update = (p: Node, dp: Node, state: (like: Node) => Node) => (readonly [Node, Node])[]

interface Entry {
  readonly input: readonly number[]
  readonly net: Net
  readonly update?: Update
}

type Activation = (x: Node) => Node
interface Variant {
  readonly activation?: Activation
  readonly output?: Activation
  readonly pool?: (x: Node) => Node
  readonly filters?: number
  readonly kernel?: number
  readonly units?: number
  readonly stride?: number
  readonly bias?: boolean
  readonly cost?: 'squared' | 'entropy'
}

function cnn(variant: Variant = {}): Net {
  const { activation = g.sigmoid, filters = 3, kernel = 3, units = 3, stride = 1 } = variant
  const { pool = (x) => g.maxPool2d(x, { size: 2 }), bias = true, cost = 'squared' } = variant
  return (x, parameter, target) => {
    const w = parameter([filters, x.shape.at(-3)!, kernel, kernel])
    const b = bias ? { bias: parameter([filters]) } : {}
    const a = pool(activation(g.conv2d(x, w, { ...b, stride })))
    const v = parameter([units, ...a.shape.slice(-3)])
    const z = bias ? g.dense(a, v, parameter([units])) : g.dense(a, v)
    if (cost === 'entropy') return g.crossEntropy(z, target(units))
    return g.squaredError((variant.output ?? g.sigmoid)(z), target(units))
  }
}

const perceptron =
  (hidden: number, units: number): Net =>
  (x, parameter, target) => {
    const size = x.shape.slice(-3).reduce((a, b) => a * b, 1)
    const h = g.sigmoid(g.dense(x, parameter([hidden, size]), parameter([hidden])))
    const y = g.sigmoid(g.dense(h, parameter([units, hidden]), parameter([units])))
    return g.squaredError(y, target(units))
  }

const twoConvolutions: Net = (x, parameter, target) => {
  const layer = (a: Node, filters: number) =>
    g.sigmoid(
      g.conv2d(a, parameter([filters, a.shape.at(-3)!, 3, 3]), { bias: parameter([filters]) }),
    )
  const a = layer(g.maxPool2d(layer(x, 3), { size: 2 }), 4)
  const y = g.sigmoid(g.dense(a, parameter([3, ...a.shape.slice(-3)]), parameter([3])))
  return g.squaredError(y, target(3))
}

const sgd: Update = (p, dp) => [[p, g.sub(p, g.mul(0.01, dp))]]
const momentum: Update = (p, dp, state) => {
  const m = state(p)
  const next = g.add(g.mul(0.9, m), dp)
  return [
    [m, next],
    [p, g.sub(p, g.mul(0.01, next))],
  ]
}
const adam: Update = (p, dp, state) => {
  const [m, s] = [state(p), state(p)]
  const first = g.add(g.mul(0.9, m), g.mul(0.1, dp))
  const second = g.add(g.mul(0.999, s), g.mul(0.001, g.square(dp)))
  return [
    [m, first],
    [s, second],
    [p, g.sub(p, g.div(g.mul(0.001, first), g.add(g.sqrt(second), 1e-8)))],
  ]
}

const book = [1, 6, 6]
const digit = [1, 8, 8]
const window = { size: 2 }
const swish = g.activation('swish', 'x / (1 + exp(-x))')
export const entries: Record<string, Entry> = {
  book: { input: book, net: cnn() },
  'avg pool': { input: book, net: cnn({ pool: (x) => g.avgPool2d(x, window) }) },
  'L2 pool': { input: book, net: cnn({ pool: (x) => g.l2Pool2d(x, window) }) },
  'median pool': { input: book, net: cnn({ pool: (x) => g.medianPool2d(x, window) }) },
  'no pool': { input: book, net: cnn({ pool: (x) => x }) },
  tanh: { input: book, net: cnn({ activation: g.tanh, output: g.tanh }) },
  relu: { input: book, net: cnn({ activation: g.relu, output: g.relu }) },
  softplus: { input: book, net: cnn({ activation: g.softplus }) },
  swish: { input: book, net: cnn({ activation: swish }) },
  'linear output': { input: book, net: cnn({ output: (z) => z }) },
  'cross-entropy': { input: book, net: cnn({ cost: 'entropy' }) },
  'no bias': { input: book, net: cnn({ bias: false }) },
  'stride 2': { input: [1, 9, 9], net: cnn({ stride: 2 }) },
  '5x5 image': { input: [1, 5, 5], net: cnn({ pool: (x) => x }) },
  momentum: { input: book, net: cnn(), update: momentum },
  adam: { input: book, net: cnn(), update: adam },
  'digits 8x8': { input: digit, net: cnn({ filters: 4, units: 10, cost: 'entropy' }) },
  perceptron: { input: [1, 1, 12], net: perceptron(8, 3) },
  'perceptron 36-16-10': { input: book, net: perceptron(16, 10) },
  xor: { input: [1, 1, 2], net: perceptron(2, 1) },
  'two convolutions': { input: [1, 8, 8], net: twoConvolutions },
}

const samples = 96

export function program(
  { input, net, update = sgd }: Entry,
  batch: boolean,
  options: CompileOptions,
) {
  const graph = new Graph()
  const lead = batch ? [samples] : []
  const values: Record<string, Float32Array> = {}
  const parameters: Node[] = []
  const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)
  let seed = 1
  const random = (n: number, scale: number) =>
    Float32Array.from({ length: n }, () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
      return scale * (seed / 2 ** 31 - 1)
    })
  const x = graph.input('x', [...lead, ...input])
  const cost = net(
    x,
    (shape) => {
      const p = graph.parameter(`p${parameters.length}`, shape)
      values[p.name!] = random(size(shape), 0.4)
      parameters.push(p)
      return p
    },
    (units) => graph.input('t', [...lead, units]),
  )
  const units = graph.node('t').shape.at(-1)!
  const gradients = g.grad(cost, parameters)
  let extra = 0
  const state = parameters.flatMap((p, k) =>
    update(p, gradients[k]!, (like) => {
      const s = graph.parameter(`s${extra++}`, like.shape)
      values[s.name!] = new Float32Array(size(like.shape))
      return s
    }),
  )
  const made = compile({ C: cost }, { state, views: true, ...options })
  made.setState(values)
  const labels = new Float32Array(samples * units)
  for (let i = 0; i < samples; i++) labels[i * units + (i % units)] = 1
  const feeds = { x: random(samples * size(input), 1).map(Math.abs), t: labels }
  return { made, feeds, run: () => (batch ? made.run(feeds) : made.runMany(feeds, samples)) }
}

function rate(run: () => unknown): number {
  for (const end = performance.now() + 60; performance.now() < end; ) run()
  const times: number[] = []
  for (let turn = 0; turn < 15; turn++) {
    const start = performance.now()
    let runs = 0
    let now = start
    for (; now < start + 8; now = performance.now()) {
      for (let k = 0; k < 4; k++) run()
      runs += 4
    }
    times.push((runs * samples) / (now - start) / 1000)
  }
  return times.sort((a, b) => a - b)[7]!
}

if (process.argv[1] === import.meta.filename) {
  const asked = process.argv.slice(2)
  for (const [name, entry] of Object.entries(entries)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    const cells = [false, true].map((batch) => {
      const started = performance.now()
      const { run, made } = program(entry, batch, { backend: 'wasm' })
      run()
      const ready = performance.now() - started
      const { steps } = made.explain()
      return `${rate(run).toFixed(2).padStart(7)} M/s (${steps.length} steps, ${ready.toFixed(0)} ms)`
    })
    console.log(`${name.padEnd(20)} ${cells.join('   ')}`)
  }
}
