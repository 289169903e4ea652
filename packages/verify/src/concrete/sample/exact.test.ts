// Proofs by expansion at recorded shapes, and certificates that were tampered with.
import type { Node } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { createBudget } from '../../arithmetic/budget.ts'
import { parseClaim } from '../../language/read/claim.ts'
import { resolve } from '../../language/resolve/resolve.ts'
import { networkOf } from '../../network/network.ts'
import { checkExpansion } from './check-expansion.ts'
import { type ExpansionCertificate, exactTest } from './exact.ts'
import { bare, book, chain, classifier, layers } from './networks.fixture.ts'

const budget = () => createBudget({ operations: 1e8, milliseconds: 30_000 })

const prove = (cost: Node, text: string) => {
  const network = networkOf(cost)
  const [instance] = resolve(parseClaim(text), network.scope)[0]!.instances
  return exactTest(instance!.claim, network, budget())
}

const small = () => book({ pooling: 'avg', size: 4, filters: 1, kernel: 1, units: 1 })

describe('proofs by expansion', () => {
  it.each([
    [bare, 'y_{ij} = Σ_{uv} w_{uv} x_{i+u-1,j+v-1}'],
    [bare, '∂f(Y)/∂W = X *valid ∂f(Y)/∂Y'],
    [chain, "δ^{l-1} = δ^l *full rot180(W^l) ⊙ σ'(z^{l-1})"],
    [layers, "δ^l = (W^{l+1})^T δ^{l+1} ⊙ σ'(z^l)"],
    [classifier, '∂y_i/∂z_j = y_i ([i=j] - y_j)'],
    [classifier, 'δ = (Σ_i t_i) y - t'],
    [small, "δ^F = 1/4 up(δ^P) ⊙ σ'(z^F)"],
  ] as const)('%#', (network, claim) => {
    const result = prove(network(), claim)
    expect(result).toMatchObject({ kind: 'proved' })
    const { certificate } = result as { certificate: ExpansionCertificate }
    const plain = JSON.parse(JSON.stringify(certificate)) as ExpansionCertificate
    expect(plain).toEqual(certificate)
    expect(checkExpansion(plain, budget())).toEqual({ ok: true })
  })

  it.each([
    [bare, 'Y = (1 + 1e-12) X *valid W', /differ/],
    [book, 'δ^P = (w^O)^T δ^O', /masks/],
    // The gradient of L2 pooling asks whether it divides by 0.
    [
      () => book({ pooling: 'l2', size: 2, filters: 1, kernel: 1, units: 1 }),
      "δ^{Fk}_{ij} = δ^{Pk}_{i'j'} (a^{Fk}_{ij}/a^{Pk}_{i'j'}) σ'(z^{Fk}_{ij}), " +
        "i' = ⌈i/2⌉, j' = ⌈j/2⌉",
      /masks/,
    ],
    [bare, 'Y = X *full W', undefined],
  ] as const)('nothing is proved: %#', (network, claim, why) => {
    const result = prove(network(), claim)
    expect(result.kind).toBe(why ? 'unable' : 'shapes')
    if (why && result.kind === 'unable') expect(result.why).toMatch(why)
  })
})

describe('the checker', () => {
  const { certificate } = prove(layers(), "δ^l = (W^{l+1})^T δ^{l+1} ⊙ σ'(z^l)") as {
    certificate: ExpansionCertificate
  }
  interface Loose {
    steps: { kind: string; of?: number[] }[]
    entries: { right: number; form: unknown[] }[]
  }
  const corrupt = (change: (copy: Loose) => void) => {
    const copy = JSON.parse(JSON.stringify(certificate)) as Loose
    change(copy)
    return checkExpansion(copy as unknown as ExpansionCertificate, budget())
  }

  it('ends, however deep inverses are nested', () => {
    type Steps = ExpansionCertificate['steps'][number][]
    const steps: Steps = [{ kind: 'leaf', name: 'x' }]
    for (let level = 0; level < 60; level++) {
      const top = steps.length - 1
      steps.push({ kind: 'sum', of: [0, top] }, { kind: 'quotient', of: [0, top + 1] })
    }
    const last = steps.length - 1
    const form = [{ coefficient: '1', factors: [] }] as never
    const entries = [{ link: 0, entry: [], left: last, right: last, form }]
    expect(checkExpansion({ kind: 'expansion', steps, entries }, budget())).toEqual({ ok: true })
  })

  it('rejects what was changed', () => {
    certificate.entries.forEach(({ left, right }, k) => {
      if (left === right) return
      const other = certificate.steps[right]!.kind === 'sum' ? 'product' : 'sum'
      const changed = corrupt((copy) => {
        copy.steps[right]!.kind = other
      })
      expect(changed.ok, `entry ${k}`).toBe(false)
    })
    expect(
      corrupt((copy) => {
        copy.entries[0]!.right = copy.entries[1]!.right
      }).ok,
    ).toBe(false)
    expect(
      corrupt((copy) => {
        copy.entries[0]!.form.pop()
      }).ok,
    ).toBe(false)
    expect(
      corrupt((copy) => {
        copy.entries = []
      }).ok,
    ).toBe(false)
    expect(
      corrupt((copy) => {
        copy.steps[0] = { kind: 'sum', of: [5, 6] }
      }).ok,
    ).toBe(false)
    expect(
      corrupt((copy) => {
        copy.steps.push({ kind: 'eval' })
      }).ok,
    ).toBe(false)
  })
})
