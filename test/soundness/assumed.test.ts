// Claims under assumed equations: every branch of what they describe is met, and those that are
// linear in an entry are substituted in an exact expansion.
import { buildNetwork, readNetwork, verify } from '@backprove/verify'
import { describe, expect, it } from 'vitest'

const costOf = (text: string) => buildNetwork(readNetwork(text)).cost
const products = costOf('x: input 3\nt: input 3\nC = sum(x * t)')
const rows = costOf('z: input 4 5\nt: input 4 5\np = softmax(z, axis=1)\nC = crossEntropy(z, t)')

describe('a branch is no proof of the others', () => {
  it.each([
    ['x_2 = 0', ['x_1 x_2 = 0']],
    ['x_2 = 0', ['x_1 x_2 = 0', 'Σ_k x_k = 1']],
    ['x_1 = 0', ['x_1 x_2 = 0', 'Σ_k x_k = 1']],
    ['x_3 = 0', ['x_1 x_2 x_3 = 0']],
    ['x_1 = x_2', ['x_1^2 = x_2^2']],
    ['x_1 = x_2', ['x_1 t_1 = x_2 t_1']],
    ['x_1 = 1', ['x_1^2 = 1']],
    // Each entry has branches of its own.
    ['x_i t_j = 0', ['x_i t_i = 0']],
    ['x_i = 1', ['x_i t_i = t_i', 'Σ_i t_i = 1']],
    ['x_i = 1', ['x_i t_i = t_i', 't_1 = 1']],
    ['t_i = 0', ['x_i t_i = 0', 'Σ_i x_i = 1']],
    ['x_1 = x_2', ['x_1 t_1^2 = x_2 t_1^2', 'Σ_i t_i = 1']],
  ])('%s where %s', (claim, assume) => {
    expect(verify(products, claim, { assume }).kind).toMatch(/refuted|budget/)
  })
})

describe('what is linear in an entry is put in its place', () => {
  it.each([
    [products, 'C = x_1^2 + x_2 t_2 + x_3 t_3', 'x_1 = t_1', 'proved'],
    [products, 'C = x_1^2 + x_2 t_2 + x_3 t_3', 'x_1 = t_2', 'refuted'],
    [products, 'C = 2 Σ_i t_i^2', 'x_i = 2 t_i', 'proved'],
    [products, 'C = x_1 t_1', 'x_1^2 = x_1', 'refuted'],
    [rows, '∂C/∂z = p - t', 'Σ_i t_{ni} = 1', 'proved'],
    [rows, '∂C/∂z = 2 p - t', 'Σ_i t_{ni} = 2', 'proved'],
    [rows, '∂C/∂z = p - t', 'Σ_i t_{ni} = 2', 'refuted'],
    [rows, '∂C/∂z = p - t', 'Σ_n t_{ni} = 1', 'refuted'],
  ])('%#: %s where %s: %s', (cost, claim, assumption, kind) => {
    expect(verify(cost, claim, { assume: [assumption] }).kind).toBe(kind)
  })
})

const factored = costOf('x: input 3\nt: input 3\ny = softmax(x)\nC = crossEntropy(x, t)')

// e^{-1536} is 0 in a computer: no point where it stands for 0 is a counterexample.
it('what holds by rounding alone is no assumption that is met', () => {
  const assume = ['x_i y_i = t_i y_i']
  expect(verify(factored, 'x_i = t_i', { assume, deadline: 3000 }).kind).not.toBe('refuted')
})

// Of a sum that vanishes rounding leaves few digits, and a claim about it is proved all the same.
const scaled = costOf('x_i: input n=4\ng_i: input 4\ny = x / sqrt(mean(x*x))\nC = sum(y*g)')

it.each([
  ['Σ_i x_i ∂C/∂x_i = 0', 'proved'],
  ['Σ_i (y_i^2 - 1) = 0', 'proved'],
  ['Σ_i g_i ∂C/∂x_i = 0', 'refuted'],
  ['Σ_i x_i ∂C/∂x_i = 10^{-12}', 'refuted'],
])('%s: %s', (claim, kind) => {
  expect(verify(scaled, claim).kind).toBe(kind)
})
