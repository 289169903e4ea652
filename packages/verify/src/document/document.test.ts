// Documents: what is a formula, what is prose, and where each stands.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ClaimError } from '../language/syntax.ts'
import { type DocumentEntry, readDocument } from './document.ts'
import { readNetwork } from './network-text.ts'

const summary = (entries: readonly DocumentEntry[]) =>
  entries.map(
    (entry) =>
      `${entry.line}:${entry.column} ${entry.kind}${entry.expect ? ` (${entry.expect})` : ''}`,
  )

describe('readDocument', () => {
  it('finds formulas, their places, and what is expected of them', () => {
    const markdown = [
      '---',
      'title: $no = formula$',
      '---',
      'Prose with $a = b$ <!-- expect: refuted --> and `$code = x$`, \\$5, and $5 or so.',
      '',
      '$$a = b$$',
      '',
      '$$= c$$',
      '<!-- expect: ill-formed -->',
      '```js',
      'const $x = $y',
      '```',
      '```network',
      'bookCnn max',
      '```',
      '```claim',
      'a = b',
      '  c = \\sigma(d) ? ',
      '```',
      '<!-- $x = y$ -->',
      '$$\\begin{aligned} a &= b \\\\ c &= d \\end{aligned}$$',
      '$\\alpha$ and $X \\in R^{m \\times n}$ and $\\begin{cases} \\max \\end{cases}$',
    ].join('\n')
    const { networks, entries } = readDocument(markdown)
    expect(summary(entries)).toEqual([
      '4:13 claim (refuted)',
      '6:3 claim',
      '8:3 claim (ill-formed)',
      '17:1 claim',
      '18:3 ill-formed',
      '21:19 claim',
      '21:29 claim',
      '22:2 mention',
      '22:15 declaration',
      '22:42 ill-formed',
    ])
    expect(networks[0]).toMatchObject({
      place: { line: 14 },
      read: { kind: 'named', name: 'bookCnn', options: ['max'] },
    })
    expect(entries[2]).toMatchObject({ claim: { operands: [{ base: 'b' }, { base: 'c' }] } })
    const wrong = entries[4]!
    if (wrong.kind !== 'ill-formed') throw new Error('it was understood')
    expect(wrong.formula.slice(wrong.at.start, wrong.at.end)).toBe('?')
  })

  it('takes a comment after a fence for that fence alone', () => {
    const fence = '```claim\na = b\nb = c\n```\n'
    const { entries } = readDocument(`${fence}\n${fence}<!-- expect: refuted -->\n`)
    expect(entries.map(({ expect }) => expect)).toEqual([
      undefined,
      undefined,
      'refuted',
      'refuted',
    ])
  })

  it('is quick with, and survives, hostile documents', () => {
    for (const part of [
      '$',
      '$$',
      '`',
      '``a`',
      '$a$ ',
      '<!--',
      '```\n',
      '\n\n$',
      '\\',
      '$x`',
      '~~~claim\na=b\n',
    ])
      try {
        readDocument(part.repeat(100_000 / part.length))
      } catch (error) {
        expect(error).toBeInstanceOf(ClaimError)
      }
    expect(readDocument(`$a = b$${' '.repeat(300_000)}if $i = j$`).entries).toHaveLength(2)
    const words = fc.constantFrom(
      '$',
      '$$',
      '`',
      '```',
      '\n',
      '\n\n',
      'a = b',
      '<!-- expect: x -->',
      '\\',
      ' ',
      '```network\n',
    )
    const markdown = fc.array(words, { maxLength: 60 }).map((parts) => parts.join(''))
    fc.assert(
      fc.property(markdown, (text) => void readDocument(text)),
      { numRuns: 500 },
    )
  })

  const notes = fileURLToPath(new URL('../../../../../shared/notes/', import.meta.url))
  const present = existsSync(notes)
  if (!present) console.log('The notes are not beside this repository: nothing to read.')
  it.runIf(present)('reads every formula of the raw notes (where they are present)', () => {
    const counts = { claim: 0, mention: 0, declaration: 0, 'ill-formed': 0 }
    for (const file of readdirSync(notes).filter((name) => name.endsWith('.txt'))) {
      const text = readFileSync(notes + file, 'utf8')
      for (const entry of readDocument(text).entries) {
        counts[entry.kind]++
        expect(text.startsWith(entry.formula, entry.offset)).toBe(true)
        if (process.env.SHOW_NOTES && entry.kind === 'ill-formed')
          console.log(file.slice(0, 3), entry.line, entry.formula, '→', entry.reason)
      }
    }
    expect(counts.claim).toBeGreaterThan(30)
  })
})

describe('readNetwork', () => {
  it('reads lines', () => {
    const text = readNetwork(
      'x_{ij}: input M=6 6  # an image\nW: parameter 3 3\n\nz = conv2d(x, W, stride=2, padding=[1, 0]) + b\nC = squaredError(z, t)\n',
    )
    if (text.kind !== 'lines') throw new Error('lines were expected')
    expect(text.lines).toMatchObject([
      {
        kind: 'leaf',
        name: 'x_{ij}',
        role: 'input',
        shape: [{ length: 6, letter: 'M' }, { length: 6 }],
      },
      { kind: 'leaf', name: 'W', role: 'parameter' },
      {
        kind: 'op',
        name: 'z',
        value: {
          kind: 'binary',
          operator: '+',
          left: {
            kind: 'call',
            op: 'conv2d',
            operands: [{ name: 'x' }, { name: 'W' }],
            options: [
              { name: 'stride', value: { value: 2 } },
              { name: 'padding', value: { items: [{ value: 1 }, { value: 0 }] } },
            ],
          },
          right: { name: 'b' },
        },
      },
      { kind: 'op', name: 'C' },
    ])
  })
  it('names arrays in the letters of LaTeX too', () => {
    const { raw } = String
    const text = raw`\mu: input 3
\hat{x}_i: input 3
\sigma^2 = square(\mu) + \varepsilon`
    expect(readNetwork(text)).toMatchObject({
      lines: [
        { name: 'μ' },
        { name: 'x\u0302_i' },
        { name: 'σ^2', value: { left: { operands: [{ name: 'μ' }] }, right: { name: 'ε' } } },
      ],
    })
  })
  it.each([
    ['', 0],
    ['x: input 6 0', 0],
    ['z = conv2d(x', 12],
    ['z = x ? y', 6],
    ['bookCnn max\nx = y', 12],
    [`z = ${'('.repeat(9000)}`, 54],
    [`z = ${'-'.repeat(9000)}x`, 55],
  ])('ill-formed: %s', (text, start) => {
    expect(() => readNetwork(text)).toThrow(ClaimError)
    try {
      readNetwork(text)
    } catch (error) {
      expect(error).toMatchObject({ start })
    }
  })

  it.each([' ', ',', 'x, ', ':', 'a='])(
    'a line of %j is refused as quickly as it is read',
    (part) => {
      const { user } = process.cpuUsage()
      const line = `x${part.repeat(19_000 / part.length)}y: input 3`
      expect(() => readNetwork(line)).toThrow(ClaimError)
      expect(process.cpuUsage().user - user).toBeLessThan(400_000)
    },
  )
})
