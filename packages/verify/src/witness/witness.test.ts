// Counterexamples: the smallest sizes, exact fractions, and none for what is true.
import { Graph, mean, type Node, sigmoid, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../arithmetic/budget.ts'
import { bare, book, chain, classifier, layers } from '../concrete/sample/networks.fixture.ts'
import { parseClaim } from '../language/read/claim.ts'
import { resolve } from '../language/resolve/resolve.ts'
import { networkOf } from '../network/network.ts'
import { sizesOf } from '../network/sizes.ts'
import { verify } from '../verify.ts'
import { bySum } from './by-sum.ts'
import { fractionNear } from './ratio.ts'
import { findWitness } from './witness.ts'

const witness = (cost: Node, text: string) => {
  const network = networkOf(cost)
  const [instance] = resolve(parseClaim(text), network.scope)[0]!.instances
  return findWitness(
    instance!.claim,
    network,
    createBudget({ operations: 1e8, milliseconds: 30_000 }),
  )
}

describe('sizes', () => {
  it('are the lengths that leaves leave open', () => {
    const { free, at } = sizesOf(networkOf(book()), 'ones stay')
    expect(free.map(({ name, recorded }) => `${name}=${recorded}`)).toEqual([
      'x.i=6',
      'x.j=6',
      'w^F.k=3',
      'w^F.i=3',
      'w^F.j=3',
      'w^O.n=3',
    ])
    const small = at([4, 5, 2, 2, 2, 1])!
    expect(small.nodes.get('w^O')!.shape).toEqual([1, 2, 1, 2])
    expect(at([2, 5, 2, 3, 2, 1])).toBeUndefined()
  })

  it('are tried by sum, then lexicographically', () => {
    expect([...bySum([2, 3])].map(String)).toEqual(['1,1', '1,2', '2,1', '1,3', '2,2', '2,3'])
  })
})

describe('decimals', () => {
  it('stand beside exact values that are no whole numbers', () => {
    const graph = new Graph()
    const a = sigmoid(graph.input('x', [1])).as('a')
    const found = witness(sum(a).as('C'), 'a_i = 3 a_i x_i')
    const [, z] = /^σ\((-?\d+)\)$/.exec(found!.expected)!
    expect(Number(found!.decimals![0])).toBeCloseTo(1 / (1 + Math.exp(-Number(z))), 3)
    expect(found!.decimals![0]).not.toBe(found!.decimals![1])
  })
})

describe('fractions', () => {
  it.each([
    [0.5, '1/2'],
    [-3, '-3'],
    [2 / 3, '2/3'],
    [Math.PI, undefined],
  ])('near %s', (value, text) => {
    expect(fractionNear(value)).toBe(text)
  })
})

describe('counterexamples', () => {
  it('is smallest: rot180 matters from two cells on', () => {
    const found = witness(chain(), "δ^{l-1} = δ^l *full W^l ⊙ σ'(z^{l-1})")!
    const { sizes } = found
    expect(sizes).toEqual({ 'z^{l-1}.i': 1, 'z^{l-1}.j': 2, 'W^l.u': 1, 'W^l.v': 2 })
    expect(found.expected).toMatch(/σ'/)
  })

  it('has exact fractions where nothing is transcendental', () => {
    const found = witness(bare(), 'Y = 3/2 X *valid W')!
    expect(found.sizes).toEqual({ 'X.i': 1, 'X.j': 1, 'W.u': 1, 'W.v': 1 })
    expect(found.ratio).toBe('3/2')
    const [x, w] = [Number(found.inputs.X![0]), Number(found.inputs.W![0])]
    expect(found.expected).toBe(String(x * w))
    expect(evaluated(found.got)).toBe(1.5 * x * w)
  })

  it.each([
    ['factor', book, "δ^O_n = 2 (a^O_n - t_n) a'(z^O_n)", '2'],
    ['sign', book, "δ^O_n = (t_n - a^O_n) a'(z^O_n)", '-1'],
    ['missing derivative', book, 'δ^O_n = a^O_n - t_n', undefined],
    ['flipped', book, '∂C/∂w^{Fk}_{ij} = Σ_{u,v} δ^{Fk}_{uv} x_{u-i+3,v-j+3}', undefined],
    [
      'no mask',
      book,
      "δ^{Fk}_{ij} = (Σ_n δ^O_n w^{On}_{k-i'j'}) a'(z^{Fk}_{ij}), i' = ⌈i/2⌉, j' = ⌈j/2⌉",
      undefined,
    ],
    ['no transpose', layers, '∂C/∂W^2 = a^1 (δ^2)^T', undefined],
    ['softmax', classifier, 'δ = t - y', undefined],
    ['tiny factor', bare, 'Y = (1 + 1e-12) X *valid W', '1000000000001/1000000000000'],
  ])('%s', (_name, network, claim, ratio) => {
    const found = witness(network(), claim)
    expect(found).toBeDefined()
    expect(found!.ratio).toBe(ratio)
    expect(found!.expected).not.toBe(found!.got)
  })

  it('a ratio that depends on the size is none', () => {
    const graph = new Graph()
    const x = graph.input('x_i', [5])
    const C = mean(x).as('C')
    expect(witness(C, '∂C/∂x_i = 1')).toMatchObject({ sizes: { 'x.i': 2 } })
    expect(witness(C, '∂C/∂x_i = 1')!.ratio).toBeUndefined()
    expect(witness(C, '∂C/∂x_i = 2/5')!.ratio).toBeUndefined()
  })

  it('is not found for what is true', () => {
    expect(witness(chain(), "δ^{l-1} = δ^l *full rot180(W^l) ⊙ σ'(z^{l-1})")).toBeUndefined()
  })
})

// Where x is 32, 1 − σ(x) has two digits left in float64, and where it is 64 few of fifty.
describe('what only rounding tells apart is no counterexample', () => {
  const logistic = () => {
    const graph = new Graph()
    return sum(sigmoid(graph.input('x_i', [3])).as('y_i')).as('C')
  }
  it.each([
    ['log(σ(x_i)/(1 - σ(x_i))) = x_i', 'agrees'],
    ['log(y_i/(1 - y_i)) = x_i', 'agrees'],
    ['log((1 + tanh x_i)/(1 - tanh x_i)) = 2 x_i', 'agrees'],
    ['log(σ(20 x_i)/(1 - σ(20 x_i))) = 20 x_i', 'agrees or budget'],
    ['log(σ(x_i)/(1 - σ(x_i))) = 1.0000001 x_i', 'refuted'],
  ])('%s: %s', (claim, kinds) => {
    expect(kinds.split(' or ')).toContain(verify(logistic(), claim).kind)
  })
})

const evaluated = (text: string): number => {
  const [a = '0', b = '1'] = text.split('/')
  return Number(a) / Number(b)
}
