// Activations from formulas: values against plain JavaScript, and nothing hostile gets through.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FormulaError } from '../errors.ts'
import { evaluate } from '../evaluate.ts'
import { grad } from '../grad.ts'
import { mul } from '../ops/arithmetic/mul.ts'
import { sum } from '../ops/reduction/sum.ts'
import { Graph } from '../record/graph.ts'
import { activation } from './activation.ts'

const POINTS = [-3, -0.5, 0.25, 2]

function valuesOf(formula: string): number[] {
  const graph = new Graph()
  const x = graph.input('x', [POINTS.length])
  return [...evaluate(activation('f', formula)(x), { x: POINTS })]
}

describe('activation', () => {
  it.each<[string, (x: number) => number]>([
    ['x / (1 + exp(-x))', (x) => x / (1 + Math.exp(-x))],
    ['x > 0 ? x : 0.1 * x', (x) => (x > 0 ? x : 0.1 * x)],
    ['x^2 - 2^x', (x) => x * x - 2 ** x],
    ['(-x)^3', (x) => (-x) ** 3],
    ['max(x, 1) + min(x, -1)', (x) => Math.max(x, 1) + Math.min(x, -1)],
    ['x <= 0.25 ? 1 : 0', (x) => (x <= 0.25 ? 1 : 0)],
    ['sqrt(abs(x)) * sign(x)', (x) => Math.sqrt(Math.abs(x)) * Math.sign(x)],
    ['log(1 + e^x)', (x) => Math.log(1 + Math.exp(x))],
    ['pi', () => Math.PI],
    ['2 * 3', () => 6],
    [`${'abs(x) + '.repeat(80)}1`, (x) => 80 * Math.abs(x) + 1],
    ['x', (x) => x],
    ['1/2 x + 2x^2', (x) => x / 2 + 2 * x * x],
    ['6/2(x)', (x) => 3 * x],
    ['-x^2', (x) => -x * x],
    ['x^-2', (x) => x ** -2],
    ['2^3^0', () => 2],
    ['|x| · [x ≥ 0] − √(||x||)', (x) => Math.max(x, 0) - Math.sqrt(Math.abs(x))],
    ['x < -1 ? -1 : x > 1 ? 1 : x', (x) => Math.max(-1, Math.min(1, x))],
    ['clamp(x, -1, 1)', (x) => Math.max(-1, Math.min(1, x))],
    ['where(greater(x, 0), x, 3)', (x) => (x > 0 ? x : 3)],
    ['1e-3 + .5', () => 0.501],
    ['x != 2', (x) => (x !== 2 ? 1 : 0)],
    ['σ(x) ** 2', (x) => (1 / (1 + Math.exp(-x))) ** 2],
    ['tanh(softplus(x)) * x', (x) => Math.tanh(Math.log(1 + Math.exp(x))) * x],
  ])('%s', (formula, expected) => {
    valuesOf(formula).forEach((value, k) => {
      expect(value).toBeCloseTo(expected(POINTS[k]!), 12)
    })
  })

  it('is differentiated like any op, at every order', () => {
    const graph = new Graph()
    const x = graph.input('x', [1])
    const swish = activation('swish', 'x / (1 + exp(-x))')(x)
    const slope = grad(sum(swish), x)
    const curvature = grad(sum(slope), x)
    const s = 1 / (1 + Math.exp(-0.7))
    const ds = s * (1 - s)
    expect(evaluate(slope, { x: [0.7] })[0]).toBeCloseTo(s + 0.7 * ds, 12)
    const expected = 2 * ds + 0.7 * ds * (1 - 2 * s)
    expect(evaluate(curvature, { x: [0.7] })[0]).toBeCloseTo(expected, 12)
  })

  it('is remembered as one function of its argument', () => {
    const graph = new Graph()
    const z = mul(graph.input('x', [2]), 3)
    const a = activation('cube', 'x^3')(z)
    expect(graph.applicationOf(a)).toMatchObject({ name: 'cube', argument: z })
  })

  it.each([
    ['constructor', /may not use "constructor"/],
    ['x.constructor', /./],
    ['__proto__', /may not use/],
    ['import("fs")', /./],
    ['import(x)', /may not use import/],
    ['f(x) = x', /./],
    ['x; x', /./],
    ['x = 2', /a comparison is ==/],
    ['[x, 1]', /./],
    ['"text"', /./],
    ['x["constructor"]', /./],
    ['valueOf(x)', /may not use valueOf/],
    ['exp()', /exp\(…\) takes one operand, not 0/],
    ['exp(x, 2)', /exp\(…\) takes one operand, not 2/],
    ['foo.exp(x)', /may not use "foo"; its variable is x/],
    ['x.exp(x)', /“\.” is not expected here/],
    ['epx(x)', /is exp\(…\) meant\?/],
    ['x(2)', /x is no function; a product is x \* \(…\)/],
    ['exp x', /exp is a function: exp\(x\)/],
    ['0 < x < 1', /one comparison at a time/],
    ['(x', /it ends where “\)” is expected/],
    ['x))', /“\)” is not expected here/],
    ['x ? 1', /it ends where “:” is expected/],
    ['1e999', /larger than any number/],
    ['', /empty/],
    ['x +', /./],
    [`${'('.repeat(5000)}x`, /./],
    [`${'('.repeat(80)}x${')'.repeat(80)}`, /nests deeper than 64/],
    [`x${'^x'.repeat(80)}`, /nests deeper than 64/],
    ['-'.repeat(80).concat('x'), /nests deeper than 64/],
    ['x + '.repeat(5000), /longer/],
  ])('refuses %.30s', (formula, reason) => {
    expect(() => activation('f', formula)).toThrow(FormulaError)
    expect(() => activation('f', formula)).toThrow(reason)
  })

  it.each(['', '1f', 'a b', '<b>', 'x'.repeat(40)])('refuses the name "%s"', (name) => {
    expect(() => activation(name, 'x')).toThrow(FormulaError)
  })

  it('answers any text with a function or a typed error', () => {
    const parts = fc.constantFrom(...'x1.5+-*/^()?:,><= e', 'exp', 'max', 'pi', '{', '"', '∂')
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 40 }), (pieces) => {
        try {
          valuesOf(pieces.join(''))
        } catch (error) {
          expect(error).toBeInstanceOf(FormulaError)
        }
      }),
      { numRuns: 500 },
    )
  })
})
