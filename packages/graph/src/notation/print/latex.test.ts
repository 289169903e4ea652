// LaTeX against strings written by hand; braces and fences balance on every line and adjoint.

import { describe, expect, test } from 'vitest'
import {
  adjointLine,
  expressionLatex,
  type LatexOptions,
  lineLatex,
  parseExpression,
  parseLine,
} from '../index.ts'
import { CASES } from '../testing-lines.ts'

describe('expressions', () => {
  test.each([
    ['a + b c - d', 'a + b c - d'],
    ['-(a + b)', '-\\left(a + b\\right)'],
    ['a / (b + 1)', '\\frac{a}{b + 1}'],
    ['(a / b)^2', '\\left(\\frac{a}{b}\\right)^{2}'],
    ['2·3 a', '2 \\cdot 3 a'],
    ['e^{-a / 2}', 'e^{-a/2}'],
    ['(e^a)^2', '\\left(e^{a}\\right)^{2}'],
    ['√(a) |b| ⌈c⌉', '\\sqrt{a} \\, \\left|b\\right| \\, \\lceil c\\rceil '],
    ['a mod 3', 'a \\bmod 3'],
    ['[1 ≤ i ≠ 2, j > 3]', '[1 \\le i \\ne 2,\\; j > 3]'],
    ['(Σ_k x_k) y_i', '\\left(\\sum_{k} x_{k}\\right) \\, y_{i}'],
    ['x_i Σ_{k≤n} y_k', 'x_{i} \\, \\sum_{k \\le n} y_{k}'],
    ["α x'_i^2", "\\alpha \\left(x'_{i}\\right)^{2}"],
    ['x_{i′}^2', "x_{i'}^{2}"],
    ['(a Σ_k x_k) b', '\\left(a \\sum_{k} x_{k}\\right) b'],
    ['max(a, b)', '\\max\\left(a, b\\right)'],
    ['1/2 (a - b)', '\\frac{1}{2} \\, \\left(a - b\\right)'],
  ])('%s', (text, latex) => {
    expect(expressionLatex(parseExpression(text))).toBe(latex)
  })
})

test('a scatter has its guards under the Σ, a winner stays in front of the summand', () => {
  const text = 'y_{…,h} = Σ_{i,u≤m} [h = 2(i-1)+u] [u = argmax_{a≤m} x_{…,a}] g_{…,i} / m'
  expect(lineLatex(parseLine(text, ['x', 'g']))).toBe(
    'y_{\\dots,h} = \\sum_{\\substack{i,u \\le m\\\\h = 2 (i-1)+u}} ' +
      '\\frac{[u = \\operatorname*{arg\\,max}_{a \\le m} x_{\\dots,a}] \\, g_{\\dots,i}}{m}',
  )
})

describe('in the names of the caller', () => {
  const line = parseLine('y_{…,i} = Σ_… w_{i,…} x_{…,i}^2', ['w', 'x'])

  test('packs become letters, right-aligned, and 1 on an axis of length 1', () => {
    const shapes: Record<string, readonly number[]> = { x: [1, 4, 3], w: [3, 5, 4], y: [5, 4, 3] }
    const options: LatexOptions = { pack: ['n', 'k'], shape: (array) => shapes[array] }
    expect(lineLatex(line, options)).toBe('y_{n,k,i} = \\sum_{n,k} w_{i,n,k} \\, x_{1,k,i}^{2}')
  })

  test('an empty pack leaves neither letters nor a Σ', () => {
    const options: LatexOptions = { pack: [], shape: (array) => (array === 'w' ? [3] : [3]) }
    expect(lineLatex(line, options)).toBe('y_{i} = w_{i} \\, x_{i}^{2}')
  })

  test('arrays and letters are renamed', () => {
    const options: LatexOptions = {
      array: (name, subscripts) => (name === 'x' ? `z^{F}_{${subscripts.join('')}}` : undefined),
      symbol: (name) => (name === 'i' ? '\\iota' : undefined),
    }
    expect(lineLatex(line, options)).toBe(
      'y_{\\dots,\\iota} = \\sum_{\\dots} w_{\\iota,\\dots} \\, ' +
        '\\left(z^{F}_{\\dots\\iota}\\right)^{2}',
    )
  })
})

test.each(CASES)('%s: fences balance, the adjoint’s too', (_, text, shapes) => {
  const line = parseLine(text, Object.keys(shapes))
  const adjoints = Object.keys(shapes).map((wrt) => adjointLine(line, wrt))
  for (const latex of [line, ...adjoints].map((each) => lineLatex(each))) {
    const count = (pattern: RegExp) => latex.match(pattern)?.length ?? 0
    expect(count(/\{/g)).toBe(count(/\}/g))
    expect(count(/\\left/g)).toBe(count(/\\right/g))
    expect(latex).not.toMatch(/undefined|NaN|[Σ≤′…]/)
  }
})
