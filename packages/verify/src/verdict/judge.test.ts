// The rungs of the ladder that the corpus does not need: a proof by expansion, and its certificate.
import { conv2d, crossEntropy, Graph, sigmoid, softmax, squaredError } from '@backprove/graph'
import { expect, it } from 'vitest'
import { createBudget, createOperations } from '../arithmetic/budget.ts'
import { checkExpansion } from '../concrete/sample/check-expansion.ts'
import { parseClaim } from '../language/read/claim.ts'
import { verify, verifyParsed } from '../verify.ts'

function network() {
  const graph = new Graph()
  const x = graph.input('x_{ij}', [1, 3, 3])
  const w = graph.parameter('w_{uv}', [1, 1, 2, 2])
  const t = graph.input('t_{ij}', [1, 2, 2])
  const a = sigmoid(conv2d(x, w).as('z_{ij}')).as('a_{ij}')
  return squaredError(a, t).as('C')
}

const WRITTEN_OUT = '∂C/∂w_{11} = δ_{11} x_{11} + δ_{12} x_{12} + δ_{21} x_{21} + δ_{22} x_{22}'

it('proves at the recorded shape what no formula says of all sizes', () => {
  const verdict = verify(network(), WRITTEN_OUT)
  expect(verdict).toMatchObject({ kind: 'proved', scope: 'shape', method: 'exact' })
  if (verdict.kind !== 'proved' || verdict.certificate.kind !== 'expansion') throw new Error()
  expect(checkExpansion(verdict.certificate, createBudget())).toEqual({ ok: true })
})

it('refutes it with one place changed', () => {
  const verdict = verify(network(), WRITTEN_OUT.replace('x_{22}', 'x_{23}'))
  expect(verdict.kind).toBe('refuted')
})

it('judges each link of a chain once, however often it is said', () => {
  const chain = (times: number, end: string) => `x${' = x'.repeat(times)}${end}`
  const verdict = (text: string) =>
    verifyParsed(network(), parseClaim(text), { work: createOperations(60_000) }).kind
  expect(verdict(chain(2000, ''))).toBe('proved')
  expect(verdict(chain(2000, ' = 2 x'))).toBe('refuted')
})

it('has no derivative by what stands beside the way to the cost', () => {
  const graph = new Graph()
  const z = graph.input('z_k', [4])
  const y = softmax(z).as('y_k')
  const t = graph.input('t_k', [4])
  const beside = crossEntropy(z, t).as('C')
  expect(verify(beside, '∂C/∂y_k = -t_k / y_k')).toMatchObject({
    kind: 'ill-formed',
    reason: 'This graph does not compute C from ‘y’, so it has no derivative by it',
  })
  expect(verify(squaredError(y, t).as('D'), '∂D/∂y_k = y_k - t_k').kind).toBe('proved')
})
