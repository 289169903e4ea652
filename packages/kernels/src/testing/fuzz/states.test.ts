// Random programs whose states go on from run to run, most of them with the first axis of a batch:
// every run against the interpreter, which is given the state by hand.
import * as g from '@backprove/graph'
import { evaluate, Graph, type Node } from '@backprove/graph'
import { expect, test } from 'vitest'
import { compile } from '../../compile.ts'
import { generator } from '../values.ts'

type Random = () => number

const of = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)]!
const alike = (nodes: readonly Node[], { shape }: Node): Node[] =>
  nodes.filter((node) => node.shape.join() === shape.join())

/** A batch of rows, of rows of another length, of squares; a row and a square that are no batch. */
function leavesOf(graph: Graph, samples: number): Node[] {
  const shapes = [
    ...[
      [samples, 5],
      [samples, 5],
      [samples, 3],
      [samples, 3],
      [samples, 2, 4, 4],
    ],
    ...[[5], [samples, samples]],
  ]
  return shapes.map((shape, k) => graph.input(`x${k}`, shape))
}

function step(nodes: readonly Node[], w: Node, random: Random): Node {
  const x = of(random, nodes)
  const other = of(random, alike(nodes, x))
  const rows = nodes.filter(({ shape }) => shape.length === 2 && shape[1] === 5)
  const isMatrix = x.shape.length === 2
  const made: readonly (() => Node)[] = [
    () => g.add(x, other),
    () => g.mul(0.5, g.mul(x, other)),
    () => g.sub(other, x),
    () => g.tanh(x),
    () => g.where(g.greater(x, 0), x, other),
    () => g.dense(of(random, rows), w),
    () => (x.shape.length > 0 ? g.sub(x, g.mean(x, { axes: 0, keepDims: true })) : x),
    () => (isMatrix ? g.softmax(x) : x),
    () => (isMatrix && x.shape[0] === x.shape[1] ? g.transpose(x) : x),
    () => (x.shape.length === 4 ? g.avgPool2d(x, { size: 2 }) : g.sum(x)),
  ]
  return of(random, made)()
}

test.each([0, 1, 2, 3, 4])('states of series %d', (series) => {
  for (let k = 0; k < 30; k++) {
    const seed = 1000 * series + k
    const random = generator(seed + 1)
    const graph = new Graph()
    const leaves = leavesOf(graph, of(random, [5, 8, 9, 16]))
    const w = graph.input('w', [3, 5])
    const nodes = [...leaves]
    for (let turn = 3 + 10 * random(); turn > 0; turn--) nodes.push(step(nodes, w, random))
    const state = leaves
      .filter(() => random() < 0.5)
      .map((leaf) => [leaf, of(random, alike(nodes, leaf))] as const)
    const outputs = [of(random, nodes), of(random, nodes)]
    const values = Object.fromEntries(
      [...leaves, w].map(({ name, shape }, at) => [
        name!,
        Float64Array.from({ length: g.sizeOf(shape) }, (_, entry) => Math.sin(at + 3.7 * entry)),
      ]),
    )
    const names = new Set(state.map(([{ name }]) => name))
    const feeds = Object.fromEntries(Object.entries(values).filter(([name]) => !names.has(name)))
    const program = compile(outputs, { dtype: 'float64', backend: 'wasm', state })
    program.setState(Object.fromEntries(Object.entries(values).filter(([name]) => names.has(name))))
    for (let run = 1; run <= 3; run++) {
      const found = program.run(feeds)
      const wanted = evaluate([...outputs, ...state.map(([, next]) => next)], values)
      state.forEach(([{ name }], at) => {
        values[name!] = Float64Array.from(wanted[outputs.length + at]!)
      })
      const kept = program.getState()
      const got = [...found, ...state.map(([{ name }]) => kept[name!]!)]
      got.forEach((array, at) => {
        array.forEach((value, entry) => {
          const place = `program ${seed}, run ${run}, array ${at}, entry ${entry}`
          expect(value, place).toBeCloseTo(wanted[at]![entry]!, 9)
        })
      })
    }
  }
})
