// Where the line of one's own op has no value: nothing is claimed there, and a proof says so, as it
// does of the ops of the package.
import { abs, apply, defineOp, div, Graph, log, mul, type Node, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { verify } from '../verify.ts'

type Rule = (g: Node, args: Readonly<Record<string, Node>>) => Node

const own = (line: string, rule: Rule | null): ((x: Node) => Node) => {
  const op = defineOp<'x'>({
    name: 'own',
    operands: { x: '…' },
    line,
    vjp: { x: rule as never },
    latex: ({ x }) => x,
    traits: { elementwise: true },
  })
  return (x) => apply(op, [x])
}

const cost = (f: (x: Node) => Node): Node => sum(f(new Graph().input('x_i', [3])).as('y_i')).as('C')

const logarithm = own('y = log(x)', (g, { x }) => div(g, x!))

const excludedOf = (f: (x: Node) => Node, claim: string): readonly string[] => {
  const verdict = verify(cost(f), claim)
  expect(verdict.kind).toBe('proved')
  return 'excluded' in verdict ? verdict.excluded : []
}

describe('a logarithm of one’s own', () => {
  // There is no y at x = −2, and so no slope.
  it.each(['∂C/∂x_i = 1/|x_i|', '∂y_i/∂x_i = 1/|x_i|', 'e^{y_i} = |x_i|'])(
    'is that of the package: %s',
    (claim) => {
      expect(verify(cost(log), claim).kind).toMatch(/proved|agrees/)
      expect(verify(cost(logarithm), claim).kind).toMatch(/proved|agrees/)
    },
  )

  it('and what is false where it has a value is refuted', () => {
    expect(verify(cost(logarithm), '∂C/∂x_i = -1/|x_i|').kind).toBe('refuted')
    expect(verify(cost(own('y = |x|', null)), 'y_i = x_i').kind).toBe('refuted')
  })
})

it.each<[string, (x: Node) => Node, string]>([
  ['log x', logarithm, 'e^{y_i} = x_i'],
  ['x/x', own('y = x/x', (g) => mul(g, 0)), 'y_i = 1'],
  ['√x', own('y = √(x)', null), 'y_i^2 = x_i'],
  ['x^{-1}', own('y = x^(-1)', null), 'y_i = y_i'],
])('the poles of %s are listed', (_, f, claim) => {
  expect(excludedOf(f, claim)).toContain('poles')
})

it.each<[string, (x: Node) => Node]>([
  ['1/(1 + e^{-x})', own('y = 1/(1 + exp(-x))', null)],
  ['x/2', own('y = x/2', null)],
  ['√(x² + 1)', own('y = √(x^2 + 1)', null)],
  ['|x|', abs],
])('%s has none', (_, f) => {
  expect(excludedOf(f, 'y_i = y_i')).not.toContain('poles')
})
