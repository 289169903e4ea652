// σ′ and tanh′ made from the forward value: how much of them is left where the unit saturates.
import * as g from '@backprove/graph'
import { evaluate } from '@backprove/graph'
import { expect, test } from 'vitest'
import { compile } from '../compile.ts'

const places = Array.from({ length: 161 }, (_, k) => (k - 80) / 4)

test.each(['js', 'wasm'] as const)('%s: σ(1 − σ) and 1 − tanh² to 2⁻²³, absolutely', (backend) => {
  const graph = new g.Graph()
  const x = graph.input('x', [places.length])
  for (const f of [g.sigmoid, g.tanh]) {
    const nodes = [f(x), g.grad(g.sum(f(x)), x)]
    const slope = compile(nodes, { backend }).run({ x: places })[1]!
    const exact = evaluate(nodes[1]!, { x: places })
    const errors = exact.map((value, k) => Math.abs(value - slope[k]!))
    expect(Math.max(...errors)).toBeLessThanOrEqual(2 ** -23)
    // Relative to so small a slope that is much: the reason to leave the law out.
    const relative = errors.map((error, k) => error / exact[k]!)
    expect(Math.max(...relative)).toBeGreaterThan(0.1)
  }
})

test.each(['js', 'wasm'] as const)('%s: alone they keep their digits', (backend) => {
  const graph = new g.Graph()
  const x = graph.input('x', [places.length])
  for (const f of [g.sigmoidPrime, g.tanhPrime]) {
    const slope = compile([f(x)], { backend }).run({ x: places })[0]!
    evaluate(f(x), { x: places }).forEach((value, k) => {
      expect(Math.abs(slope[k]! / value - 1)).toBeLessThan(1e-5)
    })
  }
})
