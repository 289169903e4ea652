// A comparison of any number that varies has pieces, that of the cost and of a slope as well: what
// agrees in the piece that random points meet agrees nowhere else.
import { Graph, square, sum } from '@backprove/graph'
import { expect, it } from 'vitest'
import { verify } from '../../verify.ts'

/** C is 0 or more, and below 30 at random points. */
const cost = () => sum(square(new Graph().input('x_i', [3])).as('a_i')).as('C')

it.each([
  'med(C, 30, 40) = 30',
  'med(C, 30, 40) C = 30 C',
  'med(x_1 + C, 30, 40) = 30',
  'max(C, 30) = 30',
  'max(C, 30) C = 30 C',
  'min(C, 1/1000) = 1/1000',
  'med(∂C/∂x_1, 30, 40) = 30',
])('%s', (claim) => {
  expect(verify(cost(), claim).kind).toBe('refuted')
})

it('what holds in every piece is not refuted', () => {
  for (const claim of ['max(C, -1) = C', 'max(C, 30) + min(C, 30) = C + 30'])
    expect(verify(cost(), claim).kind).not.toBe('refuted')
})
