// Ops of a user's that are called like ones of the library: they are what their own line says, to
// tables by name, to laws and to every engine.
import { add, apply, defineOp, evaluate, Graph, isOp, opName, ops, relu } from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { compile } from '../compile.ts'

/** Double, whatever it is called. */
const called = (name: string) =>
  defineOp<'x'>({
    name,
    operands: { x: '…' },
    line: 'y = 2 x',
    vjp: { x: (g) => add(g, g) },
    latex: ({ x }) => x,
    traits: { elementwise: true },
  })

test('an op of the library is known by its name, one from elsewhere is not', () => {
  for (const [name, op] of Object.entries(ops)) {
    expect(opName(op)).toBe(name)
    expect(isOp(op, name as keyof typeof ops)).toBe(true)
  }
  const own = called('relu')
  expect(opName(own)).toBeUndefined()
  expect(isOp(own, 'relu')).toBe(false)
  expect(opName(ops.relu)).toBe('relu')
})

describe.each(['relu', 'neg', 'identity', 'sum', 'conv2d', 'mean', 'input'])(
  'called %s',
  (name) => {
    test.each(['js', 'wasm'] as const)('in %s', (backend) => {
      const x = new Graph().input('x', [4])
      const own = called(name)
      const nodes = [apply(own, [x]), apply(own, [apply(own, [x])]), relu(apply(own, [x]))]
      const feeds = { x: [-3, -0.5, 0, 2] }
      const found = compile(nodes, { backend, dtype: 'float64' }).run(feeds)
      expect(found.map((values) => [...values])).toEqual([
        [-6, -1, 0, 4],
        [-12, -2, 0, 8],
        [0, 0, 0, 4],
      ])
      expect(evaluate(nodes, feeds).map((values) => [...values])).toEqual(
        found.map((values) => [...values]),
      )
    })
  },
)
