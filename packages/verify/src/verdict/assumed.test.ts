// What is assumed is read as the document reads its claims, in one way; what something may meet is
// never said to be met by nothing.
import { add, Graph, mul, type Node, relu, square, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import type { ConventionName } from '../conventions/names.ts'
import { verify } from '../verify.ts'

const products = (): Node => {
  const graph = new Graph()
  const [x, t] = ['x_i', 't_i'].map((name) => graph.input(name, [2])) as [Node, Node]
  return sum(mul(x, t).as('y_i')).as('C')
}

const kindOf = (claim: string, assume: string[], conventions: ConventionName[] = []): string =>
  verify(products(), claim, { assume, conventions }).kind

describe('an assumption counts as its document counts', () => {
  it.each([
    ['y_0 = 2 t_0', 'x_0 = 2', /proved|agrees/],
    ['y_1 = 2 t_1', 'x_1 = 2', /proved|agrees/],
    ['y_0 = 2 t_0', 'x_1 = 2', /refuted/],
    ['y_1 = 2 t_1', 'x_0 = 2', /refuted/],
  ])('from 0: %s where %s', (claim, assume, kinds) => {
    expect(kindOf(claim, [assume], ['count from 0'])).toMatch(kinds)
  })

  it.each([
    ['y_1 = 2 t_1', 'x_1 = 2', /proved|agrees/],
    // Counted from 0 the claim is of the second entry, and so is what is assumed.
    ['x_1 = 2', 'x_2 = 2', /refuted/],
  ])('from 1: %s where %s', (claim, assume, kinds) => {
    expect(kindOf(claim, [assume])).toMatch(kinds)
  })

  it('and where it may be read in two ways it is not read in one of them', () => {
    expect(kindOf('x_1 t_2 = t_1', ['t_1/x_1 t_2 = 1', 'x_i > 0', 't_i > 0'])).toBe('ill-formed')
  })
})

describe('what is assumed', () => {
  it.each([
    ['x_1^2 = 9', ['x_1^2 = 9']],
    ['x_1 = 3', ['x_1^2 = 9']],
    ['x_1 = 3', ['x_1^3 = 8']],
    ['x_1 = 2', ['e^{x_1} = 2']],
    ['y_1 = 0', ['Σ_i t_i^2 = 0']],
  ])(
    'of curves may not be met, which is not to say that nothing does: %s where %j',
    (claim, assume) => {
      expect(kindOf(claim, assume)).toMatch(/budget|refuted|proved/)
    },
  )

  it.each([
    ['x_1 = 3', ['x_1 + x_2 = 5', 'x_1 - x_2 = 1'], /proved|agrees/],
    ['x_1 = 2', ['x_1 + x_2 = 5', 'x_1 - x_2 = 1'], /refuted/],
    ['y_1 = 6', ['x_1 - t_1 = 1', 'x_1 + t_1 = 5'], /proved|agrees/],
    ['y_1 = 5', ['x_1 - t_1 = 1', 'x_1 + t_1 = 5'], /refuted/],
    ['x_1 = 2', ['x_1 > 1', 'x_2 > 10', 'x_1 - x_2 > 5'], /refuted/],
    ['x_1 = 2', ['x_1 = 1', 'x_1 = 2'], /ill-formed/],
    ['x_1 = 2', ['x_1 > 3', 'x_2 > 3', 'x_1 + x_2 < 5'], /ill-formed/],
    ['x_1 = 2', ['x_1 + x_2 = 5', 'x_1 + x_2 = 4'], /ill-formed/],
    ['x_1 = 1', ['x_1^2 = -1'], /ill-formed/],
    ['x_1 = 1', ['e^{x_1} ≤ 0'], /ill-formed/],
  ])('of lines and signs is met if it can be: %s where %j', (claim, assume, kinds) => {
    expect(kindOf(claim, assume)).toMatch(kinds)
  })
})

// The points are moved until x_i t_1 is 0 but for rounding: gaps as small refute nothing.
it('what is true where an equation holds is not refuted by what rounding leaves of it', () => {
  const graph = new Graph()
  const [x, t] = ['x_i', 't_i'].map((name) => graph.input(name, [3])) as [Node, Node]
  const cost = add(sum(square(relu(x).as('a_i'))), sum(square(t))).as('C')
  const { kind } = verify(cost, 'Σ_i x_i t_1 = 0', { assume: ['x_i t_1 = 0'] })
  expect(['proved', 'agrees']).toContain(kind)
})
