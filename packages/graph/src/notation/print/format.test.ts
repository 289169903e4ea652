// Text and tree, both ways; the precedences; and text that nobody should write.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Expression,
  type Guard,
  type Line,
  MAX_CHARACTERS,
  NotationError,
  PACK,
  parseExpression,
  parseExpressionList,
  parseLine,
  type Variable,
} from '../index.ts'
import { formatExpression, formatLine } from './format.ts'

const ARRAYS = ['x', 'w', 'g′']

/** Trees that the parser can make: nothing empty, no sum of one term, no negative numeral. */
const { expression } = fc.letrec<{ expression: Expression; guard: Guard }>((tie) => {
  const part = tie('expression')
  const parts = fc.array(part, { minLength: 2, maxLength: 3 })
  const variable: fc.Arbitrary<Variable> = fc.oneof(
    fc.constantFrom('u', 'v', 'k′', PACK).map((name) => ({ name })),
    fc.tuple(fc.constantFrom('u', 'v'), part).map(([name, upTo]) => ({ name, upTo })),
  )
  const variables = fc.array(variable, { minLength: 1, maxLength: 2 })
  const relation = fc.constantFrom('=', '≠', '<', '≤', '>', '≥')
  const winner = fc.constantFrom('max', 'min', 'lomed', 'himed')
  return {
    guard: fc.oneof(
      fc.tuple(relation, relation, parts).map(([first, second, operands]): Guard => {
        const relations = [first, second].slice(0, operands.length - 1)
        return { kind: 'relation', relations, operands } as Guard
      }),
      fc.tuple(winner, variables, part).map(([reduction, bound, body]): Guard => {
        const at = bound.map(({ name }): Expression => ({ kind: 'symbol', name }))
        return { kind: 'winner', reduction, at, variables: bound, body } as Guard
      }),
    ),
    expression: fc.oneof(
      { maxDepth: 5, depthSize: 'medium' },
      fc.record({
        kind: fc.constant('number'),
        value: fc.oneof(fc.nat(20), fc.constantFrom(0.5, 1e-7, 1.25e-9, 1e21, 2.5e22)),
      }),
      fc.record({
        kind: fc.constant('symbol'),
        name: fc.constantFrom('i', 'j', 'e', 's′', 'α', PACK, 'x̄'),
      }),
      fc.record({
        kind: fc.constant('access'),
        array: fc.constantFrom(...ARRAYS),
        indices: fc.array(part, { maxLength: 3 }),
      }),
      fc.record({ kind: fc.constant('sum'), terms: parts }),
      fc.record({ kind: fc.constant('product'), factors: parts }),
      fc.record({ kind: fc.constant('negation'), operand: part }),
      fc.record({ kind: fc.constant('quotient'), numerator: part, denominator: part }),
      fc.record({ kind: fc.constant('power'), base: part, exponent: part }),
      fc.record({ kind: fc.constant('modulo'), left: part, right: part }),
      fc.record({
        kind: fc.constant('call'),
        name: fc.constantFrom('exp', 'log', 'tanh', 'sign', '√', 'abs', 'floor', 'ceil'),
        operands: fc.tuple(part),
      }),
      fc.record({
        kind: fc.constant('call'),
        name: fc.constantFrom('max', 'min'),
        operands: fc.tuple(part, part),
      }),
      fc.record({
        kind: fc.constant('reduction'),
        reduction: fc.constantFrom('Σ', 'max', 'min', 'lomed', 'himed'),
        variables,
        body: part,
      }),
      fc.record({
        kind: fc.constant('iverson'),
        guards: fc.array(tie('guard'), { minLength: 1, maxLength: 2 }),
      }),
    ) as fc.Arbitrary<Expression>,
  }
})

describe('format and parse are inverse', () => {
  test('any body, with and without indices of the result', () => {
    const indices = fc.constantFrom<readonly Expression[]>(
      [],
      [{ kind: 'symbol', name: PACK }],
      [{ kind: 'symbol', name: 'i' }],
      [
        { kind: 'symbol', name: PACK },
        { kind: 'number', value: 1 },
      ],
    )
    fc.assert(
      fc.property(expression, indices, (body, at) => {
        const line: Line = { result: 'y', indices: at, body }
        expect(parseLine(formatLine(line), ARRAYS)).toEqual(line)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    'y_{…,f,i,j} = b_f + Σ_{c,u,v} x_{…,C⌊(f-1)/F⌋+c,s(i-1)+d(u-1)+1-p,V} w_{f,c,u,v}',
    'y_{…,i,j} = Σ_{u≤m,v≤n} x_{…,i,j} / (m n)',
    'y = x_{e}^2',
    'C = 1/2 Σ_… (t - y)^2',
    'y = [x > 0] x + [x ≤ 0] α(e^x - 1)',
    'y = 1 / (1 + e^{-x})',
    'y_{i,j} = Σ_k (-a_{i,k}) b_{k,j}',
    'y_i = [i = argmax_k x_k] |x_i|',
    'y = (Σ_… x) / 2',
    'y = a (Σ_k b_k) / w',
    'y = 1/2 / (1/2 x)',
    'y = a/(1/2)',
    'y = 1 / (2 x)',
    'y = abs(x |y|)',
  ])('%s is written as it stands', (text) => {
    expect(formatLine(parseLine(text, [...'abtwxyz']))).toBe(text)
  })
})

test('numbers below 0, which no text has, are written as negations', () => {
  const power = (value: number): Expression => ({
    kind: 'power',
    base: { kind: 'symbol', name: 'a' },
    exponent: { kind: 'number', value },
  })
  expect([0, 2, -2].map((value) => formatExpression(power(value)))).toEqual([
    'a^0',
    'a^2',
    'a^{-2}',
  ])
})

test.each(['', 'a, b'])('“%s” is not one expression', (text) => {
  expect(() => parseExpression(text)).toThrow(NotationError)
})

describe('precedence', () => {
  test.each([
    ['a b / c d', '(a b)/(c d)'],
    ['a / b / c', '(a/b)/c'],
    ['a + b c', 'a+(b c)'],
    ['a - b - c', '(a)-(b)-(c)'],
    ['-a b', '-(a b)'],
    ['-a^2', '-(a^2)'],
    ['a b^2', 'a (b^2)'],
    ['a / b mod c', '(a/b) mod c'],
    ['1/2 a', '(1/2) a'],
    ['1/(2 a)', '1/((2 a))'],
    ['1/2 a / 3 b', '((1/2) a)/(3 b)'],
    ['3/2^2 a', '3/((2^2) a)'],
    ['a/1/2', '(a/1)/2'],
    ['Σ_k a / b', 'Σ_k (a/b)'],
    ['Σ_k a b + c', '(Σ_k (a b)) + c'],
    ['a Σ_k b Σ_l c', 'a (Σ_k (b (Σ_l c)))'],
    ['a·b c * d', 'a b c d'],
    ['e^x y', '(e^x) y'],
    ['e^{x y}', 'exp(x y)'],
    ['|a| |b|', '(|a|)(|b|)'],
    ['a|b|c', 'a abs(b) c'],
    ['|(a|b|)|', 'abs(a abs(b))'],
    ['max(a, b) c', '(max(a, b)) c'],
    ['x_i^2', '(x_i)^2'],
    ['x_i y_j', '(x_i)(y_j)'],
  ])('%s is %s', (text, explicit) => {
    expect(parseExpression(text)).toEqual(parseExpression(explicit))
    expect(parseExpression(formatExpression(parseExpression(text)))).toEqual(
      parseExpression(explicit),
    )
  })
})

test('every sign has an ASCII spelling', () => {
  const ascii =
    "y_{...,i} = sum_{u<=m} [i >= 1, u != 2, u = arglomed_a x_a] floor(u/2) ceil(s'/2) " +
    'sqrt(x_i) abs(alpha * beta) exp(x_u)'
  const unicode =
    'y_{…,i} = Σ_{u≤m} [i ≥ 1, u ≠ 2, u = arglomed_a x_a] ⌊u/2⌋ ⌈s′/2⌉ √(x_i) |α·β| e^{x_u}'
  expect(parseLine(ascii, ['x'])).toEqual(parseLine(unicode, ['x']))
})

test('an elementwise line, a scalar line, a scalar operand', () => {
  const indices = (text: string) => parseLine(text, ['x', 'c']).indices
  expect(indices('y = x')).toEqual([{ kind: 'symbol', name: PACK }])
  expect(indices('y = 3')).toEqual([{ kind: 'symbol', name: PACK }])
  expect(indices('y = x / Σ_… x')).toEqual([{ kind: 'symbol', name: PACK }])
  expect(indices('C = Σ_… x')).toEqual([])
  expect(indices('C = Σ_i x_i')).toEqual([])
  expect(parseLine('y = c_{} x', ['c']).body).toMatchObject({ factors: [{ indices: [] }, {}] })
  expect(parseExpressionList('…,C, ⌊H/2⌋')).toHaveLength(3)
  expect(parseExpressionList('')).toEqual([])
})

describe('hostile text', () => {
  test.each<[string, string, number]>([
    ['= x', 'result', 0],
    ['y_{i,j} = x_{i,j', '“}”', 16],
    ['y = x + ', 'ends', 8],
    ['y = x $', 'not expected', 6],
    ['y = z_i', '“z” is indexed', 4],
    ['y = [x]', 'relation', 6],
    ['y = [i, j < 2]', 'tuple', 10],
    ['y = [i = argmax_{a,b} x_{a,b}]', '1 value(s) face 2', 9],
    ['y = Σ_x x', 'operand', 6],
    ['y = Σ_2 x', 'bound index', 6],
    ['y = e^x^2', 'braces', 7],
    ['y = max(x)', '2 operand(s)', 4],
    ['y = log x', '“(”', 8],
    ['y = constructor(x) ]', 'not expected', 19],
    [`y = ${'9'.repeat(400)}`, 'too large', 4],
  ])('%s', (text, reason, position) => {
    const error = errorOf(() => parseLine(text, ['x']))
    expect(error.message).toContain(reason)
    expect(error).toMatchObject({ text, position })
  })

  test.each([
    ['nested parentheses', `y = ${'('.repeat(5000)}x${')'.repeat(5000)}`],
    ['nested brackets', `y = ${'['.repeat(5000)}`],
    ['a tower of e', `y = ${'e^'.repeat(5000)}x`],
    ['sums of sums', `y = ${'Σ_i '.repeat(4000)}x`],
    ['a chain of quotients', `y = ${'x/'.repeat(5000)}x`],
    ['nested subscripts', `y = ${'x_{'.repeat(5000)}`],
    ['too many characters', `y = ${'x+'.repeat(MAX_CHARACTERS)}x`],
  ])('%s', (_, text) => {
    const error = errorOf(() => parseLine(text, ['x']))
    expect(error.message.length).toBeLessThan(400)
  })

  test('20,000 characters of harmless text are read', () => {
    const line = parseLine(`y = ${'x+'.repeat(9997)}x`, ['x'])
    expect(line.body).toMatchObject({ kind: 'sum' })
  })

  test('random characters give a tree or a NotationError', () => {
    const soup = fc.string({
      unit: fc.oneof(
        fc.constantFrom(..."xyi_{}()[]|+-/^=≤Σ…⌊⌋,e12 '", 'max', 'mod', 'argmax', 'sqrt('),
        fc.string({ minLength: 1, maxLength: 1, unit: 'binary' }),
      ),
      maxLength: 40,
    })
    fc.assert(
      fc.property(soup, (text) => {
        try {
          parseLine(`y = ${text}`, ['x'])
        } catch (error) {
          expect(error).toBeInstanceOf(NotationError)
        }
      }),
      { numRuns: 3000 },
    )
  })
})

function errorOf(action: () => unknown): NotationError {
  try {
    action()
  } catch (error) {
    expect(error).toBeInstanceOf(NotationError)
    return error as NotationError
  }
  throw new Error('It was accepted.')
}
