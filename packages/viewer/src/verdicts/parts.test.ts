// What of a sentence is mathematics, and what stays words.
import { describe, expect, test } from 'vitest'
import { partsOf } from './parts.ts'

const shown = (sentence: string): string =>
  partsOf(sentence)
    .map((part) => (typeof part === 'string' ? part : `⟨${part.tex}⟩`))
    .join('')

describe('mathematics in a sentence', () => {
  test.each([
    [
      'The transpose is missing: (w^2)^T instead of w^2.',
      'The transpose is missing: ⟨(w^{2})^{T}⟩ instead of ⟨w^{2}⟩.',
    ],
    ['and every window of a^P', 'and every window of ⟨a^{P}⟩'],
    ['以及任意的 a^P 的窗口', '以及任意的 ⟨a^{P}⟩ 的窗口'],
    [
      'where √(v^{10}_{k} + ε) ≠ 0, v_{i} > 0',
      'where ⟨\\sqrt{v^{10}_{k} + ε} \\ne  0⟩, ⟨v_{i} > 0⟩',
    ],
    ['for i = 1, …, w^O.n; k = 2', 'for ⟨i = 1, \\dots , w^{O}.n⟩; ⟨k = 2⟩'],
    [
      'smallest counterexample: x.i = 2, w^F.k = 1',
      'smallest counterexample: ⟨x.i = 2⟩, ⟨w^{F}.k = 1⟩',
    ],
    [
      'of Σ_{m≠n} (y_i - max_{u ≤ 2} y_u) = 0 here',
      'of ⟨\\sum _{m\\ne n} (y_{i} - \\operatorname{max}_{u \\le  2} y_{u}) =⟩ ⟨0⟩ here',
    ],
    ['∂C/∂w^{On}_{k-ij} = δ_n', '⟨\\partial C/\\partial w^{On}_{k-ij} = δ_{n}⟩'],
    ["[a_i is its block's maximum]", "⟨[a_{i}⟩ is its block's maximum]"],
    ['w^F = -2', '⟨w^{F} = -2⟩'],
    [
      '读作 ∂C/∂x_{i} = 2 x_{i}，其中 i = 1',
      '读作 ⟨\\partial C/\\partial x_{i} = 2 x_{i}⟩，其中 ⟨i = 1⟩',
    ],
    ['entry 1, 1: left σ(2 - 1), right 0', 'entry 1, 1: left ⟨σ(2 - 1)⟩, right 0'],
    ['δ ∗_full rot180(w)', '⟨δ \\ast _{\\mathrm{full}} \\operatorname{rot180}(w)⟩'],
  ])('%s', (sentence, expected) => {
    expect(shown(sentence)).toBe(expected)
  })

  test.each([
    ['A product of [2, 4] and [2]'],
    ['proved for all sizes'],
    ['a relative error below 1e-9 could hide'],
    ['line 3 of notes_1.md: there is no ‘w_2’'],
    ['The graph has no array "a^2"'],
    ['\\frac{a}{b} instead of \\sigma_1'],
    [''],
    ['( ( ( ] } a - b'],
  ])('words alone: %s', (sentence) => {
    expect(partsOf(sentence).every((part) => typeof part === 'string')).toBe(true)
    expect(partsOf(sentence).join('')).toBe(sentence)
  })

  test.each(['( ', '(a_1 ', '(ab cd ', '√(', 'a = ', 'a_{'])(
    '%s again and again is soon read',
    (text) => {
      const long = text.repeat(2000)
      const start = performance.now()
      expect(partsOf(long).length).toBeGreaterThan(0)
      expect(performance.now() - start).toBeLessThan(3000)
    },
  )
})
