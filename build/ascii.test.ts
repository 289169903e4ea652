// What is written in ASCII, and what is left to esbuild, which escapes it.
import { expect, test } from 'vitest'
import { inAscii } from './ascii.ts'

test.each([
  ['const a = /[Σ′]$/u', 'const a = /[\\u03a3\\u2032]$/u'],
  ['f(/𝟙/u.test(b)) // fits', 'f(/\\ud835\\udfd9/u.test(b)) // fits'],
  ['// 1 ≤ i\nconst a = 1 // one', '\nconst a = 1 // one'],
  [
    'interface A {\n  /**\n   * ≥ 0.\n   * @x y\n   */\n  a: 1\n}\n// ∂',
    'interface A {\n  \n\n\n\n  a: 1\n}\n',
  ],
  ['const a = String.raw`\\p{L}[′`', 'const a = `\\\\p{L}[′`'],
  ['f(/* ≤ */ a, /* < */ b)', 'f( a, /* < */ b)'],
])('%s', (text, written) => {
  expect(inAscii(text)).toBe(written)
})

test.each(["const a = 'Σ // ≤', b = `∂ /* ≥ */`, d = e / f // g", '// 1 <= i\nconst a = /[a-z]/'])(
  '%s is left alone',
  (text) => {
    expect(inAscii(text)).toBe(text)
  },
)

/** What a module of this text makes. */
const made = async (text: string): Promise<unknown> => {
  const { default: value } = await import(`data:text/javascript,${encodeURIComponent(text)}`)
  return value
}

test('a pattern finds what it found', async () => {
  const found = (pattern: RegExp) => ['𝟙', 'Σ', 'a', '\\'].map((text) => pattern.test(text))
  for (const pattern of [/[^𝟙]/u, /^[Σa]$/, /\\|𝟙/u]) {
    const read = await made(`export default ${inAscii(String(pattern))}`)
    expect(found(read as RegExp)).toEqual(found(pattern))
  }
})

test('a raw string holds what it held', async () => {
  const read = (text: string) => made(`const a = ['\`', '\\\\']; export default ${text}`)
  const of = ['$', '{a[1]}'].join('')
  const inner = [of.replace('a[1]', 'String.raw`\\x`'), of.replace('a[1]', '`\\n`')]
  const raw = [
    'String.raw`\\∂`',
    `String.raw\`\\\`\\${of}∂\\\\${of}\\n\\$∂\``,
    `String.raw\`${inner[0]}\\∂$${inner[1]}\``,
  ]
  for (const text of raw) {
    expect(inAscii(text)).not.toContain('raw')
    expect(await read(inAscii(text))).toBe(await read(text))
  }
})
