// Every array of a recorded network at one point, by the graph's own interpreter and `grad`.
import { evaluate, grad, mul, type Node, sum } from '../../../packages/graph/src/index.ts'
import type { Tensor, World } from './expressions.ts'
import type { Recorded } from './plan.ts'

const functions: World['functions'] = {
  σ: (x) => 1 / (1 + Math.exp(-x)),
  "σ'": (x) => {
    const s = 1 / (1 + Math.exp(-x))
    return s * (1 - s)
  },
  tanh: Math.tanh,
  exp: Math.exp,
}

const gradientOf = /^∂C\/∂(.*)$/

/** Every array of the network at one point, and the derivative of any by any. */
export const worldAt = (
  { graph, cost, nodes, ranks }: Recorded,
  draw: () => number,
  outside: World['outside'],
): World => {
  const feeds: Record<string, number[]> = Object.create(null)
  for (const node of nodes.values()) {
    if (!node.op.traits?.leaf) continue
    feeds[node.name!] = Array.from({ length: node.shape.reduce((a, b) => a * b, 1) }, draw)
  }
  const given = Object.fromEntries(Object.entries(feeds).map(([k, v]) => [k, Float64Array.from(v)]))
  const nodeOf = (name: string): readonly [Node, number] => {
    const [, by] = gradientOf.exec(name === 'δ' ? '∂C/∂z' : name) ?? []
    if (name === 'C') return [cost, 0]
    const node = nodes.get(by ?? name)!
    return [by === undefined ? node : grad(cost, node), ranks.get(by ?? name)!]
  }
  const seen = (shape: readonly number[], rank: number) => shape.slice(shape.length - rank)
  const known = new Map<string, Tensor>()
  const remembered = (key: string, body: () => Tensor): Tensor => {
    const value = known.get(key) ?? body()
    known.set(key, value)
    return value
  }
  const array = (name: string): Tensor =>
    remembered(name, () => {
      const [node, rank] = nodeOf(name)
      return { shape: seen(node.shape, rank), data: [...evaluate(node, given)] }
    })
  const jacobian = (of: string, by: string): Tensor =>
    remembered(`${of} by ${by}`, () => {
      const [[above, rank], [below, other]] = [nodeOf(of), nodeOf(by)]
      const size = above.shape.reduce((a, b) => a * b, 1)
      const rows = Array.from({ length: size }, (_, k) => {
        const unit = Float64Array.from({ length: size }, (_e, at) => (at === k ? 1 : 0))
        return grad(sum(mul(above, graph.constant(unit, above.shape))), below)
      })
      const data = evaluate(rows, given).flatMap((row) => [...row])
      return { shape: [...seen(above.shape, rank), ...seen(below.shape, other)], data }
    })
  const longest = Math.max(1, ...[...nodes.values()].flatMap(({ shape }) => shape))
  return { array, jacobian, functions, outside, reach: 50 + 2 * longest }
}
