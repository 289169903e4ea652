// Which array a formula is about, in whatever way it was written.
import { expect, it } from 'vitest'
import { arrayOf } from './array-of.ts'

it.each([
  ['∂C/∂w = δ', 'w'],
  ['\\frac{\\partial C}{\\partial w_{uv}} = x', 'w'],
  ['\\dfrac{\\partial C}{\\partial w^{Fk}_{ij}} = x', 'w^{F}'],
  ['\\frac{\\partial C}{\\partial w_{k-ij}^{On}} = x', 'w^{O}'],
  ['δ^F = x', 'z^{F}'],
  ['\\delta_n^O = x', 'z^{O}'],
  ['\\delta^2 = x', 'z^{2}'],
  ['\\delta = x', 'z'],
  ['\\frac{\\partial J}{\\partial w} = x', 'w'],
  ['\\frac{\\partial \\mathcal{L}}{\\partial b^1} = x', 'b^{1}'],
  ['z = x', undefined],
  ['C = 1', undefined],
])('%s is about %s', (formula, array) => {
  expect(arrayOf(formula)).toBe(array)
})
