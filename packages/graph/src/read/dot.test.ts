// Drawings hold every node and edge once, and no name gets out of its quotes.
import { describe, expect, it } from 'vitest'
import { grad } from '../grad.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { neg } from '../ops/arithmetic/neg.ts'
import { topologicalOrder } from '../order.ts'
import { Graph } from '../record/graph.ts'
import type { Node } from '../record/node.ts'
import { type DrawnNode, dot, toGraphlib } from './dot.ts'
import { recordBook } from './testing-book.ts'

const { cost, parameters } = recordBook()
const outputs = [...grad(cost, parameters), cost]
const order = topologicalOrder(outputs)

describe('dot', () => {
  it('has a line for every node and edge, in two clusters', () => {
    const drawing = dot(outputs)
    const edges = order.reduce((count, node) => count + node.args.length, 0)
    expect(drawing.match(/^ {4}n\d+ \[label=/gm)).toHaveLength(order.length)
    expect(drawing.match(/^ {2}n\d+ -> n\d+ \[label=/gm)).toHaveLength(edges)
    const [before, after = ''] = drawing.split('cluster_derivative')
    expect(before).toContain('label="z^F\\nconv2d [3, 4, 4]"')
    expect(after).toContain('label="δ^F\\nmul [3, 4, 4]"')
    expect(after).toContain('label="sigmoidPrime [3]"')
    expect(drawing).toMatch(/style=dotted, dir=none/)
  })

  it.each(['"];evil', '\\"', '<b>', '\\N'])('quotes %j', (name) => {
    const drawing = dot(neg(new Graph().input(name, [1])))
    const unquoted = drawing.replaceAll(/"(?:[^"\\]|\\.)*"/g, '')
    expect(unquoted).not.toMatch(/evil|<b>|["\\]/)
  })

  it('draws a chain of 100,000 nodes', () => {
    const graph = new Graph()
    let node: Node = graph.input('x', [2])
    const { op } = neg(node)
    for (let k = 0; k < 100_000; k++) node = graph.record(op, [node], {})
    expect(dot(node).length).toBeLessThan(20_000_000)
  })
})

describe('toGraphlib', () => {
  it('keeps both edges of x ⊙ x', () => {
    const x = new Graph().input('x', [2])
    const square = mul(x, x)
    const drawing = toGraphlib(square)
    expect(drawing.edges().map(({ v, w, name }) => [v, w, name])).toEqual([
      [String(x.id), String(square.id), 'a'],
      [String(x.id), String(square.id), 'b'],
    ])
    expect(drawing.node(String(x.id))).toMatchObject({ op: 'input', name: 'x', shape: [2] })
  })

  it('tells the derivative from the network, with formulas on demand', () => {
    const drawing = toGraphlib(outputs, { formulas: true })
    const values = order.map((node) => drawing.node(String(node.id)) as unknown as DrawnNode)
    const names = (isAdjoint: boolean) =>
      values.filter((v) => v.isAdjoint === isAdjoint).map((v) => v.name)
    expect(names(false)).toContain('z^F')
    expect(names(true)).toContain('δ^F')
    expect(names(true)).not.toContain('C')
    expect(values.find((v) => v.name === 'δ^O')?.formula).toContain('(a^O - t) ⊙ σ′(z^O)')
  })
})
