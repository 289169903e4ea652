// What is wrong in an op of one's own is told where it is defined, or where it is first used.
import { expect, it } from 'vitest'
import { grad, latex } from '../index.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { relu } from '../ops/entrywise/relu.ts'
import { sum } from '../ops/reduction/sum.ts'
import { Graph } from './graph.ts'
import type { OpDefinition } from './op.ts'
import { apply } from './operand.ts'
import { defineOp } from './own-op.ts'

type Part = Partial<OpDefinition<string, object>>
const vjp: Part['vjp'] = { x: (g, { x }) => mul(g, mul(2, x!)) }
const defined = (part: object) =>
  defineOp<string>({
    ...{ name: 'twice', operands: { x: '…' }, line: 'y = x^2', vjp: vjp! },
    latex: ({ x }) => x!,
    ...part,
  })
const x = new Graph().input('x', [3])
const applied = (part: object) => apply(defined(part), [x])

it.each<[string, () => unknown, string]>([
  // In silence no derivative would flow to z.
  [
    'an operand without a rule',
    () => defined({ operands: { x: '…', z: '…' }, line: 'y = x z' }),
    'defineOp: vjp: z is missing; it must be a rule for each of x, z, null where no derivative',
  ],
  ['a rule without an operand', () => defined({ vjp: { ...vjp, z: null } }), 'z is no operand'],
  [
    'a rule that returns nothing',
    () => grad(sum(applied({ vjp: { x: () => undefined } })), x),
    'twice: the rule of x makes undefined, and no node',
  ],
  ['LaTeX that is text', () => latex(applied({ latex: () => 'a' })), 'what latex makes is "a"'],
  [
    'LaTeX that is nothing',
    () => latex(applied({ latex: () => {} })),
    'what latex makes is missing',
  ],
  [
    'an axis of unknown length',
    () => applied({ operands: { x: 'n' }, line: 'y_{i} = x_{i}', axes: 'm' }),
    'twice of "x" [3]: its axes are m: “m” has no value here',
  ],
  ['a function in its place', () => apply(relu as never, [x]), 'relu is no op, as defineOp makes'],
])('%s', (_, body, sentence) => {
  expect(body).toThrow(sentence)
})
