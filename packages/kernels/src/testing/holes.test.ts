// The holes of the backends: what runs by other means than their own kernels, of every op and of
// its derivatives of first and second order. Straight-line code, which has more, is left out.
import * as g from '@backprove/graph'
import { ops } from '@backprove/graph'
import { expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { cases } from './cases/all.ts'
import { type OpName, prepare } from './cases/case.ts'

/** Derivatives of Σ y² by everything that y was made from, and of those in some direction. */
function derivatives(node: g.Node): g.Node[] {
  const leaves = g.topologicalOrder([node]).filter(({ op }) => op === ops.input)
  const cost = g.sum(g.square(node))
  const directions = leaves.map(({ shape }, k) => node.graph.input(`v${k}`, shape))
  return [...g.grad(cost, leaves), ...g.hvp(cost, leaves, directions)]
}

test.each(['wasm', 'js'] as const)('%s has none, at orders 0, 1 and 2', (backend) => {
  const holes = new Set<string>()
  for (const name of Object.keys(cases) as OpName[]) {
    for (const each of cases[name]) {
      const { node } = prepare(each)
      const program = compile([node, ...derivatives(node)], { backend, poison: true })
      for (const step of program.explain().steps) {
        if (step.backend !== backend) holes.add(`${name}: ${step.ops} by ${step.backend}`)
      }
    }
  }
  expect([...holes]).toEqual([])
})
