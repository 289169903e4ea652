// What is cheap is worked out where it is read, and sums over the same entries are one sweep: over
// arrays that are large enough, in every engine equal to the interpreter, whatever reads what.
import * as graph from '@backprove/graph'
import { evaluate, Graph, grad, mul, type Node, sub } from '@backprove/graph'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { enginesOf } from '../testing/engines.ts'

const SHAPE = [3, 3, 31, 30] as const
const AXES = [0, 2, 3]
const COUNT = 3 * 31 * 30

/** x̂ γ + β with the statistics of x, and relu: one layer of a training step. */
function normalised(x: Node, gamma: Node, beta: Node): Node {
  const spread = (v: Node): Node => graph.reshape(v, [3, 1, 1])
  const mean = (of: Node): Node => graph.mean(of, { axes: AXES })
  const mu = mean(x)
  const variance = mean(graph.square(sub(x, spread(mu))))
  const scale = spread(graph.sqrt(graph.add(variance, 1e-5)))
  const scaled = graph.div(sub(x, spread(mu)), scale)
  return graph.relu(graph.add(mul(scaled, spread(gamma)), spread(beta)))
}

/** Between two convolutions, which need their arrays in memory. */
function batchNormalisation() {
  const g = new Graph()
  const x = g.input('x', SHAPE)
  const [v, w] = [g.input('v', [3, 3, 1, 1]), g.input('w', [3, 3, 3, 3])]
  const [gamma, beta] = [g.parameter('γ', [3]), g.parameter('β', [3])]
  const y = normalised(graph.conv2d(x, v), gamma, beta)
  const cost = graph.sum(graph.tanh(graph.conv2d(y, w, { padding: 1 })))
  const [dx, dGamma, dBeta] = grad(cost, [x, gamma, beta]) as [Node, Node, Node]
  return { x, gamma, beta, cost, dx, dGamma, dBeta }
}

let state = 5
const random = (): number => {
  state = (state * 1664525 + 1013904223) % 2 ** 32
  return Math.fround(2 * (state / 2 ** 32) - 1)
}
const randoms = (length: number): Float64Array => Float64Array.from({ length }, random)
const size = SHAPE.reduce((a, b) => a * b, 1)

const fed = () => ({
  ...{ x: randoms(size), v: randoms(9), w: randoms(81) },
  ...{ γ: randoms(3), β: randoms(3) },
})

test('batch normalisation is three sweeps forward, and two back behind the mask of relu', () => {
  const { cost, dx, gamma, beta, dGamma, dBeta } = batchNormalisation()
  const state = [
    [gamma, sub(gamma, mul(0.1, dGamma))],
    [beta, sub(beta, mul(0.1, dBeta))],
  ] as const
  const { steps } = compile([cost, dx], { state }).explain()
  const sweeps = steps.filter(({ bytes, ops }) => bytes > 4 * size && !ops[0]!.startsWith('conv'))
  expect(sweeps.map(({ ops }) => ops.join(' '))).toEqual([
    'sum',
    'sub square sum',
    'sub div mul add relu',
    'tanh',
    'sum',
    'square sub',
    'greater where',
    'sub mul sum sum',
    'sub mul mul mul div add add',
  ])
})

/** How far a value may be from the reference, relative to the largest of its array. */
const bounds = { float64: 1e-11, float32: 2e-4 } as const

function check(nodes: readonly Node[], feeds: Record<string, Float64Array>): void {
  const wanted = evaluate(nodes, feeds)
  for (const dtype of ['float64', 'float32'] as const) {
    for (const engine of enginesOf(dtype)) {
      engine.compute(nodes, feeds).forEach((values, n) => {
        const want = wanted[n]!
        const largest = want.reduce((most, value) => Math.max(most, Math.abs(value)), 1)
        const worst = want.reduce(
          (most, value, k) => Math.max(most, Math.abs(value - values[k]!)),
          0,
        )
        if (!(worst <= bounds[dtype] * largest)) {
          expect.fail(`${engine.name}, output ${n}: ${worst} of ${largest}`)
        }
      })
    }
  }
}

test('a layer of a training step, in every engine', () => {
  const { x, cost, dx, dGamma, dBeta } = batchNormalisation()
  const feeds = fed()
  // Asked for they are arrays of their own; else they are parts of one.
  check([cost, dx, dGamma, dBeta], feeds)
  const sums = graph.reshape(graph.add(dGamma, dBeta), [3, 1, 1])
  check([graph.add(dx, mul(x, sums))], feeds)
})

test('threads change no bit', () => {
  const { cost, dx, dGamma, dBeta } = batchNormalisation()
  const feeds = fed()
  const nodes = [cost, sub(dx, graph.reshape(graph.add(dGamma, dBeta), [3, 1, 1]))]
  const runs = [1, 2].map((threads) => {
    const program = compile(nodes, { threads })
    const found = program.run(feeds).map((values) => Array.from(values))
    program[Symbol.dispose]()
    return found
  })
  expect(runs[0]).toEqual(runs[1])
})

/** What the next node is made from: arrays of the whole shape, and numbers for each channel. */
interface Made {
  readonly arrays: readonly Node[]
  readonly vectors: readonly Node[]
}
type Step = readonly [kind: number, a: number, b: number]

function next({ arrays, vectors }: Made, [kind, a, b]: Step): Made {
  const array = (k: number): Node => arrays[k % arrays.length]!
  const vector = (k: number): Node => vectors[k % vectors.length]!
  const [x, y, v] = [array(a), array(b), vector(b)]
  const mean = (of: Node): Node => graph.div(graph.sum(of, { axes: AXES, keepDims: true }), COUNT)
  const made: Node = [
    () => sub(x, v),
    () => mul(mul(0.5, x), v),
    () => graph.neg(x),
    () => graph.where(graph.greater(x, 0.25), mul(0.5, y), 0),
    () => graph.tanh(graph.add(x, y)),
    () => mean(x),
    () => mean(mul(x, y)),
    () => mean(graph.square(sub(x, v))),
  ][kind]!()
  return made.shape[2] === 1
    ? { arrays, vectors: [...vectors, made] }
    : { arrays: [...arrays, made], vectors }
}

const steps = fc.array(fc.tuple(fc.nat(7), fc.nat(9), fc.nat(9)), { minLength: 6, maxLength: 14 })

describe('whatever reads what', () => {
  test('random programs of sums and cheap arrays', () => {
    fc.assert(
      fc.property(steps, fc.nat(3), (all, asked) => {
        const g = new Graph()
        const leaves = { arrays: [g.input('x', SHAPE), g.input('y', SHAPE)] }
        const start: Made = { ...leaves, vectors: [g.input('v', [1, 3, 1, 1])] }
        const { arrays, vectors } = all.reduce(next, start)
        const numbers = vectors.reduce((a, b) => graph.add(a, mul(0.5, b)))
        const read = mul(arrays[asked % arrays.length]!, numbers)
        // Sums that are asked for are arrays of their own.
        const outputs = [arrays.at(-1)!, read, ...vectors.slice(vectors.length - (asked >> 1))]
        check([...new Set(outputs)], { x: randoms(size), y: randoms(size), v: randoms(3) })
      }),
      { numRuns: 8 },
    )
  })
})
