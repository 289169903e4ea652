// Claims that hold for every stride and every window are said to, are so at all small ones, and
// others are not said to.
import {
  avgPool2d,
  conv2d,
  Graph,
  l2Pool2d,
  maxPool2d,
  type Node,
  sigmoid,
  squaredError,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { format } from '../../verdict/format.ts'
import { verify } from '../../verify.ts'

interface Steps {
  readonly window: number
  readonly stride: number
}

type Pool = (x: Node, options: { size: number; stride: number }) => Node

/** x → conv of that stride → σ → pooling by that window → squared error. */
const network =
  (pool: Pool, length: number) =>
  ({ window, stride }: Steps): Node => {
    const g = new Graph()
    const x = g.input('x_{ij}', [1, length, length])
    const w = g.parameter('w_{uv}', [1, 1, 3, 3])
    const z = conv2d(x, w, { stride }).as('z_{ij}')
    const a = sigmoid(z).as('a_{ij}')
    const p = pool(a, { size: window, stride: window }).as('p_{ij}')
    return squaredError(p, g.input('t_{ij}', p.shape)).as('C')
  }

const everywhere: readonly (readonly [name: string, claim: string, pool: Pool])[] = [
  ['max', "δ = up(∂C/∂p) ⊙ [a = max] ⊙ σ'(z)", maxPool2d],
  ['max', '∂C/∂p = p - t', maxPool2d],
  ['max', "∂C/∂z_{ij} = σ'(z_{ij}) ∂C/∂a_{ij}", maxPool2d],
  ['avg', '∂C/∂w_{uv} = Σ_{ij} ∂C/∂z_{ij} ∂z_{ij}/∂w_{uv}', avgPool2d],
  ['avg', 'C = 1/2 Σ_{ij} (p_{ij} - t_{ij})^2', avgPool2d],
  ['L2', 'δ = (a - a ⊙ a) ⊙ ∂C/∂a', l2Pool2d],
]

describe('every stride and window', () => {
  it.each(everywhere)('%s pooling, %s', (_, claim, pool) => {
    const verdict = verify(network(pool, 11)({ window: 2, stride: 2 }), claim)
    expect(verdict).toMatchObject({ kind: 'proved', scope: 'all-sizes' })
    const others = [1, 2, 3].flatMap((window) => [1, 2, 3].map((stride) => ({ window, stride })))
    for (const steps of others) {
      const { kind } = verify(network(pool, 11)(steps), claim)
      expect(['proved', 'agrees'], JSON.stringify(steps)).toContain(kind)
    }
  })

  it('is said', () => {
    const verdict = verify(network(maxPool2d, 11)({ window: 2, stride: 3 }), '∂C/∂p = p - t')
    expect(verdict).toMatchObject({ windows: ['stride of z', 'window of p'] })
    expect(format(verdict)).toContain('and every stride of z and every window of p')
  })

  it('is not said of a window that the claim names', () => {
    const cost = network(avgPool2d, 8)({ window: 2, stride: 1 })
    for (const claim of [
      "δ_{ij} = 1/4 σ'(z_{ij}) ∂C/∂p_{⌈i/2⌉,⌈j/2⌉}",
      "δ = 1/4 up(∂C/∂p) ⊙ σ'(z)",
    ]) {
      const verdict = verify(cost, claim)
      expect(verdict.kind, claim).not.toBe('ill-formed')
      if (verdict.kind === 'proved') expect(verdict.windows, claim).toBeUndefined()
    }
    // No number of it is the window, and still it is about one window.
    const half = verify(cost, "δ = 5/10 up(∂C/∂p) ⊙ σ'(z) · 5/10")
    expect(half).toMatchObject({ kind: 'proved', scope: 'all-sizes' })
    expect(half).not.toHaveProperty('windows')
  })
})
