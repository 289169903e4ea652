// Laws by which plans are rewritten, for every backend and for WebAssembly: what a law makes of a
// node is proved equal to the node.
import {
  add,
  broadcastTo,
  conv2d,
  convolve2d,
  crossEntropy,
  div,
  Graph,
  grad,
  greater,
  identity,
  logSoftmax,
  logSumExp,
  maxPool2d,
  mean,
  mul,
  type Node,
  neg,
  norm,
  type Op,
  ops,
  relu,
  reshape,
  sigmoid,
  sigmoidPrime,
  softmax,
  softplus,
  squaredError,
  stopGradient,
  sub,
  sum,
  tanh,
  tanhPrime,
  topologicalOrder,
  tril,
  triu,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { keyOf } from '../../packages/kernels/src/plan/families.ts'
import type { Law } from '../../packages/kernels/src/plan/laws/law.ts'
import { laws } from '../../packages/kernels/src/plan/laws/laws.ts'
import { wasmLaws } from '../../packages/kernels/src/wasm/laws/index.ts'
import { poolingLaws } from '../../packages/kernels/src/wasm/laws/pooling.ts'
import { winnerLaws } from '../../packages/kernels/src/wasm/laws/winners.ts'
import { expectEqual, report } from './expect-equal.ts'

const uniform = (x: Node, value: number): Node => broadcastTo(x.graph.constant(value), x.shape)
const raw = (op: Op, ...args: Node[]): Node => args[0]!.graph.record(op, args, {})

/** Nodes that the laws start at, from two matrices. */
const matrices: readonly ((x: Node, y: Node) => Node)[] = [
  (x) => raw(ops.mul, x, uniform(x, 1)),
  (x) => raw(ops.mul, uniform(x, 1), x),
  (x) => raw(ops.div, x, uniform(x, 1)),
  (x) => raw(ops.add, x, uniform(x, 0)),
  (x) => raw(ops.add, uniform(x, 0), x),
  (x) => raw(ops.sub, x, uniform(x, 0)),
  (x) => identity(x),
  (x) => raw(ops.neg, raw(ops.neg, x)),
  (x) => sigmoidPrime(x),
  (x) => tanhPrime(x),
  (x) => greater(x, 0),
  (x) => mean(x),
  (x) => mean(x, { axes: 0, keepDims: true }),
  (x, y) => squaredError(x, y),
  (x, y) => crossEntropy(x, y),
  (x) => softmax(x),
  (x) => logSoftmax(x),
  (x) => logSumExp(x, { axes: 1 }),
  (x) => norm(x),
  (x) => tril(x),
  (x) => triu(x, { diagonal: 1 }),
  (x) => stopGradient(x),
  (x) => norm(x, { axes: 0, keepDims: true }),
  (x) => sum(mul(x, x.graph.input('c', [2, 1])), { axes: 1 }),
  (x) => sum(div(x, x.graph.input('d', [3])), { axes: 0, keepDims: true }),
  (x, y) => sum(neg(mul(mul(x, x.graph.input('c', [2, 1])), y)), { axes: 1 }),
  (x, y) => sum(raw(ops.add, mul(x, x.graph.input('d', [3])), y), { axes: 0 }),
  (x, y) => sum(neg(raw(ops.sub, x, y)), { axes: 1 }),
  (x) => sum(sub(x, div(sum(x, { axes: 0 }), 2)), { axes: 0 }),
  (x) => sum(sub(x, div(sum(x, { axes: 1, keepDims: true }), 3)), { axes: 1 }),
  (x) => sum(sum(sub(x, div(sum(x, { axes: [0, 1] }), 6)), { axes: 0 })),
]

/** Convolution, activation and pooling, with every gradient. */
const pooled = (activation: (x: Node) => Node, bias: boolean) => {
  const graph = new Graph()
  const x = graph.input('x', [1, 3, 5])
  const w = graph.parameter('w', [2, 1, 2, 2])
  const b = graph.parameter('b', [2])
  const z = bias ? conv2d(x, w, { bias: b }) : add(conv2d(x, w), reshape(b, [2, 1, 1]))
  const y = maxPool2d(activation(z), { size: 2 })
  const cost = sum(mul(graph.input('t', y.shape), y))
  return [y, ...grad(cost, [w, b, x])]
}

const flipped = (): Node => {
  const graph = new Graph()
  const w = graph.parameter('w', [2, 2, 2, 3])
  return convolve2d(graph.input('x', [2, 4, 4]), w, { padding: 1, stride: 2 })
}

const candidates = (): readonly Node[] => {
  const graph = new Graph()
  const [x, y] = [graph.input('x', [2, 3]), graph.input('y', [2, 3])]
  const nets = [(z: Node) => z, relu, sigmoid, tanh, identity, softplus].flatMap((activation) =>
    [true, false].flatMap((bias) => topologicalOrder(pooled(activation, bias))),
  )
  return [...matrices.map((make) => make(x, y)), flipped(), ...nets]
}

/** Everything is there to be read and nobody else is looking: every law may apply. */
const rewritten = (law: Law, node: Node): Node | undefined =>
  keyOf(node.op) === law.op
    ? law.rewrite(node, {
        original: node,
        present: () => true,
        usedOnlyBy: () => true,
        dtype: 'float64',
        precision: 'strict',
      })
    : undefined

/** Ops outside of the graph's own have no definition to prove anything from. */
const known = new Set<Op>(Object.values(ops))
const isDefined = (node: Node): boolean => topologicalOrder([node]).every(({ op }) => known.has(op))

const monotone = 'that φ keeps the order of numbers is no rule of the prover; random points decide'
const notProved: Readonly<Record<string, string>> = {
  'maxpool(φ(x) + b) = φ(maxpool(x)) + b, φ increasing': monotone,
  'maxpool′(φ(x))g · φ′(x) = maxpool′(x)(g · φ′(maxpool(x))), φ strictly increasing': monotone,
  'maxpool′(relu(x))g · [x > 0] = maxpool′(x)(g · [maxpool(x) > 0])': monotone,
  'maxpool′(x + b)g = maxpool′(x)(g where maxpool(x + b) is a number)': monotone,
  'Σ maxpool′(x)g over a plane = Σ g where maxpool(x) is a number':
    'that every window has one winner is no rule',
}

describe.each([...laws, ...poolingLaws].map((law) => [law.statement, law] as const))(
  '%s',
  (statement, law) => {
    it('holds wherever it applies', () => {
      const pairs = candidates().flatMap((node) => {
        const other = rewritten(law, node)
        return other && other !== node && isDefined(other) ? [[node, other] as const] : []
      })
      expect(pairs.length).toBeGreaterThan(0)
      for (const [node, other] of pairs) expectEqual(node, other, notProved[statement])
      report(statement, notProved[statement])
    })
  },
)

it('laws for ops without a definition are those of the winners alone', () => {
  const others = wasmLaws.filter((law) => ![...laws, ...poolingLaws].includes(law))
  expect(others).toEqual(winnerLaws)
  for (const { statement } of winnerLaws)
    report(statement, 'its ops have kernels and no definition; the backend’s tests compute them')
})
