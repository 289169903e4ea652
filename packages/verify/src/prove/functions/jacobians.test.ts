// The Jacobians that ops state for the prover, against the derivative that the graph records for
// them.
import { crossEntropy, evaluate, Graph, grad, type Node, ops, sigmoid, sum } from '@backprove/graph'
import * as notation from '@backprove/graph/notation'
import { describe, expect, it } from 'vitest'

/** Each at a node of the op; a new Jacobian needs a line here. */
const examples: Readonly<Record<string, (g: Graph) => Node>> = {
  sigmoid: (g) => sigmoid(g.input('x', [2, 3])),
  crossEntropy: (g) => crossEntropy(g.input('z', [2, 3]), g.input('t', [2, 3])),
}

const stated = Object.entries(ops).filter(([, op]) => op.jacobian !== undefined)
const numbers = (count: number, shift: number): number[] =>
  Array.from({ length: count }, (_, k) => Math.sin(3 * k + shift))

describe('Jacobians stated by ops', () => {
  it('all have an example', () => {
    expect(stated.map(([name]) => name).sort()).toEqual(Object.keys(examples).sort())
  })

  it.each(stated)('%s', (name, op) => {
    const node = examples[name]!(new Graph())
    const letters = Object.keys(op.operands)
    const feeds = Object.fromEntries(
      node.args.map((arg, k) => [arg.name!, Float64Array.from(numbers(6, k + 1))]),
    )
    const values = evaluate([node, ...node.args], feeds)
    const read = [node, ...node.args].map(({ shape }, k) => ({ shape, data: values[k]! }))
    const operands = Object.fromEntries(['y', ...letters].map((letter, k) => [letter, read[k]]))
    for (const [k, letter] of letters.entries()) {
      const line = notation.parseLine(op.jacobian![letter]!, ['y', ...letters])
      const { shape } = node.args[k]!
      // Elementwise, the diagonal is stated; of a scalar, its whole gradient.
      const found = notation.evaluateLine(line, { operands, symbols: {}, shape })
      const total = node.shape.length === 0 ? node : sum(node)
      const expected = evaluate(grad(total, node.args[k]!), feeds)
      found.forEach((value, at) => {
        expect(value).toBeCloseTo(expected[at]!, 12)
      })
    }
  })
})
