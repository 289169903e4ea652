// Delimiters as people type them: none is passed over in silence.
import { describe, expect, it } from 'vitest'
import { readDocument } from './document.ts'
import { scanMarkdown } from './scan.ts'

const { raw } = String

describe('delimiters', () => {
  it.each([
    [raw`\\[ z = w x \\]`, 'display'],
    [raw`so \\( z = w x \\) it is`, 'inline'],
    [raw`\[ z = w x \]`, 'display'],
    [raw`so \( z = w x \) it is`, 'inline'],
    ['so $`z = w x`$ it is', 'inline'],
    ['$ z = w x $', 'inline'],
  ])('%s holds a formula', (text, source) => {
    const [piece, ...others] = scanMarkdown(text)
    expect(others).toEqual([])
    expect(piece).toMatchObject({ kind: 'formula', source })
    expect(piece!.text.trim()).toBe('z = w x')
    expect(text.slice(piece!.start).startsWith(piece!.text)).toBe(true)
  })

  it.each([raw`\begin{align} z &= w x`, '$$z = w x'])('%s is never closed', (text) => {
    expect(scanMarkdown(`${text}\n\nprose`)).toMatchObject([{ kind: 'unclosed' }])
  })

  it.each([raw`\\`, raw`a \\ b`, raw`\\[4pt] more`, 'It costs $5 and $6.'])(
    '%s holds none',
    (text) => expect(scanMarkdown(text)).toEqual([]),
  )

  it.each([
    ['latex', raw`\pd{C}{z} = w`, raw`\pd{C}{z} = w`],
    ['math', raw`$$ z = w x $$`, 'z = w x'],
    ['tex', raw`\begin{document} so \[ z = w x \] \end{document}`, 'z = w x'],
  ])('a fence of %s holds a formula', (word, body, formula) => {
    const text = `\`\`\`${word}\n${body}\n\`\`\`\n`
    const [piece, ...others] = scanMarkdown(text)
    expect(others).toEqual([])
    expect(piece).toMatchObject({ kind: 'formula', source: 'math', style: 'latex' })
    expect(piece!.text.trim()).toBe(formula)
    expect(text.slice(piece!.start).startsWith(piece!.text)).toBe(true)
  })

  it('knows macros below where they are defined, and not above', () => {
    const claims = (text: string) => readDocument(text).entries.map(({ kind }) => kind)
    const formula = raw`$$\half z = w$$`
    const inText = raw`\newcommand{\half}{\frac12}`
    expect(claims(`${inText}\n\n${formula}`)).toEqual(['claim'])
    expect(claims(`$$\\def\\half{\\frac12}$$\n\n${formula}`)).toEqual(['claim'])
    expect(claims(`${formula}\n\n${inText}`)).toEqual(['ill-formed'])
    expect(readDocument(`${inText}\n\n${formula}`).entries[0]).toMatchObject({
      claim: { operands: [{ kind: 'product' }, { kind: 'name' }] },
    })
  })
})
