// Delimiters as people type them: none is passed over in silence.
import { describe, expect, it } from 'vitest'
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
})
