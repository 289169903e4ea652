// Which function f is: two ops of one's own may have one name, and a function may have no value at
// what does not enter it in the network.

import {
  activation,
  add,
  apply,
  defineOp,
  exp,
  Graph,
  mul,
  type Node,
  square,
  sum,
} from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { verify } from '../verify.ts'

const own = (line: string, slope: (x: Node) => Node) =>
  defineOp<'x'>({
    ...{ name: 'own', operands: { x: '…' }, line, latex: ({ x }) => x },
    vjp: { x: (g, { x }) => mul(g, slope(x)) },
    traits: { elementwise: true, activation: true },
  })
const squared = own('y = x^2', (x) => mul(2, x))
const cubed = own('y = x^3', (x) => mul(3, square(x)))

const kindOf = (claim: string, into: 'one' | 'two'): string => {
  const g = new Graph()
  const z = g.input('z_i', [3])
  const u = into === 'one' ? z : g.input('u_i', [3])
  const both = add(apply(squared, [z]).as('a_i'), apply(cubed, [u]).as('b_i'))
  return verify(sum(add(both, g.input('w_i', [3]))).as('C'), claim).kind
}

it.each(['x * sigmoid(x)', 'silu(x)', 'mish(x)'])('f of %s is no part of it', (made) => {
  const text = `x: input 3\ny = ${made}\nC = sum(y)`
  const { cost } = buildNetwork(readNetwork(text))
  expect(verify(cost, "∂C/∂x_i = f'(x_i)").kind).toBe('ill-formed')
})

describe('two functions of one name', () => {
  it.each([
    ['a_i = f(z_i)', 'one', 'ill-formed'],
    ['b_i = f(z_i)', 'one', 'ill-formed'],
    ['f(w_i) = w_i^2', 'one', 'ill-formed'],
    ['f(w_i) = w_i^2', 'two', 'ill-formed'],
    ["f'(w_i) = 2 w_i", 'two', 'ill-formed'],
    ['f(z_i) + f(u_i) = z_i^2 + u_i^3', 'two', 'proved'],
    ["∂C/∂u_i = f'(u_i)", 'two', 'proved'],
  ] as const)('%s where they are of %s: %s', (claim, into, kind) => {
    expect(kindOf(claim, into)).toBe(kind)
  })
})

const applied = (formula: string, claim: string) => {
  const g = new Graph()
  const a = activation('g', formula)(exp(g.input('x_i', [3])).as('z_i')).as('a_i')
  return verify(sum(add(a, g.input('w_i', [3]))).as('C'), claim)
}

describe('a function of what does not enter it may lack values', () => {
  it.each([
    ['1/x', 'f(w_i) w_i = 1', 'proved', ['poles']],
    ['sqrt(x)', 'f(w_i)^2 = w_i', 'proved', ['poles']],
    ['x^(1/2)', 'f(w_{i})^2 = w_i', 'proved', ['poles']],
    // What enters it is positive.
    ['1/x', 'f(z_i) z_i = 1', 'proved', []],
    ['log(x)', 'a_i = x_i', 'proved', []],
    // Where w < 0 it has no value, and no slope either, though 1/w has a value.
    ['log(x)', "f'(w_i) = 1/|w_i|", 'agrees', ['kinks', 'poles']],
    ['log(x)', "f'(w_i) = 2/|w_i|", 'refuted', undefined],
  ])('f is %s: %s is %s', (formula, claim, kind, excluded) => {
    const verdict = applied(formula, claim)
    expect(verdict.kind).toBe(kind)
    expect('excluded' in verdict ? verdict.excluded : undefined).toEqual(excluded)
  })
})
