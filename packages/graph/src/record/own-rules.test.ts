// A rule of one's own that says something else than the line is found where a gradient asks it.
import { expect, it, test } from 'vitest'
import { evaluate } from '../evaluate.ts'
import { grad } from '../grad.ts'
import {
  add,
  cos,
  cumsum,
  defineOp,
  div,
  greater,
  less,
  mul,
  type Node,
  type OpTraits,
  pad,
  pow,
  sigmoid,
  sin,
  sqrt,
  square,
  sub,
  sum,
  tanh,
  where,
} from '../index.ts'
import { Graph } from './graph.ts'
import { apply } from './operand.ts'

const latex = () => ({ text: 'f', binds: 'atom' }) as const
const elementwise = { elementwise: true } as const
const unary = (
  name: string,
  line: string,
  rule: (g: Node, x: Node) => Node,
  traits: OpTraits = elementwise,
) =>
  defineOp<'x'>({
    name,
    operands: { x: '…' },
    line,
    vjp: { x: (g, { x }) => rule(g, x) },
    latex,
    traits,
  })
const slopeOf = (op: ReturnType<typeof unary>, shape: readonly number[], sizes: object = {}) => {
  const x = new Graph().input('x', shape)
  return grad(sum(apply(op, [x], sizes)), x)
}

it.each<[string, string, (g: Node, x: Node) => Node, boolean]>([
  ['a factor', 'y = x^3', (g, x) => mul(g, mul(2, square(x))), false],
  ['a sign', 'y = cos(x)', (g, x) => mul(g, sin(x)), false],
  ['a forgotten cotangent', 'y = sin(x)', (_, x) => cos(x), false],
  ['right', 'y = sin(x)', (g, x) => mul(g, cos(x)), true],
  ['of log, right', 'y = log(x)', (g, x) => div(g, x), true],
  ['of log, wrong', 'y = log(x)', (g, x) => div(g, square(x)), false],
  [
    'a kink, right',
    'y = [x > 0] x',
    (g, x) => where(x.graph.constant(0), g, mul(g, step(x))),
    true,
  ],
])('of one entry: %s', (_, line, rule, holds) => {
  const op = unary('own', line, rule)
  const slope = () => slopeOf(op, [2, 3])
  if (holds) expect(slope).not.toThrow()
  else
    expect(slope).toThrow(/own: the rule of x is not the derivative of the line, which reads y = /)
  // Asked again it says the same, and of an array of any size.
  if (!holds) expect(slope).toThrow(/not the derivative/)
  if (!holds) expect(() => slopeOf(unary('own', line, rule), [64, 1000])).toThrow(/by the line/)
})

const none = (g: Node) => mul(g, 0)
const masked = (mask: (x: Node) => Node) => (g: Node, x: Node) => mul(g, mask(x))

it.each<[string, (g: Node, x: Node) => Node, boolean]>([
  ['y = max(x, 2)', none, false],
  ['y = max(x, 2)', masked((x) => greater(x, 2)), true],
  ['y = min(max(x, 0), 6)', masked((x) => greater(x, 0)), false],
  ['y = min(max(x, 0), 6)', masked((x) => mul(greater(x, 0), less(x, 6))), true],
  ['y = x + max(x - 100, 0)', (g) => g, false],
  ['y = x + max(x - 1/100, 0) - max(x - 1/50, 0)', (g) => g, false],
  ['y = x + max(-1/x - 100, 0)', (g) => g, false],
  ['y = [x^2 > 50] x', none, false],
  ['y = [x^2 > 10^6] x', none, false],
  ['y = [e^{x} > 100] x', none, false],
  // Where numbers are large or near one another rounding is no difference.
  ['y = log(1 + e^{x})', (g, x) => mul(g, sigmoid(x)), true],
  ['y = (e^{x} - e^{-x}) / (e^{x} + e^{-x})', (g, x) => mul(g, sub(1, square(tanh(x)))), true],
  ['y = √(x^2 + 1) - x', (g, x) => mul(g, sub(div(x, sqrt(add(square(x), 1))), 1)), true],
  ['y = x^9 - 10^6 x', (g, x) => mul(g, sub(mul(9, pow(x, 8)), 1e6)), true],
])('beyond the numbers that a line names: %s', (line, rule, holds) => {
  for (const shape of [[], [2, 3], [64, 1000]]) {
    const slope = () => slopeOf(unary('own', line, rule), shape)
    if (holds) expect(slope).not.toThrow()
    else expect(slope).toThrow(/not the derivative of the line/)
  }
})

test('of two operands each is looked at beyond what the other is compared with', () => {
  const op = defineOp<'x' | 'k'>({
    ...{ name: 'gate', operands: { x: '…', k: '…' }, line: 'y = [x > 10] k', latex },
    vjp: { x: null, k: (g) => mul(g, 0) },
    traits: elementwise,
  })
  const graph = new Graph()
  const [x, k] = [graph.input('x', [3]), graph.input('k', [3])]
  expect(() => grad(sum(apply(op, [x, k])), k)).toThrow('the rule of k')
})

/** 1 where x is above 0, steep enough for the numbers that are tried. */
const step = (x: Node): Node => sigmoid(mul(1e6, x))

test('a line that was read otherwise than it was meant says how it was read', () => {
  const meanOf = (line: string) =>
    defineOp<'x'>({
      ...{ name: 'soFar', operands: { x: '…,n' }, axes: '…,n', line, latex },
      vjp: {
        x: (g) => {
          const places = Array.from({ length: g.shape.at(-1)! }, (_, k) => k + 1)
          return cumsum(div(g, g.graph.constant(places)), { axis: -1, reverse: true })
        },
      },
    })
  expect(() => slopeOf(meanOf('y_{…,i} = (1/i) Σ_k [k ≤ i] x_{…,k}'), [2, 4])).not.toThrow()
  expect(() => slopeOf(meanOf('y_{…,i} = 1/i Σ_k [k ≤ i] x_{…,k}'), [2, 4])).toThrow('1 / (i Σ_k')
})

test('of two operands the one is named whose rule is wrong; equal letters stay equal', () => {
  const op = defineOp<'a' | 'b'>({
    ...{ name: 'outer', operands: { a: 'n', b: 'm' }, axes: 'n,m', latex },
    line: 'y_{i,j} = a_i b_j^2',
    vjp: {
      a: (g, { b }) => sum(mul(g, square(b)), { axes: 1 }),
      b: (g, { b }) => mul(2, mul(b, sum(g, { axes: 0 }))),
    },
  })
  const graph = new Graph()
  const [a, b] = [graph.input('a', [300]), graph.input('b', [400])]
  const y = sum(apply(op, [a, b]))
  expect(() => grad(y, a)).not.toThrow()
  expect(() => grad(y, b)).toThrow(/outer: the rule of b is not .* At a \[3\] = .*; b \[4\] = /)
})

test('the rule is looked at in each of its options', () => {
  const op = defineOp<'x', { a: number }>({
    ...{ name: 'power', operands: { x: '…' }, line: 'y = a x^2', latex, traits: elementwise },
    symbols: ({ a }) => ({ a }),
    // Right where a is 1 alone.
    vjp: { x: (g, { x }) => mul(g, mul(2, x)) },
  })
  expect(() => slopeOf(op, [2], { a: 1 })).not.toThrow()
  expect(() => slopeOf(op, [2], { a: 3 })).toThrow('not the derivative')
})

test('a shape that a smaller application would not have is left alone', () => {
  const op = defineOp<'x'>({
    ...{ name: 'differences', operands: { x: 'n' }, axes: 'n-1', latex },
    line: 'y_i = x_{i+1} - x_i',
    check: ({ x }) => (x[0] === 500 ? undefined : 'it takes 500 numbers'),
    vjp: {
      x: (g) => sub(pad(g, { before: [1], after: [0] }), pad(g, { before: [0], after: [1] })),
    },
  })
  expect(() => slopeOf(op, [500])).not.toThrow()
})

test('what is no derivative on purpose says so', () => {
  const reversed = (traits: OpTraits) => unary('reversed', 'y = x', (g) => mul(g, -1), traits)
  expect(() => slopeOf(reversed(elementwise), [2])).toThrow('traits: { surrogate: true }')
  const slope = slopeOf(reversed({ elementwise: true, surrogate: true }), [2])
  expect([...evaluate(slope, { x: [1, 2] })]).toEqual([-1, -1])
})
