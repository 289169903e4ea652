// Every law by which `simplify` rewrites, proved from the definitions of the ops.
import { add, Graph, LAWS, type Law, mul, type Node, sub } from '@backprove/graph'
import { describe, expect, it } from 'vitest'
import { expectDifferent, expectEqual, report } from './expect-equal.ts'

/** Laws that the terms of index notation do not reach: evaluated at random points instead. */
const notProved: Readonly<Record<string, string>> = {
  '√x² = |x|': 'a root is a function without an equation; float64 decides',
}

const sidesOf = (law: Law, shape: readonly number[]): readonly [Node, Node] => {
  const graph = new Graph()
  const variables = law.shapes.map((_, k) => graph.input('xyzuv'[k]!, shape))
  return law.sides(...variables)
}

describe.each(LAWS.map((law) => [law.name, law] as const))('%s', (name, law) => {
  it.each([[[]], [[1]], [[2, 3]], [[2, 1, 3]]])('at %j', (shape) => {
    const [left, right] = sidesOf(law, shape)
    expectEqual(left, right, notProved[name])
  })

  it('not with the right side changed', () => {
    const [left, right] = sidesOf(law, [2])
    expectDifferent(left, add(right, 1))
    report(name, notProved[name])
  })
})

it('every exception is a law', () => {
  const names = LAWS.map(({ name }) => name)
  expect(Object.keys(notProved).filter((name) => !names.includes(name))).toEqual([])
})

describe('sides that simplification would hide', () => {
  const graph = new Graph()
  const x = graph.input('x', [2])
  const zero = graph.constant(0, [2])
  it.each<[string, Node, Node]>([
    ['x x is not 0', mul(x, x), zero],
    ['x − x is not x', sub(x, x), x],
    ['x − y is not 0, with y = 2x', sub(x, mul(2, x)), zero],
  ])('%s', (_, left, right) => {
    expectDifferent(left, right)
    expectDifferent(right, left)
  })
})
