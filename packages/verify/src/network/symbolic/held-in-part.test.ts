// A length of which a part is known is not any length: x of 2 O + r rows, with O windows that
// nothing varies. What is proved of it is proved for those x.
import { Graph, maxPool2d, type Node, reshape, square, sum } from '@backprove/graph'
import { expect, it } from 'vitest'
import { verify } from '../../verify.ts'

const scopeOf = (rest: (p: Node) => Node, claim: string): string => {
  const p = maxPool2d(new Graph().input('x_{ij}', [8, 8]), { size: 2 }).as('p_{ij}')
  const verdict = verify(sum(square(rest(p))).as('C'), claim)
  return verdict.kind === 'proved' ? verdict.extent : verdict.kind
}

// False where x has 82 rows.
const narrow = '[i ≤ 40] p_{ij} = p_{ij}'

it.each<[string, (p: Node) => Node]>([
  ['padded as it was recorded', (p) => maxPool2d(p, { size: 2, stride: 2, padding: 'same' })],
  ['with windows that hang over', (p) => maxPool2d(p, { size: 3, stride: 2, ceil: true })],
  ['of so many entries', (p) => reshape(p, [16])],
])('behind what is pooled stands a window %s', (_, rest) => {
  expect(scopeOf(rest, narrow)).toBe('x of 8×8')
  expect(scopeOf(rest, '∂C/∂p_{ij} = ∂C/∂p_{ij}')).toBe('x of 8×8')
})

it('where nothing is held all may vary', () => {
  expect(scopeOf((p) => p, '∂C/∂p_{ij} = 2 p_{ij}')).toBe('all sizes')
  expect(scopeOf((p) => p, narrow)).toBe('this shape')
})
