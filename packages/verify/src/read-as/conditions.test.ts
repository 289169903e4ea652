// What a statement asks for to have a value is said in words, also of what cancels; what is always
// so is not.

import { dense, Graph, type Node, sigmoid, softmax, squaredError } from '@backprove/graph'
import { expect, it } from 'vitest'
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
