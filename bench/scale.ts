// `pnpm bench scale`: how a step's time, and that of compiling one, grow with the work. Along each
// axis the exponent k of time ~ work^k, a line through the logarithms: 1 is linear.
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import { compile } from '@backprove/kernels'
import { median } from './harness.ts'

interface Size {
  readonly depth: number
  readonly batch: number
  readonly side: number
  readonly channels: number
}
const usual: Size = { depth: 6, batch: 16, side: 24, channels: 16 }

interface Axis {
  readonly name: string
  /** What time is compared with. */
  readonly work: string
  readonly values: readonly number[]
  readonly measure: (value: number) => { readonly work: number; readonly ms: number }
}

interface Recorded {
  readonly cost: Node
  readonly state: readonly (readonly [Node, Node])[]
  readonly parameters: readonly Node[]
}

/** The step of gradient descent of layers x ← x + relu(layer(x)). */
function record(x: Node, depth: number, layer: (x: Node, k: number) => [Node, Node[]]): Recorded {
  const parameters: Node[] = []
  let y = x
  for (let k = 0; k < depth; k++) {
    const [made, own] = layer(y, k)
    y = g.add(y, g.relu(made))
    parameters.push(...own)
  }
  const cost = g.squaredError(y, x.graph.input('t', y.shape))
  const gradients = g.grad(cost, parameters)
  const state = parameters.map((each, k): [Node, Node] => [
    each,
    g.sub(each, g.mul(1e-9, gradients[k]!)),
  ])
  return { cost, state, parameters }
}

const numbers = ({ shape }: Node, scale: number): Float32Array =>
  Float32Array.from({ length: g.sizeOf(shape) }, (_, k) => scale * Math.sin(k + 1))

/** Milliseconds of processor time of what is done once. */
function timed<T>(body: () => T): { result: T; ms: number } {
  const { user, system } = process.threadCpuUsage()
  const result = body()
  const after = process.threadCpuUsage()
  return { result, ms: (after.user + after.system - user - system) / 1000 }
}

/** Milliseconds of a step of convolutions: the median of nine stretches of some tens each. */
function stepTime(size: Size): number {
  const { depth, batch, side, channels } = size
  const graph = new Graph()
  const x = graph.input('x', [batch, channels, side, side])
  const { cost, state, parameters } = record(x, depth, (h, k) => {
    const w = graph.parameter(`w${k}`, [channels, channels, 3, 3])
    return [g.conv2d(h, w, { padding: 1 }), [w]]
  })
  const program = compile([cost], { state, backend: 'wasm', views: true })
  program.setState(Object.fromEntries(parameters.map((w) => [w.name!, numbers(w, 0.01)])))
  const feeds = { x: numbers(x, 1), t: numbers(x, 0.5) }
  const run = (times: number) =>
    timed(() => {
      for (let k = 0; k < times; k++) program.run(feeds)
    }).ms / times
  run(Math.ceil(300 / run(2)))
  const times = Math.ceil(25 / run(2))
  const ms = median(Array.from({ length: 9 }, () => run(times)))
  program[Symbol.dispose]()
  return ms
}

/** Milliseconds to compile dense layers and their gradients, and how many nodes they are. */
function compileTime(depth: number): { nodes: number; ms: number } {
  const once = () => {
    const graph = new Graph()
    const width = 16
    const { cost, state } = record(graph.input('x', [8, width]), depth, (h, k) => {
      const w = graph.parameter(`w${k}`, [width, width])
      const b = graph.parameter(`b${k}`, [width])
      return [g.dense(h, w, b), [w, b]]
    })
    const { result, ms } = timed(() => compile([cost], { state, backend: 'wasm' }))
    result[Symbol.dispose]()
    const roots = [cost, ...state.map(([, next]) => next)]
    return { nodes: g.topologicalOrder(roots).length, ms }
  }
  const all = Array.from({ length: 3 }, once)
  return { nodes: all[0]!.nodes, ms: median(all.map(({ ms }) => ms)) }
}

const steps =
  (sizeOf: (value: number) => Size, workOf: (size: Size) => number): Axis['measure'] =>
  (value) => {
    const size = sizeOf(value)
    return { work: workOf(size), ms: stepTime(size) }
  }
/** Multiply-adds of a layer, up to a factor. */
const products = ({ batch, side, channels }: Size): number => batch * side ** 2 * channels ** 2

const axes: readonly Axis[] = [
  {
    name: 'depth',
    work: 'layers',
    values: [4, 8, 16, 32, 64],
    measure: steps(
      (depth) => ({ ...usual, depth }),
      ({ depth }) => depth,
    ),
  },
  {
    name: 'batch',
    work: 'samples',
    values: [4, 8, 16, 32, 64],
    measure: steps(
      (batch) => ({ ...usual, batch }),
      ({ batch }) => batch,
    ),
  },
  {
    name: 'pixels',
    work: 'pixels',
    values: [12, 16, 24, 32, 48],
    measure: steps(
      (side) => ({ ...usual, side }),
      ({ side }) => side ** 2,
    ),
  },
  {
    name: 'channels',
    work: 'products',
    values: [8, 16, 32, 64],
    measure: steps((channels) => ({ ...usual, channels, batch: 8 }), products),
  },
  {
    name: 'nodes',
    work: 'nodes, to compile',
    values: [50, 100, 200, 400, 800],
    measure: (depth) => {
      const { nodes, ms } = compileTime(depth)
      return { work: nodes, ms }
    },
  },
]

export const axisNames: readonly string[] = axes.map(({ name }) => name)

/** The slope of the line through the logarithms, by least squares. */
export function exponent(points: readonly { work: number; ms: number }[]): number {
  const xs = points.map(({ work }) => Math.log(work))
  const ys = points.map(({ ms }) => Math.log(ms))
  const mean = (all: readonly number[]) => all.reduce((a, b) => a + b, 0) / all.length
  const [x, y] = [mean(xs), mean(ys)]
  const over = xs.reduce((sum, each, k) => sum + (each - x) * (ys[k]! - y), 0)
  return over / xs.reduce((sum, each) => sum + (each - x) ** 2, 0)
}

/** Measures the axes named, and says each as a line of a table. */
export function scaleTable(names: readonly string[], say: (line: string) => void): void {
  say('| axis | exponent | of | work: ms |')
  say('| --- | ---: | --- | --- |')
  for (const { name, work, values, measure } of axes) {
    if (!names.includes(name)) continue
    const points = values.map(measure)
    const shown = points.map((point) => `${point.work}: ${point.ms.toPrecision(3)}`)
    say(`| ${name} | ${exponent(points).toFixed(2)} | ${work} | ${shown.join(', ')} |`)
  }
}
