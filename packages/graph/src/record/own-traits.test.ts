// What an op of one's own says of itself is held against its line: passes and provers believe it.
import { expect, it } from 'vitest'
import { evaluate } from '../evaluate.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { Graph } from './graph.ts'
import type { OpTraits } from './op.ts'
import { apply } from './operand.ts'
import { defineOp } from './own-op.ts'

const g = new Graph()
const [x, z] = [g.input('x', [3]), g.input('z', [3])]

const unary = (line: string, traits: OpTraits, stable?: string) =>
  apply(
    defineOp<'x'>({
      ...{ name: 'own', operands: { x: '…' }, line, ...(stable && { stable }) },
      vjp: { x: (g) => g },
      latex: ({ x }) => x,
      traits: { elementwise: true, ...traits },
    }),
    [x],
  )
const binary = (line: string, traits: OpTraits) =>
  apply(
    defineOp<'a' | 'b'>({
      ...{ name: 'own', operands: { a: '…', b: '…' }, line },
      vjp: { a: (g) => g, b: (g) => g },
      latex: ({ a }) => a,
      traits: { elementwise: true, ...traits },
    }),
    [x, z],
  )
const rows = (axes: string, line: string, traits: OpTraits) =>
  apply(
    defineOp<'x'>({
      ...{ name: 'own', operands: { x: '…,n' }, axes, line },
      vjp: { x: (g) => g },
      latex: ({ x }) => x,
      traits,
    }),
    [x],
  )

it.each<[string, () => unknown, string]>([
  [
    'a falling function',
    () => unary('y = -x', { monotone: true }),
    'it says monotone, and takes −',
  ],
  ['one with a bump', () => unary('y = x + 2 sin(x)', { monotone: true }), 'it says monotone'],
  ['one that falls beyond', () => unary('y = min(x, 200 - x)', { monotone: true }), 'monotone'],
  ['one that falls from a step', () => unary('y = x - 3 [x > 7]', { monotone: true }), 'monotone'],
  ['two operands', () => binary('y = a + b', { monotone: true }), 'is said of one operand'],
  ['a difference', () => binary('y = a - b', { commutative: true }), 'says commutative'],
  ['a power', () => binary('y = |a|^b', { commutative: true }), 'says commutative'],
  ['another value', () => unary('y = 2 x', {}, 'y = 3 x'), 'its stable form differ: −2.36268 and'],
  ['another far away', () => unary('y = x', {}, 'y = min(x, 300)'), 'stable form differ'],
  ['another below', () => unary('y = x^2', {}, 'y = x |x|'), 'stable form differ'],
  ['a sum', () => unary('y = Σ_k x_k', {}), 'says elementwise, and its line reads other entries'],
  ['the first', () => rows('…,n', 'y_{…,i} = x_{…,1}', { elementwise: true }), 'says elementwise'],
  ['a slope', () => unary('y = x^2', { stepwise: true }), 'the rule of x is not the derivative'],
  ['a slope beyond', () => unary('y = max(x, 200)', { stepwise: true }), 'the rule of x is not'],
  ['two operands of f', () => binary('y = a b', { activation: true }), 'it says activation, which'],
  ['rows', () => rows('…,n', 'y_{…,i} = x_{…,i}', { activation: true }), 'it says activation'],
  ['an input', () => unary('y = x', { leaf: true }), 'leaf is of the library'],
  ['a pooling', () => unary('y = x', { window: 'max' }), 'window is of the library'],
  ['a Jacobian', () => defineOp({ jacobian: { x: 'd = 1' } } as never), 'no option "jacobian"'],
])('%s is refused', (_, body, sentence) => {
  expect(body).toThrow(sentence)
  // A second time too, of the same graph.
  expect(body).toThrow(sentence)
})

it('an op that is refused is not recorded: the same application is refused again', () => {
  const op = defineOp<'x'>({
    ...{ name: 'own', operands: { x: '…' }, line: 'y = -x', latex: ({ x }) => x },
    ...{ vjp: { x: (g) => mul(-1, g) }, traits: { elementwise: true, monotone: true } },
  })
  for (const _ of [1, 2]) expect(() => apply(op, [x])).toThrow('monotone')
})

it.each<[string, () => unknown]>([
  ['increasing', () => unary('y = x + sin(x)', { monotone: true })],
  ['increasing in steps', () => unary('y = ⌊x⌋', { monotone: true, stepwise: true })],
  ['without a value below 0', () => unary('y = log(x)', { monotone: true })],
  ['a product', () => binary('y = a b', { commutative: true })],
  ['a stable form', () => unary('y = log(1 + e^x)', {}, 'y = max(0, x) + log1p(e^{-|x|})')],
  ['the same, rounded', () => unary('y = x^2 + 1 - 1', {}, 'y = x^2')],
  ['rows', () => rows('…', 'y_{…} = Σ_k x_{…,k}', {})],
])('%s is taken', (_, body) => {
  expect(body).not.toThrow()
})

it('options are told apart that JSON writes alike', () => {
  const op = defineOp<'x', { readonly most: number }>({
    ...{ name: 'capped', operands: { x: '…' }, latex: ({ x }) => x },
    ...{ line: 'y = x', stable: 'y = min(x, c)', symbols: ({ most }) => ({ c: most }) },
    ...{ vjp: { x: (g) => g }, traits: { elementwise: true } },
  })
  expect([...evaluate(apply(op, [x], { most: Infinity }), { x: [1, 2, 3] })]).toEqual([1, 2, 3])
  expect(() => apply(op, [x], { most: -Infinity })).toThrow('its stable form differ')
})

it('any number of operands', () => {
  const op = defineOp({
    ...{ name: 'total', operands: { operand: '…' }, latex: () => ({ text: 't', binds: 'atom' }) },
    line: 'y = a + b + c',
    vjp: { operand: (g) => g },
    traits: { elementwise: true, variadic: true },
  })
  expect(() => apply(op, [x, z, x])).not.toThrow()
})
