// Hostile formulas and documents: a verdict or a typed error, always.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { ClaimError } from '../language/syntax.ts'
import { checkNotes } from './check.ts'
import { buildNetwork } from './network/build-network.ts'
import { verify } from './verify-with-repairs.ts'

const { cost } = buildNetwork(readNetwork('bookCnn max'))
const deadline = 300

const many = (text: string, times: number) => text.repeat(times)

describe('hostile formulas get a verdict', () => {
  it.each([
    ['too long', many('a', 20_001)],
    ['just short enough', `${many('x_{11}+', 2800)}x_{11} = 0`],
    ['5,000 brackets', many('(', 5000) + many(')', 5000)],
    ['100 brackets', `x_{ij} = ${many('(', 100)}x_{ij}${many(')', 100)}`],
    ['5,000 braces', `x = ${many('{', 5000)}${many('}', 5000)}`],
    ['the prototype', '__proto__ = constructor.constructor("return this")()'],
    ['a constructor', 'constructor = x'],
    ['giant exponents', 'x_{11}^{99^{99}} = 0'],
    ['large exponents', '(x_{11} + x_{12} + x_{13} + x_{21})^{100} = 0'],
    ['endless sums', 'Σ_{i=1}^{10^{90}} x_{11} = 0'],
    ['sums without an end', 'Σ_i Σ_j Σ_k Σ_m 1 = 0'],
    ['nested sums', `${many('Σ_i ', 60)}x_{ij} = 0`],
    ['endless dots', 'x_{11} + … + x_{99999999999} = 0'],
    ['broken LaTeX', String.raw`\frac{\partial C}{\partial \left( = \end{x}`],
    ['macros', String.raw`\def\a{\a\a}\a = x`],
    ['many products', `x_{11} = ${many('(1 + x_{11})', 60)}`],
    ['many stars', `x = ${many('x * ', 30)}x`],
    ['many links', `x${many(' = x', 200)}`],
  ])('%s', (_, formula) => {
    const verdict = verify(cost, formula, { deadline })
    expect(verdict.kind).toMatch(/^(proved|agrees|holds-if|refuted|ambiguous|ill-formed|budget)$/)
  })

  it('whatever the bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        expect(verify(cost, text, { deadline }).kind).toBeTypeOf('string')
      }),
      { numRuns: 200 },
    )
  })
})

describe('hostile documents', () => {
  it.each([
    ['an endless fence', '```network\nbookCnn'],
    ['a network of nonsense', '```network\n__proto__ = constructor(x)\n```\n$x = 1$'],
    ['many dollars', many('$', 5000)],
    ['a deep network', `\`\`\`network\nz = ${many('(', 9000)}\n\`\`\`\n$z = 1$`],
  ])('%s', (_, markdown) => {
    const report = checkNotes(markdown, { deadline })
    expect(JSON.parse(JSON.stringify(report))).toEqual(report)
  })

  it('beyond the limit is a typed error', () => {
    expect(() => checkNotes(many(' ', 2_000_001))).toThrow(ClaimError)
  })
})
