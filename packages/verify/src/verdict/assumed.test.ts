// What is assumed is read as the document reads its claims, in one way; what something may meet is
// never said to be met by nothing.
import { add, Graph, mul, type Node, relu, square, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import type { ConventionName } from '../conventions/names.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { readNetwork } from '../tools.ts'
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

describe('what a formula says of an array that is given', () => {
  const { cost, sizes } = buildNetwork(
    readNetwork(
      'x: input 2\nW: parameter 3 2\nb: parameter 3\ns: parameter\ny: input 3\nz = W x + b\nu = s * z\nL = sum(u * u)',
    ),
  )
  it.each([
    ['z = W x where b = 0', 'proved'],
    ['z = W x, b = 0', 'proved'],
    ['z = 2 W x where b = 0', 'refuted'],
    ['z = W x where b = 1', 'refuted'],
    ['∂L/∂z_i = 2 z_i, s = 1', 'proved'],
    ['∂L/∂z_i = 2 z_i, s = 2', 'refuted'],
    ['u = z where s = 1, s = 2', 'ill-formed'],
    ['z_1 = W_{12} x_2 + b_1 where x_1 = 0', 'proved'],
    ['z_1 = W_{12} x_2 + b_1 where x_2 = 0', 'refuted'],
    ['u_i = s b_i where x_j = 0', 'proved'],
    // Of what is computed it is claimed.
    ['u = s z where z = W x', 'refuted'],
    ['b = 0', 'refuted'],
    ['b = 0, s = 1', 'refuted'],
    // What is true without it does not make it so.
    ['z = W x + b, y = z', 'refuted'],
    ['z = W x + b, s = 1', 'proved'],
    ['L = Σ_i y_i^2, y = u', 'proved'],
  ])('%s: %s', (claim, kind) => {
    expect(verify(cost, claim, { sizes }).kind).toBe(kind)
  })
})
