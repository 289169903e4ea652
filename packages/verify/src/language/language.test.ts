// The claim language: text and LaTeX give one tree, precedence, hostile input.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { f } from '../tools.ts'
import { notes } from './notes.fixture.ts'
import { plain, shapes } from './plain.fixture.ts'
import { printClaim } from './print/print.ts'
import { parseClaim, parseFormula } from './read/claim.ts'
import { ClaimError } from './syntax.ts'

const L = String.raw

describe('the formulas of the notes', () => {
  it.each(notes)('%s', (formula) => {
    const claims = parseFormula(formula, { style: 'latex' })
    expect(claims).toHaveLength(1)
    for (const style of ['latex', 'text'] as const) {
      const printed = printClaim(claims[0]!, style)
      const again = parseClaim(printed, { style })
      const { remark: _, ...first } = plain(claims[0]!) as Record<string, unknown>
      expect(plain(again), printed).toEqual(first)
    }
  })
})

describe('text and LaTeX say the same', () => {
  const pairs: [string, string][] = [
    [
      "delta^{l-1} = delta^l *full rot180(W^l) .* sigma'(z^{l-1})",
      L`\delta^{l-1} = \delta^l \ast_{\mathrm{full}} \operatorname{rot180}(W^l) \odot \sigma'(z^{l-1})`,
    ],
    ['d C/d W = x', L`\frac{dC}{dW} = x`],
    ['dC/dW = x', L`\frac{\mathrm{d}C}{\mathrm{d}W} = x`],
    ['∂C/∂W = δ (a^{l-1})^T', L`\frac{∂C}{∂W} = δ (a^{l-1})^T`],
    ['∂²C/(∂a_i ∂b_j) = 0', L`\frac{\partial^2 C}{\partial a_i \partial b_j} = 0`],
    ['∂²C/∂a_i² = 1', L`\frac{\partial^2 C}{\partial a_i^2} = 1`],
    ['Σ_{1≤i,j≤3} x_{i,j} = y', L`\sum_{1\le i\le 3, 1\le j\le 3} x_{i,j} = y`],
    ['max_{i,j≤3} x_{i,j} = y', L`\max_{i\le 3, j\le 3} x_{i,j} = y`],
    ['Σ_{i,j≤3} x_{i,j} = y', L`\sum_{i,j\le 3} x_{i,j} = y`],
    ['Σ_{i≥1,j≤3} x_{i,j} = y', L`\sum_{i\ge 1,j\le 3} x_{i,j} = y`],
    ['Σ_{i,j≤i} x_{i,j} = y', L`\sum_{i,j\le i} x_{i,j} = y`],
    ['max_{i=1}^3 x_i = y', L`\max_{1\le i\le 3} x_i = y`],
    ['A conv B = C', L`A \mathbin{\mathrm{conv}} B = C`],
    ['A conv full B = C', L`A \mathbin{\mathrm{conv}_{full}} B = C`],
    ['A *same B = C', L`A \overset{\text{same}}{*} B = C`],
    ['C = ½ Σ_n (t_n − a_n)²', L`C = \frac12 \sum_n (t_n - a_n)^2`],
    ['C = 1/2 sum_{n} (t_n - a_n)^2', L`C = \frac{1}{2} \sum_n (t_n - a_n)^2`],
    ['x_{⌈i/2⌉} = |y| + √(z)', L`x_{\lceil \frac{i}{2} \rceil} = \left|y\right| + \sqrt{z}`],
    ['[a_{ij} = max] <= [first max]', L`[a_{ij} = \max] \le [\text{first max}]`],
    ['Σ_{i=1}^n Σ_{j≤3} x_{i,j} ≠ y', L`\sum_{i=1}^{n} \sum_{j\leq 3} x_{i,j} \ne y`],
    ["f'(x)^2 = a''(z)", L`f'(x)^2 = a''(z)`],
    ['pad(A, [2, 1]) = log x', L`\operatorname{pad}(A, [2,1]) = \log x`],
    ['e^{-x} = e^-x', L`e^{-x} = e^{-x}`],
    ['p(y|x) = Wᵀ x', L`p(y \mid x) = W^\top x`],
    ['(A ⊗ B)_{ij} = (A * B)(i, j)', L`(A \otimes B)_{ij} = \left(A \star B\right)(i, j)`],
    ['[u,v = argmax_{p,q} x_{p,q}] = 1', L`[u,v = \arg\max_{p,q} x_{p,q}] = 1`],
  ]
  it.each(pairs)('%s', (text, latex) => {
    const [a, b] = [parseClaim(text, { style: 'text' }), parseClaim(latex, { style: 'latex' })]
    expect(plain(a)).toEqual(plain(b))
    for (const style of ['latex', 'text'] as const)
      expect(plain(parseClaim(printClaim(a, style), { style })), printClaim(a, style)).toEqual(
        plain(a),
      )
  })
})

describe('precedence', () => {
  it.each([
    ['a b / c d', '(/ (· a b) (· c d))'],
    ['a/b/c', '(/ (/ a b) c)'],
    ['a/1/2', '(/ (/ a 1) 2)'],
    ['1/2 Σ_i x_i', '(· 1/2 (Σ x))'],
    ['a * b / c', '(* a (/ b c))'],
    ['a * b c', '(* a (· b c))'],
    ['a * b * c', '(* (* a b) c)'],
    ['a ⊙ b * c', '(⊙ a (* b c))'],
    ['Σ_i a ⊙ b + c', '(+ (Σ (⊙ a b)) c)'],
    ['a - b + c', '(+ a (- b) c)'],
    ['-a ⊙ b', '(- (⊙ a b))'],
    ['a ⊙ -b', '(⊙ a (- b))'],
    ['2 Σ_i a Σ_j b', '(· 2 (Σ (· a (Σ b))))'],
    ["σ'(z)^2 a", "(· (^ (σ' z) 2) a)"],
    ['x^2y', '(· x y)'],
    ['∂C/∂a ∂a/∂z', '(· (∂ C a) (∂ a z))'],
    ['A conv B ⊙ D', '(⊙ (conv A B) D)'],
    ['∂/∂x (x y)', '(∂ (· x y) x)'],
    ['|a| |b|', '(· (abs a) (abs b))'],
    ['rot180 W x', '(· (rot180 W) x)'],
    ['(A * B)_{ij}^2', '(^ (at (* A B) (· i j)) 2)'],
  ])('%s', (text, expected) => {
    expect(shapes(parseClaim(text))).toBe(expected)
  })
})

describe('numbers are exact', () => {
  it.each([
    ['0.1', 1n, 10n],
    ['9007199254740993', 9007199254740993n, 1n],
    ['2/4', 1n, 2n],
    ['1e-12', 1n, 1_000_000_000_000n],
  ])('%s', (text, numerator, denominator) => {
    const [operand] = parseClaim(text).operands
    expect(operand).toMatchObject({ kind: 'numeral', value: { numerator, denominator } })
  })
})

describe('sentences', () => {
  it('reads several claims, definitions and chains', () => {
    expect(parseFormula('a = b = c; d = e')).toHaveLength(2)
    expect(parseFormula('a = b, c = d')).toHaveLength(2)
    expect(parseFormula('a = b ⇒ c = d')).toHaveLength(2)
    expect(parseFormula(L`a = b \quad c = d`)).toHaveLength(2)
    expect(parseFormula(L`a = \quad b \quad + (c \quad d) = e`)).toHaveLength(1)
    expect(parseClaim("x_i = y_{i'} where i' = ⌈i/2⌉").where).toMatchObject([{ name: "i'" }])
    expect(parseFormula(L`\begin{aligned} a &= b \\ &= c \\ d &= e \end{aligned}`)).toMatchObject([
      { relations: ['=', '='] },
      { relations: ['='] },
    ])
    expect(parseClaim('= b').continues).toBe(true)
    expect(parseClaim(notes[21]!).remark).toBe('卷积核没有反转,层内求导')
  })
  it('has the tagged template', () => {
    expect(f`δ^l = ${{ name: 'w^F' }} + ${2} \sigma`).toBe(L`δ^l = w^F + 2 \sigma`)
  })
})

describe('what is not understood is ill-formed at its place', () => {
  it.each([
    ['a = b ? c', 6, 7],
    ['a = 卷 b', 4, 5],
    ['a = b )', 6, 7],
    ['a = (b', 4, 5],
    ['a ⊙ ', 3, 3],
    [L`a = \cancel{b}`, 4, 11],
    [L`a\_1 = \foo`, 7, 8],
    ['$a = b ? c$', 7, 8],
    ['a = b % c', 6, 7],
    [L`a = b % c \delta`, 6, 16],
    [L`\let\a=b \a = c`, 0, 4],
    [L`\def\a{\input{b}} \a = c`, 0, 17],
    ["a_1_2 = b'", 4, 5],
    ['a = = b', 4, 5],
  ])('%s', (formula, start, end) => {
    try {
      parseFormula(formula)
    } catch (error) {
      expect(error).toBeInstanceOf(ClaimError)
      expect([(error as ClaimError).start, (error as ClaimError).end]).toEqual([start, end])
      return
    }
    throw new Error('it was understood')
  })
})

describe('hostile formulas', () => {
  const many = (text: string, times: number) => text.repeat(times)
  it.each([
    ['too long', many('a', 20_001)],
    ['brackets', many('(', 5000) + many(')', 5000)],
    ['braces', many('{', 5000) + many('}', 5000)],
    ['LaTeX braces', L`\delta` + many('{', 5000) + many('}', 5000)],
    ['roots', `${many(L`\sqrt`, 3000)}x`],
    ['fractions', `${many(L`\frac a`, 2000)}x`],
    ['nested fractions', `${many(L`\frac{`, 1500)}x${many('}{x}', 1500)}`],
    ['scripts', `${many('a^{', 5000)}b${many('}', 5000)}`],
    ['minus signs', `${many('-', 15_000)}a`],
    ['stars', `${many('a*', 9000)}a`],
    ['words', `${many('log ', 4000)}a`],
    ['sums', `${many('Σ_i ', 4000)}a`],
    ['digits', many('9', 19_000)],
    ['a product', many('a ', 9000)],
    ['colours', `${many(L`\color{red}`, 1500)}a`],
    ['left', `${many(L`\left(`, 2000)}a${many(L`\right)`, 1000)}`],
    ['differentials', `${many('∂', 10_000)}`],
    ['total differentials', many('d', 9000) + many('/d', 5000)],
    ['macros', L`\newcommand{\a}{\a\a}\a`],
    ['bars', many('|', 10_001)],
    ['exponents', 'a = 1e999999999'],
    ['prototype', '__proto__ = constructor.constructor("x")()'],
  ])('%s', (_, formula) => {
    expect(() => parseFormula(formula)).toThrow(ClaimError)
  })

  it('never throws anything but a ClaimError', () => {
    const alphabet = fc.constantFrom(
      ...[..."abδσ∂Σ^_{}()[]|=+-*/,.'0123456789 ⊙⌈⌉√²₁½"],
      ...['\\frac', '\\sum', '\\left(', '\\right)', '\\text{x}', 'max', '\\\\', '&', '%', '$', '…'],
    )
    const text = fc.array(alphabet, { maxLength: 40 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (formula) => {
        try {
          const [claim] = parseFormula(formula)
          expect(claim!.span.end).toBeLessThanOrEqual(formula.length)
        } catch (error) {
          expect(error).toBeInstanceOf(ClaimError)
          const { start, end } = error as ClaimError
          expect(start).toBeGreaterThanOrEqual(0)
          expect(end).toBeGreaterThanOrEqual(start)
          expect(end).toBeLessThanOrEqual(formula.length)
        }
      }),
      { numRuns: 2000 },
    )
  })
})
