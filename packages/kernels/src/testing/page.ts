// A page's script: trains a small net and a larger one by 'auto', and writes what came of it into
// the page. Bundled and loaded by the browser test.
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import { compile } from '../index.ts'
import { numbers } from './values.ts'

function train(image: number, filters: number) {
  const graph = new Graph()
  const x = graph.input('x', [4, 1, image, image])
  const t = graph.input('t', [4, 3])
  const side = (image - 2) / 2
  const w = graph.parameter('w', [filters, 1, 3, 3])
  const v = graph.parameter('v', [3, filters, side, side])
  const b = graph.parameter('b', [filters])
  const c = graph.parameter('c', [3])
  const pooled = g.maxPool2d(g.sigmoid(g.conv2d(x, w, { bias: b })), { size: 2 })
  const cost = g.squaredError(g.sigmoid(g.dense(pooled, v, c)), t)
  const leaves = [w, b, v, c]
  const gradients = g.grad(cost, leaves)
  const state = leaves.map((p, k): [Node, Node] => [p, g.sub(p, g.mul(0.1, gradients[k]!))])
  const program = compile({ cost }, { state, threads: 2 })
  const values = leaves.map(({ name = '', shape }, k) => [name, numbers(g.sizeOf(shape), k + 1)])
  program.setState(Object.fromEntries(values))
  const feeds = { x: numbers(4 * image * image, 7), t: numbers(12, 8, 'positive') }
  const costs = program.runMany(feeds, 30).cost
  return { backend: program.explain().backend, fell: costs[29]! < 0.9 * costs[0]! }
}

const { document } = globalThis as unknown as { document: { title: string } }
document.title = JSON.stringify([train(6, 3), train(14, 9)])
