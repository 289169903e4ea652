// Formulas as MathML: signs are KaTeX's, spaces TeX's, and what is set says what was written.
import fc from 'fast-check'
import katex from 'katex'
import { describe, expect, it } from 'vitest'
import { mathMarkup } from '../static-math.ts'
import { COMMANDS } from './commands.ts'
import { signOf } from './signs.ts'
import { between, type Kind } from './spacing.ts'

const tex = String.raw
const set = (formula: string, isDisplay = true): string =>
  mathMarkup(formula, isDisplay).replace(/^<math[^>]*><mrow>(.*)<\/mrow><\/math>$/, '$1')

it('a command stands for the sign that KaTeX has for it', () => {
  const commands = COMMANDS.flatMap(([, ...names]) => names.map((name) => `\\${name}`))
  expect(commands.length).toBeGreaterThan(200)
  const ours: Readonly<Record<string, string>> = { '⋅': '·' }
  for (const command of commands) {
    const html = katex.renderToString(`{${command}}`, { output: 'mathml', strict: 'ignore' })
    const sign = /<m[ion][^>]*>([^<]*)<\/m[ion]>/.exec(html)?.[1]?.replace('&lt;', '<')
    const read = sign?.replace('&gt;', '>').replace('&amp;', '&')
    expect([signOf(command), read], command).toEqual([ours[read!] ?? read, read])
  }
})

describe('spaces', () => {
  /** What KaTeX leaves between what stands in a row, in its own HTML, in eighteenths of an em. */
  const theirs = (formula: string): number => {
    const html = katex.renderToString(formula, { output: 'html' })
    const spaces = html.matchAll(/class="mspace"[^>]*margin-right:([\d.]+)em/g)
    return Math.round([...spaces].reduce((all, [, width]) => all + Number(width) * 18, 0))
  }
  const USUAL: Readonly<Record<string, number>> = { '=': 10, '→': 10, '+': 8, ',': 3 }
  const ours = (formula: string): number => {
    const markup = set(formula, false)
    const told = [...markup.matchAll(/(?:width|lspace|rspace)="([\d.]+)em"/g)]
    const untold = [...markup.matchAll(/<mo>([^<]*)<\/mo>/g)].map(([, sign]) => USUAL[sign!] ?? 0)
    const sum = told.reduce((all, [, width]) => all + Number(width) * 18, 0)
    return Math.round(sum + untold.reduce((all, width) => all + width, 0))
  }
  const ATOMS = ['x', '2', '+', tex`\odot`, '=', tex`\to`, '(', ')', ',', tex`\sin`, tex`\sum`]
  const atom = fc.constantFrom(...ATOMS, tex`\ldots`, tex`\frac12`, '{+}')

  it('are those that TeX leaves', () => {
    // Bare, a relation before everything has its usual space: a line of an equation begins so.
    fc.assert(
      fc.property(fc.array(atom, { maxLength: 8 }), (atoms) => {
        // Two of the same sign are one to KaTeX.
        fc.pre(atoms.every((each, k) => each !== atoms[k + 1]))
        const formula = ['x', ...atoms, 'x'].join(' ')
        expect(ours(formula), formula).toBe(theirs(formula))
      }),
      { seed: 1, numRuns: 1500 },
    )
  })

  it('of what is small are none, but for operators', () => {
    const kinds: Kind[] = ['ord', 'bin', 'rel', 'open', 'close', 'punct', 'inner']
    for (const left of kinds) for (const right of kinds) expect(between(left, right, true)).toBe(0)
    expect(between('ord', 'op', true)).toBe(3)
    expect(set('x^{i+1}')).toContain('<mo lspace="0" rspace="0">+</mo>')
  })
})

describe('what is set', () => {
  it.each([
    [
      'a - b = -c',
      '<mi>a</mi><mo>−</mo><mi>b</mi><mo>=</mo><mo lspace="0" rspace="0">−</mo><mi>c</mi>',
    ],
    ['12.5x.', '<mn>12.5</mn><mi>x</mi><mi>.</mi>'],
    [tex`\mathrm{softmax} \mathrm{d}`, '<mi>softmax</mi><mi mathvariant="normal">d</mi>'],
    [
      tex`\mathbf{W}\mathbb{R}\mathcal{L}\Gamma`,
      '<mi>𝐖</mi><mi>ℝ</mi><mi>ℒ</mi><mi mathvariant="normal">Γ</mi>',
    ],
    [tex`a \not= b \neq c`, '<mi>a</mi><mo>≠</mo><mi>b</mi><mo>≠</mo><mi>c</mi>'],
    [tex`\sqrt[3]{b}`, '<mroot><mi>b</mi><mn>3</mn></mroot>'],
    [tex`\hat y`, '<mover accent="true"><mi>y</mi><mo stretchy="false">ˆ</mo></mover>'],
    [tex`\text{if $x$ é}`, '<mrow><mtext>if\u00a0</mtext><mi>x</mi><mtext>\u00a0é</mtext></mrow>'],
    ["f'", '<mrow><mi>f</mi><mi>′</mi></mrow>'],
    ["x_i'^2", '<msubsup><mrow><mi>x</mi><mi>′</mi></mrow><mi>i</mi><mn>2</mn></msubsup>'],
  ])('%s', (formula, markup) => {
    expect(set(formula)).toBe(markup)
  })

  it('limits stand above and below where there is room', () => {
    expect(set(tex`\sum_i`)).toMatch(/^<munder>/)
    expect(set(tex`\sum_i`, false)).toMatch(/^<msub>/)
    expect(set(tex`\sum\limits_i`, false)).toMatch(/^<munder>/)
    expect(set(tex`\operatorname*{argmax}_x`)).toMatch(/^<munder>/)
    expect(set(tex`\frac{\sum_i}{2}`)).toContain('<msub>')
  })

  it('brackets grow with what needs it, and no space stands before them', () => {
    const low = '<mo form="prefix" stretchy="false">(</mo>'
    expect(set(tex`\sigma'\left(z_{ij}\right)`)).toContain(`<mi>′</mi></mrow><mrow>${low}`)
    expect(set(tex`\left(\frac12\right)`)).toContain('<mrow><mo form="prefix">(</mo><mfrac>')
    expect(set(tex`\left(\sum_i x\right)`)).not.toContain('stretchy="false"')
    expect(set(tex`\left.x\right|`)).toMatch(/^<mrow><mi>x<\/mi><mo form="postfix"/)
  })

  it('rows and columns', () => {
    const cells = (formula: string) => set(formula).match(/<mtd/g)?.length
    expect(cells(tex`\begin{bmatrix} a & b \\ c & d \end{bmatrix}`)).toBe(4)
    const cases = set(tex`\begin{cases} x & y > 0 \\ 0 & \text{else} \end{cases}`)
    expect(cases).toMatch(
      /^<mrow><mo form="prefix">\{<\/mo><mtable class="cases">.*<\/mtable><\/mrow>$/,
    )
    expect(set(tex`\begin{aligned} a &= b \\ &= c \end{aligned}`)).toContain('class="right"')
    expect(set(tex`\begin{array}{c|c} a & b \\ \hline c & d \end{array}`)).toContain('line-above')
    expect(cells(tex`a = b \\ = c`)).toBe(2)
  })

  it('what is too long for a phone is reached by the keyboard', () => {
    const long = Array.from({ length: 60 }, (_, k) => `x_${k % 10}`).join('+')
    expect(mathMarkup(long)).toMatch(/^<span class="wide" tabindex="0"><math>/)
    expect(mathMarkup(long, true)).toMatch(/^<math display="block" tabindex="0">/)
    expect(mathMarkup('a+b')).toMatch(/^<math><mrow>/)
  })

  it('markup is nobody’s to write, and what is not read stands as it was written', () => {
    expect(set(tex`\text{<img src=x>} < "a"`)).not.toMatch(/<img| < /)
    expect(mathMarkup(tex`\href{javascript:alert(1)}{x}`)).toMatch(/^<code>/)
    expect(mathMarkup(tex`\foo <b>`)).toBe(tex`<code>\foo &lt;b></code>`)
    expect(mathMarkup('x'.repeat(12_001))).toMatch(/^<code>/)
    expect(mathMarkup('{'.repeat(9000) + '}'.repeat(9000))).toMatch(/^<code>/)
    expect(mathMarkup('{'.repeat(5000) + '}'.repeat(5000))).toMatch(/^<(?:code|math)/)
  })
})
