// A spelling with two readings inside of another one: all of the claim is read in one way, then all
// of it in the other. Numbers of a network's text with more digits than a double are exact.
import { Graph, mul, type Node, square, sum } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { buildNetwork } from '../../notes/network/build-network.ts'
import { readNetwork } from '../../tools.ts'
import { verify } from '../../verify.ts'

const three = (): Node => {
  const graph = new Graph()
  const [x, s, t] = ['x_i', 's_i', 't_i'].map((name) => graph.input(name, [2])) as [
    Node,
    Node,
    Node,
  ]
  return sum(mul(mul(square(x), s), t)).as('C')
}

describe('spellings inside of spellings', () => {
  it.each([
    // (1/s) ((1/t) x): true as (a/b) c, false as a/(b c).
    ['x_i · (s_i · t_i)^{-1} = 1/s_i (1/t_i x_i)', 'ambiguous'],
    ['x_i · t_i · s_i^{-1} = 1/s_i (x_i/s_i s_i t_i)', 'ambiguous'],
    ['√(√(x_i^2)^2)^2 = x_i^2', 'proved or agrees'],
    // False in both.
    ['x_i · (s_i · t_i)^{-1} = 2/s_i (1/t_i x_i)', 'refuted'],
  ])('%s: %s', (claim, kinds) => {
    expect(kinds.split(' or ')).toContain(verify(three(), claim).kind)
  })
})

describe('a number that is written twice is one number', () => {
  it.each([
    ['1000000000000000000001', '1000000000000000000001', 'proved'],
    ['1000000000000000000001', '1000000000000000000000', 'refuted'],
    ['3.14159265358979323846', '3.14159265358979323846', 'proved'],
    ['3.14159265358979323846', '3.141592653589793', 'refuted'],
    ['0.10000000000000001', '0.1', 'refuted'],
    ['0.1', '1/10', 'proved'],
  ])('%s and %s: %s', (written, claimed, kind) => {
    const text = `x_i: input 2\ny_i = ${written}*x\nC = sum(y*y)`
    const { cost } = buildNetwork(readNetwork(text))
    expect(verify(cost, `y_i = ${claimed} x_i`).kind).toBe(kind)
  })
})
