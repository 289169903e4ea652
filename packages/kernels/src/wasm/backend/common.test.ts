// Steps that share one code compute, bit for bit, what each computes by code of its own; and a deep
// program is made of few functions.
import * as g from '@backprove/graph'
import { Graph, type Node } from '@backprove/graph'
import { expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { buildPlan } from '../../plan/build.ts'
import { cases } from '../../testing/cases/all.ts'
import { type OpName, prepare } from '../../testing/cases/case.ts'
import { lanesOf } from '../lanes.ts'
import { wasmBackend } from './backend.ts'
import { writeSteps } from './common.ts'

const copies = 3

test.each(Object.keys(cases) as OpName[])('%s three times', (name) => {
  for (const each of cases[name].slice(0, 8)) {
    const graph = new Graph(each.options)
    const all = Array.from({ length: copies }, (_, copy) => {
      const { feeds } = prepare(each)
      const leaf = Object.keys(feeds).map((key) => [key, `${key} of ${copy}`] as const)
      let made = 0
      const again = Object.assign((shape: g.Shape) => graph.input(leaf[made++]![1], shape), {
        graph,
      })
      // The same numbers in another order: a copy that read another one's arrays would show.
      const fed = leaf.map(([key, now]) => [now, rotated(feeds[key]!, copy)] as const)
      return { node: each.build(again), fed }
    })
    const run = (some: typeof all) =>
      compile(
        some.map(({ node }) => node),
        { backend: 'wasm', poison: true },
      ).run(Object.fromEntries(some.flatMap(({ fed }) => fed)))
    const together = run(all)
    all.forEach((one, copy) => {
      expect(together[copy], `${name}, ${each.title}`).toEqual(run([one])[0])
    })
  }
})

const rotated = (numbers: Float64Array, by: number): Float64Array =>
  numbers.map((_, k) => numbers[(k + by) % numbers.length]!)

/** A step of gradient descent over layers x ← x + relu(w ∗ x). */
function deep(depth: number, side: number) {
  const graph = new Graph()
  let x: Node = graph.input('x', [2, 8, side, side])
  const parameters: Node[] = []
  for (let k = 0; k < depth; k++) {
    const w = graph.parameter(`w${k}`, [8, 8, 3, 3])
    parameters.push(w)
    x = g.add(x, g.relu(g.conv2d(x, w, { padding: 1 })))
  }
  const cost = g.squaredError(x, graph.input('t', x.shape))
  const state = g
    .grad(cost, parameters)
    .map((d, k): [Node, Node] => [parameters[k]!, g.sub(parameters[k]!, g.mul(1e-4, d))])
  const numbers = (node: Node, scale: number) =>
    Float32Array.from({ length: g.sizeOf(node.shape) }, (_, k) => scale * Math.sin(7 * k + 1))
  const values = Object.fromEntries(parameters.map((w) => [w.name!, numbers(w, 0.02)]))
  const feeds = { x: numbers(x, 1), t: numbers(x, 0.5) }
  return { cost, state, values, feeds }
}

test.each(['strict', 'relaxed'] as const)(
  'a net of 40 layers has few functions, %s',
  (precision) => {
    const { cost, state } = deep(40, 12)
    const lanes = lanesOf('float32', precision)
    const plan = buildPlan({
      ...{ outputs: [cost], states: state, dtype: 'float32', precision, laws: wasmBackend.laws },
      alignment: 64,
      scratch: (node) => wasmBackend.scratch(node, 'float32', precision),
      finishes: (node) => wasmBackend.finishes?.(node, 'float32', precision) ?? false,
    })
    const phases = writeSteps(
      lanes,
      plan.steps,
      { doubtOf: () => undefined, base: 64, refused: 0 },
      () => false,
    ).flatMap((kernel) => kernel!)
    const functions = new Set(phases.map(({ common, body }) => common?.code ?? body))
    expect(phases.length).toBeGreaterThan(400)
    expect(functions.size).toBeLessThan(40)
  },
)

test.each(['strict', 'relaxed'] as const)('threads do not change a bit of it, %s', (precision) => {
  const { cost, state, values, feeds } = deep(24, 20)
  const trained = [1, 2].map((threads) => {
    const program = compile([cost], { state, backend: 'wasm', threads, precision })
    program.setState(values)
    const costs = program.runMany(feeds, 3)
    const end = program.getState()
    program[Symbol.dispose]()
    return { costs, end }
  })
  expect(trained[1]).toEqual(trained[0])
})
