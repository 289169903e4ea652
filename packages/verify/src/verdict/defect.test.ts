// A prover that proves anything: what it says is looked at before it is believed.
import { Graph, mul, sum } from '@backprove/graph'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import * as proof from '../proof/prove-claim.ts'
import { verify } from '../verify.ts'
import { DefectError } from './defect.ts'

beforeAll(() => {
  vi.spyOn(proof, 'proveClaim').mockReturnValue({
    kind: 'proved',
    scope: 'all-sizes',
    fixed: [],
    windows: [],
    theorems: [],
    excluded: [],
    of: { stated: { equations: [], constraints: [] } },
  } as unknown as ReturnType<typeof proof.proveClaim>)
})
afterAll(() => void vi.restoreAllMocks())

const doubled = (n: number) => {
  const graph = new Graph()
  return sum(mul(graph.input('x_i', [n]), 2).as('y_i')).as('C')
}

describe('a false proof', () => {
  it('is a defect where another size contradicts it', () => {
    // True of three entries alone.
    expect(() => verify(doubled(3), 'Σ_i (x_i + 1) = Σ_i x_i + 3')).toThrow(DefectError)
  })
  it('is never asked for where the recorded size contradicts it', () => {
    expect(verify(doubled(3), 'y_i = 3 x_i').kind).toBe('refuted')
  })
  it('of what is true is let through', () => {
    expect(verify(doubled(3), 'y_i = 2 x_i').kind).toBe('proved')
  })
})
