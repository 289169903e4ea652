// What is less in size than the number it is taken from is never asked for: 1 − σ(z), 2 − cos z.
// What may be as large still is.
import {
  add,
  cos,
  Graph,
  log,
  mul,
  type Node,
  neg,
  sigmoid,
  sub,
  sum,
  tanh,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { check } from '../certificate/claim.ts'
import { verify } from '../verify.ts'

/** Binary cross entropy of a = σ(z), with other functions of z beside it. */
const entropy = (): Node => {
  const graph = new Graph()
  const z = graph.input('z_i', [3])
  const t = graph.input('t_i', [3])
  const a = sigmoid(z).as('a_i')
  const h = tanh(z).as('h_i')
  const c = cos(z).as('c_i')
  const b = mul(a, 2).as('b_i')
  const each = add(mul(t, log(a)), mul(sub(1, t), log(sub(1, a))))
  return sub(neg(sum(each)), mul(0, sum(add(add(h, c), b)))).as('C')
}

describe('asks for nothing', () => {
  it.each([
    '∂C/∂z_i = a_i - t_i',
    'δ = a - t',
    '∂C/∂a_i = (a_i - t_i)/(a_i (1 - a_i))',
    '∂C/∂a_i = (1 - t_i)/(1 - a_i) - t_i/a_i',
    '(1 - a_i)/(1 - a_i) = 1',
    '(1 - σ(t_i)^2)/(1 - σ(t_i)^2) = 1',
    '(1 + h_i)/(1 + tanh(z_i)) = 1',
    '(1 - h_i^2)/(1 - tanh(z_i)^2) = 1',
    '(2 - c_i)/(2 - cos(z_i)) = 1',
    '(1 - a_i h_i c_i)/(1 - a_i h_i cos(z_i)) = 1',
    '(2 - h_i - c_i)/(2 - h_i - cos(z_i)) = 1',
    'log(1 - a_i) + z_i = z_i + log(1 - σ(z_i))',
    '(1 + t_i t_i)/(t_i t_i + 1) = 1',
    '(1 + t_i z_i z_i t_i)/(1 + z_i t_i z_i t_i) = 1',
    '(1 + Σ_k t_k t_k)/(1 + Σ_k t_k t_k) = 1',
    '(1 + z^T z)/(1 + z^T z) = 1',
  ])('%s', (claim) => {
    const verdict = verify(entropy(), claim, { certify: true })
    expect(verdict).toMatchObject({ kind: 'proved', excluded: [] })
    expect(verdict).not.toHaveProperty('where')
    if (verdict.kind !== 'proved' || verdict.certificate.kind !== 'index') throw new Error('none')
    const { claims = [] } = verdict.certificate
    expect(claims).toHaveLength(1)
    for (const each of claims) {
      if (!('statement' in each)) throw new Error(each.why)
      expect(each.statement.excluded).toEqual([])
      expect(check(each.statement, each.certificate)).toEqual({ ok: true })
    }
  })
})

describe('asks that it is not 0', () => {
  it.each([
    '1 - b_i',
    '1 - 2 a_i',
    '1 - c_i',
    '1 + cos(z_i)',
    '2 - c_i - cos(t_i)',
    '1 - a_i - σ(t_i)',
    '1 - a_i - h_i',
    '0.99999999999999999999 - σ(z_i)',
    '1 - e^{z_i}',
    '1 - z_i',
    '1 - Σ_k a_k',
    '1 - a_i/(1/2)',
    '1 - √(b_i)',
    '1 - [z_i > 0]',
    '1 - t_i a_i',
    '1 - σ(z_i)/σ(t_i)',
    '1 + t_i z_i',
    '1 + t_i z_i t_i',
    't_i t_i',
    '1 + Σ_k t_k t_i',
    '1 + z^T t',
  ])('%s', (divisor) => {
    const verdict = verify(entropy(), `(${divisor})/(${divisor}) = 1`, { certify: true })
    if (verdict.kind !== 'proved') {
      expect(['agrees', 'budget']).toContain(verdict.kind)
      return
    }
    expect(verdict.excluded).toContain('poles')
    if (verdict.certificate.kind !== 'index') return
    // Nor does the checker take a statement that does not say so.
    for (const each of verdict.certificate.claims ?? [])
      if ('statement' in each)
        expect(check({ ...each.statement, excluded: [] }, each.certificate)).toMatchObject({
          ok: false,
        })
  })
})
