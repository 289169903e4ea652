// What pages do to LaTeX: hyphens that are no minus, what is replaced.
import { Graph, latex } from '@backprove/graph'
import { expect, it } from 'vitest'
import { mathMarkup } from './static-math.ts'
import { readable, underlined } from './tex.ts'

it.each([
  ['w_{k-ij}', String.raw`w_{k\text{-}ij}`],
  ["w_{k-i'j'}", String.raw`w_{k\text{-}i'j'}`],
  ['w_{1-11}', String.raw`w_{1\text{-}11}`],
  ['h_{t-1} x_{n-1}', 'h_{t-1} x_{n-1}'],
  [String.raw`\mathtt{conv1.w}`, String.raw`\mathrm{conv1.w}`],
])('%s', (tex, set) => {
  expect(readable(tex)).toBe(set)
})

it('of a chain, the derivative that the next line replaces is underlined', () => {
  const [outer, inner] = [
    String.raw`\frac{\partial C}{\partial z^{O}_{n}}`,
    String.raw`\frac{\partial z^{O}_{n}}{\partial a^{Pk}_{ij}}`,
  ]
  const chain = `\\sum_{n} ${outer} ${inner}`
  expect(underlined(chain)).toBe(`\\sum_{n} ${outer} \\underline{${inner}}`)
  expect(underlined('a + b')).toBe('a + b')
  expect(underlined('x \\frac{\\partial C')).toBe('x \\frac{\\partial C')
})

it('a long formula is set too', () => {
  const long = Array.from({ length: 90 }, (_, k) => `\\operatorname{up}(x_{${k}}) \\, y`).join(
    ' + ',
  )
  expect(mathMarkup(long, true)).toMatch(/^<math/)
})

it('names in other scripts are words, pictures are whole', () => {
  const of = (name: string) => readable(latex(new Graph().input(name, [2], { literal: true })))
  expect(of('مدخل')).toBe(String.raw`\mathrm{\text{مدخل}}`)
  expect(of('输入 x')).toBe(String.raw`\mathrm{\text{输入}\ x}`)
  expect(of('👨‍👩‍👧')).toBe('\\mathrm{\\text{👨‍👩‍👧}}')
  expect(of('a\u200db')).toContain('\ufffd')
  expect(mathMarkup(of('مدخل'))).toContain('<mtext>مدخل</mtext>')
})
