// Whole random networks against hyper-dual numbers run through plain loops: the loss, every
// gradient, Hessian–vector and Jacobian–vector products. Directions are random in every entry of
// every leaf, so that one wrong entry of one gradient shows in the one number compared.
import { evaluate, grad, hvp, jvp, type Node } from '@backprove/graph'
import { compile } from '@backprove/kernels'
import { describe, expect, it } from 'vitest'
import { drawFrom, type RandomNetwork, randomNetwork } from './random-network.ts'

/** More for a long look: `NETWORKS=5000`. */
const NETWORKS = Number(process.env.NETWORKS ?? 80)

type Run = (nodes: Node[], feeds: Record<string, Float64Array>) => ArrayLike<number>[]
const READERS: Record<string, Run> = {
  interpreter: (nodes, feeds) => evaluate(nodes, feeds),
  'JavaScript kernels': (nodes, feeds) =>
    compile(nodes, { dtype: 'float64', backend: 'js' }).run(feeds),
  'WebAssembly kernels': (nodes, feeds) =>
    compile(nodes, { dtype: 'float64', backend: 'wasm' }).run(feeds),
}

const dot = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let sum = 0
  for (let k = 0; k < a.length; k++) sum += a[k]! * b[k]!
  return sum
}
const size = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  dot(Array.from(a, Math.abs), Array.from(b, Math.abs))

/** What is recorded of a network, and what it comes to by hyper-dual numbers. */
function claims({ leaves, y, cost, outputs, loss }: RandomNetwork) {
  const nodes = leaves.map(({ node }) => node)
  const graph = cost.graph
  const directions = leaves.map(({ along }, k) => graph.constant(along[0], nodes[k]!.shape))
  const gradients = grad(cost, nodes, { unused: 'zero' })
  const products = hvp(cost, nodes, directions)
  const [tangent] = jvp([y], nodes, directions)
  return {
    nodes: [cost, y, tangent!, ...gradients, ...products],
    feeds: Object.fromEntries(leaves.map(({ node, value }) => [node.name!, value])),
    check(values: readonly ArrayLike<number>[], message: string) {
      const [c, ys, ts, ...rest] = values
      const near = (got: number, wanted: number, scale: number) =>
        expect(Math.abs(got - wanted) / Math.max(1, scale), message).toBeLessThan(1e-9)
      near(c![0]!, loss.a, Math.abs(loss.a))
      for (const [k, output] of outputs.entries()) {
        near(ys![k]!, output.a, Math.abs(output.a))
        near(ts![k]!, output.b, Math.abs(output.b))
      }
      const pairs = (from: number, which: 0 | 1): [ArrayLike<number>, ArrayLike<number>][] =>
        leaves.map(({ along }, k) => [rest[from + k]!, along[which]])
      const compare = (list: [ArrayLike<number>, ArrayLike<number>][], wanted: number) =>
        near(
          list.reduce((sum, [a, b]) => sum + dot(a, b), 0),
          wanted,
          list.reduce((sum, [a, b]) => sum + size(a, b), 0),
        )
      compare(pairs(0, 0), loss.b)
      compare(pairs(0, 1), loss.c)
      compare(pairs(leaves.length, 1), loss.d)
    },
  }
}

describe.each(Object.entries(READERS))('%s', (_, run) => {
  it('loss, gradients and products of random networks are those of hyper-dual numbers', () => {
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const network = randomNetwork(drawFrom(seed))
      const { nodes, feeds, check } = claims(network)
      check(run(nodes, feeds), `seed ${seed}: ${network.layers.join(', ')}`)
    }
  })
})

it('every kind of layer is met', () => {
  const met = new Set<string>()
  for (let seed = 1; seed <= NETWORKS; seed++) {
    for (const layer of randomNetwork(drawFrom(seed)).layers) met.add(layer)
  }
  expect([...met].sort()).toHaveLength(13)
})
