// Ops that no table knows: compiled from their lines, in every engine equal to the interpreter,
// fused with their neighbours, at ordinary numbers and at those that are not.
import {
  apply,
  defineOp,
  evaluate,
  Graph,
  grad,
  mul,
  type Node,
  type Op,
  ops,
  sum,
} from '@backprove/graph'
import { describe, expect, test } from 'vitest'
import { compile } from '../compile.ts'
import { hasLineFormula } from './line-formula.ts'

const unary = (line: string, more: object = {}): Op =>
  defineOp<'x', { k?: number }>({
    name: 'own',
    operands: { x: '…' },
    line,
    symbols: ({ k = 2 }) => ({ k }),
    vjp: { x: (g, { x }) => mul(g, x) },
    latex: ({ x }) => x,
    traits: { elementwise: true },
    ...more,
  })

const LINES = [
  'y = x / (1 + |x|)',
  'y = k x - 1/2 x^2 + x^3 / (1 + x^k)',
  'y = [x > 0] log(x) + [-1 < x ≤ 0] (e^x - 1) + [x ≤ -1] sin(x) cos(π x)',
  'y = max(x, -k) min(x, k) + sign(x) √(|x|) + tanh(x) - erf(x)',
  'y = [x ≥ 0] + [x ≠ 1] [x < 3] x',
  'y = (1 + x^2)^{x/4} + 2^x',
]
const X = [-3, -1, -0.5, 0, 0.25, 1, 2.5, 40, Number.NaN, Infinity, -Infinity]

describe.each(LINES)('%s', (line) => {
  const op = unary(line)
  test('has a formula', () => expect(hasLineFormula(op)).toBe(true))
  test.each(['js', 'wasm'] as const)('%s', (backend) => {
    for (const k of [2, 3, 0.5]) {
      const x = new Graph().input('x', [X.length])
      const y = apply(op, [mul(x, 1.5)], { k })
      const expected = evaluate(y, { x: X })
      const program = compile({ y }, { backend, dtype: 'float64' })
      const { y: found } = program.run({ x: X })
      expected.forEach((value, at) => {
        expect(found[at]! + 0, `${line} at ${X[at]}`).toSatisfy(
          (y: number) =>
            Object.is(y, value + 0) || Math.abs(y - value) <= 1e-12 * Math.max(1, Math.abs(value)),
        )
      })
      const steps = program.explain().steps
      expect(steps.map((step) => step.backend)).toEqual([backend])
    }
  })
})

test('of three operands, broadcast, and differentiated by its own rules', () => {
  const op = defineOp<'a' | 'b' | 'c'>({
    name: 'lerp',
    operands: { a: '…', b: '…', c: '…' },
    line: 'y = a + c (b - a)',
    vjp: {
      a: (g, { c }) => mul(g, mul(-1, apply(ops.sub, [c, c.graph.constant(1)]))),
      b: (g, { c }) => mul(g, c),
      c: (g, { a, b }) => mul(g, apply(ops.sub, [b, a])),
    },
    latex: ({ a }) => a,
    traits: { elementwise: true },
  })
  const graph = new Graph()
  const [a, b, c] = [graph.input('a', [2, 3]), graph.input('b', [3]), graph.input('c', [2, 1])]
  const y = apply(op, [a, b, c])
  const outputs: Node[] = [y, ...grad(sum(y), [a, b, c])]
  const feeds = { a: [1, 2, 3, 4, 5, 6], b: [10, 20, 30], c: [0.5, 0.25] }
  const expected = evaluate(outputs, feeds)
  for (const backend of ['js', 'wasm'] as const) {
    const found = compile(outputs, { backend }).run(feeds)
    expect(found.map((values) => [...values])).toEqual(expected.map((values) => [...values]))
  }
})

test.each([
  ['a sum over an axis', unary('y_i = Σ_k [k ≤ i] x_k', { operands: { x: 'n' }, axes: 'n' })],
  ['a rounded value', unary('y = ⌊x⌋ + x')],
  ['log1p', unary('y = x + log1p(x)')],
  ['no trait', unary('y = 2 x', { traits: {} })],
])('%s is no formula', (_, op) => {
  expect(hasLineFormula(op)).toBe(false)
})

test('a bracket keeps from 0/0 and from ∞ − ∞, before a quotient and inside a product', () => {
  const op = unary('y = [x ≠ 0] sin(x) / x + 2 ([x > 0] log(x)) - (-[x > 1]) (x - x)')
  const graph = new Graph()
  const y = apply(op, [graph.input('x', [4])])
  const feeds = { x: [0, -2, 0.5, 3] }
  const expected = [...evaluate(y, feeds)]
  expect(expected[0]).toBe(0)
  for (const backend of ['js', 'wasm'] as const) {
    const found = compile([y], { backend, dtype: 'float64' }).run(feeds)[0]!
    expected.forEach((value, k) => {
      expect(found[k]).toBeCloseTo(value, 14)
    })
  }
})

test('every op of the tables that is written as a formula is read the same', () => {
  const skipped = new Set<Op>([ops.where, ops.divideOrZero, ops.mulOrZero])
  for (const op of Object.values(ops) as Op[]) {
    if (!hasLineFormula(op) || skipped.has(op) || op.params) continue
    const copy: Op = { ...op }
    const count = Object.keys(op.operands).length
    const graph = new Graph()
    const names = ['p', 'q', 'r'].slice(0, count)
    const leaves = names.map((name) => graph.input(name, [6]))
    const values = [0.3, 1.7, -0.8, 2.2, -1.5, 0.6]
    const feeds = Object.fromEntries(names.map((name, k) => [name, values.map((v) => v + k)]))
    const both = [op, copy].map((each) => graph.record(each, leaves, {}))
    for (const backend of ['js', 'wasm'] as const) {
      const [own, generic] = compile(both, { backend, dtype: 'float64', laws: [] }).run(feeds)
      own!.forEach((value, k) => {
        if (Number.isNaN(value)) expect(generic![k], op.name).toBeNaN()
        else expect(generic![k]!, op.name).toBeCloseTo(value, 11)
      })
    }
  }
})
