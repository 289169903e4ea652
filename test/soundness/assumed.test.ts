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
