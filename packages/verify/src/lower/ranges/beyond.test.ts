// An assumption about entries that are not there, or of letters that may begin anywhere, would say
// more than was written: it is asked which entries it is of.

import { concat, Graph, relu, sum } from '@backprove/graph'
import { expect, it, test } from 'vitest'
import type { ConventionName } from '../../conventions/names.ts'
import { verify } from '../../verify.ts'

const said = (claim: string, assume: string, conventions: ConventionName[] = []) => {
  const g = new Graph()
  const a = relu(g.input('x_i', [4])).as('a_i')
  const h = concat([a, g.input('y_j', [3])], { axis: 0 }).as('h_k')
  return verify(sum(h).as('C'), claim, { assume: [assume], conventions })
}

it.each([
  // Read with x_5 = 0, it would make every entry 0.
  ['x_4 = 0', 'x_{i+1} = x_i', 'i'],
  ['x_1 = 0', 'x_i = x_{i-1}', 'i'],
  ['|x_1| = x_1', 'x_i ≥ x_{i-1}', 'i'],
  ['|x_4| = x_4', 'x_i > x_{i+1}', 'i'],
  // From i = 0 it would be of all entries, and from 1 it is not of x_1.
  ['a_i = x_i', 'x_{i+1} > 0', 'i'],
  ['a_i = x_i', 'x_{i-1} > 0', 'i'],
  ['a_i = x_i', '[x_{i+1} > 0] = 1', 'i'],
  ['a_i = x_i', 'x_{j+2}^2 = x_{j+2}', 'j'],
  // Of 4 entries, of 3, of 7?
  ['h_5 = 0', 'h_k = 2 a_k', 'k'],
  ['a_i = x_i', 'a_k = y_k', 'k'],
])('%s where %s', (claim, assume, letter) => {
  expect(said(claim, assume)).toMatchObject({
    kind: 'ill-formed',
    reason: `In the assumption ‘${assume}’: It does not say which ${letter} it is of`,
  })
})

it.each([
  ['x_4 = x_1', 'x_{i+1} = x_i for i < 4', 'agrees'],
  ['x_4 = x_1', '[i < 4] (x_{i+1} - x_i) = 0', 'agrees'],
  ['x_4 = 0', '[i < 4] (x_{i+1} - x_i) = 0', 'refuted'],
  ['x_4 = x_1', 'x_i = x_{i-1} for i > 1', 'agrees'],
  ['a_i = x_i', 'x_i > 0', 'proved'],
  ['x_1 = x_4', 'x_i = x_{5-i}', 'proved'],
  ['x_3 = x_2', 'x_{2i-1} = x_{2i}', 'refuted'],
  ['x_3 = x_4', 'x_{2i-1} = x_{2i}', 'proved'],
  ['a_i = x_i', 'Σ_k x_{k+1} = 1', 'refuted'],
])('%s where %s: %s', (claim, assume, kind) => {
  expect(said(claim, assume)).toMatchObject({ kind })
})

test('letters that count from 0 say where they run', () => {
  expect(said('a_i = x_i', 'x_i > 0', ['count from 0']).kind).toMatch(/proved|agrees/)
  expect(said('a_i = x_i', 'x_{i+1} > 0', ['count from 0']).kind).toBe('ill-formed')
})
