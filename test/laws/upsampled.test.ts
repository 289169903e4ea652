// Printed adjoints of poolings, up(δ) with a factor or a mask: equal to the ops they stand for.
import {
  avgPool2d,
  divideOrZero,
  equal,
  Graph,
  grad,
  l2Pool2d,
  latex,
  maxPool2d,
  medianPool2d,
  mul,
  type Node,
  type Pair,
  sum,
  upsample,
  where,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { expectDifferent, expectEqual, report } from './expect-equal.ts'

type Pool = (x: Node, options: { size: Pair }) => Node

/** ∂⟨δ, pool(a)⟩/∂a. */
function adjoint(pool: Pool, shape: readonly number[], size: Pair = [2, 2]) {
  const graph = new Graph()
  const a = graph.input('a', shape)
  const p = pool(a, { size }).as('p')
  const delta = graph.input('d', p.shape)
  const up = (x: Node): Node => upsample(x, { size })
  return { a, p, delta, up, back: grad(sum(mul(delta, p)), a) }
}

describe('gradients through poolings', () => {
  it('mean: ¼ up(δ)', () => {
    const { delta, up, back } = adjoint(avgPool2d, [2, 4, 6])
    expect(latex(back)).toContain('\\tfrac{1}{4} \\, \\operatorname{up}')
    expectEqual(back, mul(1 / 4, up(delta)))
    expectDifferent(back, up(delta))
  })

  it('L2: a ⊙ up(δ / p)', () => {
    const { a, p, delta, up, back } = adjoint(l2Pool2d, [1, 4, 4])
    expect(latex(back)).toContain('\\operatorname{up}')
    expectEqual(back, mul(a, up(divideOrZero(delta, p))))
    expectDifferent(back, mul(a, up(delta)))
  })

  const reason = 'where a cell equals its window’s winner is a tie or the winner: no rule says so'
  it.each([
    ['max', maxPool2d, [2, 2]],
    ['median', medianPool2d, [1, 3]],
  ] as const)('%s: up(δ) at the cells that win', (name, pool, [...size]) => {
    const { a, p, delta, up, back } = adjoint(pool, [1, size[0], 2 * size[1]], size)
    // Of medians no layer form has a sign: the place in its block is written out.
    expect(latex(back)).toMatch(/\\mathbf\{1\}|arg\\,(?:lo)?med/)
    const { excluded } = expectEqual(back, where(equal(a, up(p)), up(delta), 0), reason)
    expect(excluded).toContain('ties')
    expectDifferent(back, up(delta))
    report(name, reason)
  })
})
