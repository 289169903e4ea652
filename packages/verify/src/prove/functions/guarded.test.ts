// Quotients that a bracket guards have a value where they divide by 0: it is 0.
import { add, divideOrZero, Graph, mul, type Node, square, sum } from '@backprove/graph'
import { expect, it } from 'vitest'
import { verify } from '../../verify.ts'

/** y = x/t and z = 2x/2t, both 0 where t is 0. */
const quotients = (): Node => {
  const g = new Graph()
  const [x, t] = [g.input('x_i', [3]), g.input('t_i', [3])]
  const y = divideOrZero(x, t).as('y_i')
  const z = divideOrZero(mul(2, x), mul(2, t)).as('z_i')
  return sum(square(add(y, z))).as('C')
}

it.each([
  ['y_i = z_i', 'proved'],
  ['t_i y_i = x_i [t_i ≠ 0]', 'proved'],
  ['y_i^2 t_i = y_i x_i', 'proved'],
  ['y_i = y_i + [t_i = 0] t_i', 'proved'],
  ['t_i y_i = x_i', 'refuted'],
  ['y_i = z_i + [t_i = 0]', 'refuted'],
  ['2 y_i = z_i + y_i + [t_i = 0] (1 + x_i)', 'refuted'],
  ['t_i [t_i ≠ 0] x_i/t_i = x_i', 'refuted'],
  ['[t_i ≠ 0]/t_i t_i = 1', 'refuted'],
  ['Σ_i t_i y_i = Σ_i [t_i ≠ 0] x_i', 'proved'],
  ['Σ_i t_i y_i = Σ_i x_i', 'refuted'],
  ['Σ_i (y_i + [t_i = 0] x_i) = Σ_i y_i', 'refuted'],
  ['Σ_i (y_i t_i + x_i) = Σ_i 2 x_i', 'refuted'],
])('%s: %s', (claim, kind) => {
  expect(verify(quotients(), claim)).toMatchObject({ kind })
})
