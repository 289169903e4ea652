// Graphs over several domains, against the reference interpreter; primes against a list.
import {
  conv2d,
  crossEntropy,
  dense,
  evaluate,
  Graph,
  grad,
  l2Pool2d,
  maxPool2d,
  medianPool2d,
  type Node,
  ops,
  relu,
  sigmoid,
  softmax,
  squaredError,
  topologicalOrder,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../arithmetic/budget.ts'
import type { Domain, Tensor } from '../concrete/domains/domain.ts'
import { floatDomain } from '../concrete/domains/float.ts'
import { isPrime, random61, randomFrom, randomPrime, uniform } from '../concrete/domains/random.ts'
import { residueDomain } from '../concrete/domains/residue.ts'
import { interpreter } from './program.ts'

const fedLeaves = (nodes: Node[]) =>
  topologicalOrder(nodes).filter(({ op }) => op === ops.input || op === ops.parameter)

const pointFor = (nodes: Node[]) => {
  const random = randomFrom(7)
  return new Map(
    fedLeaves(nodes).map((node) => [
      node,
      Array.from({ length: node.shape.reduce((a, b) => a * b, 1) }, () => uniform(random, -1, 1)),
    ]),
  )
}

const runIn = <T>(domain: Domain<T>, nodes: Node[], leaf: (real: number) => T): T[][] => {
  const values = new Map<Node, Tensor<T>>()
  for (const [node, reals] of pointFor(nodes))
    values.set(node, { shape: node.shape, data: reals.map(leaf) })
  interpreter(domain, createBudget({ operations: 1e8, milliseconds: 60_000 })).run(nodes, values)
  return nodes.map((node) => [...values.get(node)!.data])
}

const book = () => {
  const g = new Graph()
  const x = g.input('x_{ij}', [1, 6, 6])
  const w = g.parameter('w^{Fk}_{ij}', [3, 1, 3, 3])
  const b = g.parameter('b^{Fk}', [3])
  const a = sigmoid(conv2d(x, w, { bias: b })).as('a^{Fk}_{ij}')
  const p = maxPool2d(a, { size: 2 })
  const y = sigmoid(dense(p, g.parameter('w^{On}_{kij}', [3, 3, 2, 2]), g.parameter('b^{On}', [3])))
  const cost = squaredError(y, g.input('t_n', [3])).as('C')
  return { cost, wrt: [w, b, x] }
}
const others: [string, () => { cost: Node; wrt: Node[] }][] = [
  ['the book’s network', book],
  [
    'softmax, L2 and medians',
    () => {
      const g = new Graph()
      const x = g.input('x', [2, 6, 6])
      const z = l2Pool2d(relu(medianPool2d(x, { size: 2 })), { size: 3 })
      const s = dense(z, g.parameter('w', [3, 2, 1, 1]))
      return { cost: crossEntropy(s, softmax(g.input('u', [3]))), wrt: [x] }
    },
  ],
]

describe('a graph over other domains', () => {
  it.each(others)('is what the reference interpreter finds: %s', (_name, make) => {
    const { cost, wrt } = make()
    const nodes = [cost, ...grad(cost, wrt)]
    const feeds = Object.fromEntries(
      [...pointFor(nodes)].map(([node, data]) => [node.name!, Float64Array.from(data)]),
    )
    const expected = evaluate(nodes, feeds)
    const found = runIn(floatDomain(), nodes, (real) => real)
    nodes.forEach((_, k) => {
      for (const [at, value] of found[k]!.entries())
        expect(value).toBeCloseTo(expected[k]![at]!, 12)
    })
    const random = randomFrom(3)
    const domain = residueDomain(randomPrime(random), 5)
    const residues = runIn(domain, nodes, (real) => domain.leaf(random61(random), real))
    nodes.forEach((_, k) => {
      for (const [at, value] of residues[k]!.entries())
        expect(value.real).toBeCloseTo(expected[k]![at]!, 10)
    })
  })
})

describe('primes', () => {
  it('are told from composites', () => {
    const small = Array.from({ length: 60 }, (_, n) => n).filter((n) => isPrime(BigInt(n)))
    expect(small).toEqual([2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59])
    expect(isPrime(2n ** 61n - 1n)).toBe(true)
    expect(isPrime(3825123056546413051n)).toBe(false)
  })
})
