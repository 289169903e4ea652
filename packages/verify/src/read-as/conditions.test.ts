// What a statement asks for to have a value is said in words, also of what cancels; what is always
// so is not.

import {
  add,
  dense,
  div,
  Graph,
  log,
  mul,
  type Node,
  pow,
  sigmoid,
  softmax,
  sqrt,
  square,
  squaredError,
  sum,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { format } from '../verdict/format.ts'
import { verify } from '../verify.ts'

const network = (): Node => {
  const g = new Graph()
  const x = g.parameter('x_j', [3])
  const z = dense(x, g.parameter('W_{ij}', [4, 3])).as('z_i')
  const y = softmax(sigmoid(z).as('a_i')).as('y_i')
  return squaredError(y, g.input('t_i', [4])).as('C')
}

const whereOf = (claim: string): readonly string[] => {
  const verdict = verify(network(), claim)
  if (verdict.kind !== 'proved' && verdict.kind !== 'agrees')
    throw new Error(JSON.stringify(verdict))
  return (verdict.where ?? []).map(({ text }) => text)
}

it.each<[string, readonly string[]]>([
  ['x_j / x_j = 1', ['x_{j} ≠ 0']],
  ['0 / x_j = 0', ['x_{j} ≠ 0']],
  ['a_i / z_i = σ(z_i) / z_i', ['z_{i} ≠ 0']],
  ['e^{log(x_j)} = x_j', ['x_{j} > 0']],
  ['(√(x_j))^2 = x_j', ['x_{j} ≥ 0']],
  ['a / z = σ(z) / z', ['z_{i} ≠ 0']],
  ['1 / (Σ_j x_j) = (Σ_k x_k)^{-1}', ['Σ_{j=1}^{3} x_{j} ≠ 0', 'Σ_{k=1}^{3} x_{k} ≠ 0']],
  ['x_1 / x_2 = x_1 x_2^{-1}', ['x_{2} ≠ 0']],
  ['y_i = e^{a_i} / Σ_k e^{a_k}', []],
  ['a_i = 1/(1 + e^{-z_i})', []],
  ['z_i / (z_i^2 + 1) = z_i / (1 + z_i^2)', []],
  ['[x_j ≠ 0] / x_j = [x_j ≠ 0] / x_j', []],
  ['a_i / y_i = σ(z_i) / y_i', []],
])('%s', (claim, where) => {
  expect(whereOf(claim)).toEqual(where)
})

it('is printed', () => {
  expect(format(verify(network(), 'x_j / x_j = 1'))).toContain('where x_{j} ≠ 0')
  const verdict = verify(network(), 'x_j / x_j = 1 = z_i / z_i')
  expect(format(verdict)).toContain('where x_{j} ≠ 0 and z_{i} ≠ 0')
})

describe('what nodes of the network ask for', () => {
  const said = (network: (x: Node) => Node, claim: string): readonly string[] => {
    const g = new Graph()
    const verdict = verify(sum(network(g.parameter('x_i', [3]))).as('C'), claim)
    if (verdict.kind !== 'proved' && verdict.kind !== 'agrees')
      throw new Error(JSON.stringify(verdict))
    return (verdict.where ?? []).map(({ text }) => text)
  }
  const halves = (x: Node) => mul(x, 0.5)

  it.each<[string, (x: Node) => Node, readonly string[]]>([
    ['∂C/∂x_i = x_i^{-1}', (x) => log(x), ['x_{i} ≠ 0', 'x_{i} > 0']],
    ['y_i = log(x_i)', (x) => log(x).as('y_i'), ['x_{i} > 0']],
    ['y_i = x_i^{-2}', (x) => pow(x, -2).as('y_i'), ['x_{i} ≠ 0']],
    ['y_i = √(x_i)', (x) => sqrt(x).as('y_i'), ['x_{i} ≥ 0']],
    ['2 y_i ∂C/∂x_i = 1', (x) => sqrt(x).as('y_i'), ['x_{i} > 0']],
    ['y_i z_i = 1', (x) => div(1, halves(x).as('z_i')).as('y_i'), ['z_{i} ≠ 0']],
    ['y_i = y_i + 0', (x) => log(halves(x)).as('y_i'), ['x_{i} 1/2 > 0']],
    ['y_i = y_i + 0', (x) => log(add(square(x), 1)).as('y_i'), []],
    // Of an activation only what it is made of: not what the cost is made of besides.
    ["g'(x_i) = a_i (1 - a_i)", (x) => log(mul(sigmoid(x).as('a_i'), x)), []],
  ])('%s', (claim, network, where) => {
    expect(said(network, claim)).toEqual(where)
  })
})
