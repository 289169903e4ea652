// Every reason has a code, in the source as it is now; what a code says is read back; Chinese says
// all of it, with the same values.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { readNetwork } from '../document/network-text.ts'
import { checkNotes, verify, verifySizes } from '../front.ts'
import { buildNetwork } from '../notes/network/build-network.ts'
import { format, messageOf } from '../tools.ts'
import type { Verdict } from '../verdict/verdict.ts'
import { chinese } from './chinese/chinese.ts'
import { english, reasons, type SentenceCode } from './english/english.ts'
import { judging } from './english/judging.ts'
import { meaning } from './english/meaning.ts'
import { networks } from './english/networks.ts'
import { operations } from './english/operations.ts'
import { programs } from './english/programs.ts'
import { reading } from './english/reading.ts'
import { readings } from './english/readings.ts'
import { parts, verdicts } from './english/verdicts.ts'
import { reasonsOf, say, translated } from './sentence.ts'

const root = join(import.meta.dirname, '..')

/** Sentences that errors are made with, each value replaced by 7. */
const written = (): { readonly text: string; readonly place: string }[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test|\.fixture)\.ts$/.test(file))
    .flatMap((file) => {
      const text = readFileSync(join(root, file), 'utf8')
      if (!text.includes('new ClaimError(')) return []
      const found: { text: string; place: string }[] = []
      const visit = (node: ts.Node): void => {
        if (ts.isNewExpression(node) && node.expression.getText() === 'ClaimError') {
          const [reason] = node.arguments ?? []
          const sample = reason && sampleOf(reason)
          if (sample !== undefined) found.push({ text: sample, place: file })
        }
        ts.forEachChild(node, visit)
      }
      visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true))
      return found
    })

/** Of a choice its second way; of any other value 7. */
const sampleOf = (node: ts.Expression): string | undefined => {
  if (ts.isStringLiteralLike(node)) return node.text
  if (!ts.isTemplateExpression(node)) return undefined
  const parts = node.templateSpans.map(({ expression, literal }) => {
    const isChoice = ts.isConditionalExpression(expression)
    const value = isChoice ? sampleOf(expression.whenFalse) : '7'
    return (value ?? '7') + literal.text
  })
  return node.head.text + parts.join('')
}

describe('the sentences of reasons', () => {
  const samples = written()

  it('have codes, wherever a formula is refused', () => {
    expect(samples.length).toBeGreaterThan(140)
    const unknown = samples.filter(({ text }) => reasonsOf(text)[0]!.code === 'other')
    // A few are made of parts that are sentences: what is said in the end has codes, as below.
    const texts = [...new Set(unknown.map(({ text }) => text))]
    expect(texts.length / samples.length, texts.join('\n')).toBeLessThan(0.05)
  })

  it('have each a code of their own', () => {
    const groups = [
      judging,
      meaning,
      networks,
      operations,
      programs,
      reading,
      parts,
      readings,
      verdicts,
    ]
    const codes = groups.flatMap((group) => Object.keys(group))
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([])
  })

  it('are read back as they were said', () => {
    for (const code of Object.keys(reasons) as SentenceCode[]) {
      const names = [...english.sentences[code].matchAll(/<([a-z]+)>/g)].map(([, name]) => name!)
      const values = Object.fromEntries(
        names.map((name, k) => [name, name === 'size' ? '3×2' : `v${k}`]),
      )
      expect(reasonsOf(say(english, code, values)), code).toEqual([{ code, values }])
    }
  })

  it('are two where two stand between semicolons, and other where nobody knows them', () => {
    expect(reasonsOf('no proof was found; more than 5 operations')).toEqual([
      { code: 'no-proof', values: {} },
      { code: 'more-operations', values: { most: '5' } },
    ])
    expect(reasonsOf('whatever')).toEqual([{ code: 'other', values: { text: 'whatever' } }])
    expect(translated('whatever; no proof was found', chinese)).toBe('whatever；没有找到证明')
  })
})

describe('Chinese', () => {
  it('says each sentence, with no value that the English one has not', () => {
    const slots = (text: string) => [...text.matchAll(/<([a-z]+)>/g)].map(([slot]) => slot)
    for (const [code, text] of Object.entries(english.sentences)) {
      const own = chinese.sentences[code as SentenceCode]
      expect(own, code).toBeTruthy()
      expect(slots(text), code).toEqual(expect.arrayContaining(slots(own)))
      if (code !== 'other') expect(own.replaceAll(/<[a-z]+>/g, ''), code).not.toBe(text)
    }
  })
})

const { cost } = buildNetwork(readNetwork('bookCnn avg'))

/** Whatever stays English of a text: words of three letters or more that are no names of ours. */
const englishIn = (text: string): string[] =>
  [...text.matchAll(/[A-Za-z]{3,}/g)]
    .map(([word]) => word)
    .filter((word) => !/^(?:valid|full|same|rot|sum|input|NumPy|max|relu)$/.test(word))

describe('what an operation refuses', () => {
  it.each([
    'x: input 3|w: parameter 2 4|z = dense(x, w)',
    'x: input 1 6 6|w: parameter 3 2 3 3|z = conv2d(x, w)',
    'x: input 1 2 2|z = maxPool2d(x, size=3)',
    'x: input 3|y: input 4|z = x + y',
    'x: input 6|z = reshape(x, [4])',
    'x: input 6|z = softmax(x, axis=2)',
    'x: input 6|t: input 5|C = crossEntropy(x, t)',
    'x: input 1 6 6|z = maxPool2d(x)',
  ])('%s is said in Chinese', (lines) => {
    const refused = () => buildNetwork(readNetwork(lines.replaceAll('|', '\n')))
    const [, reason = ''] = /^(.*?)(?: \(characters .*)?$/s.exec(messageOfError(refused)) ?? []
    const said = translated(reason, chinese).replaceAll(/"[^"]*"|^\w+/g, '')
    expect(said).toMatch(/\p{sc=Han}/u)
    expect(englishIn(said).filter((word) => !/^(?:size|axis|undefined)$/.test(word))).toEqual([])
  })
})

const messageOfError = (act: () => unknown): string => {
  try {
    act()
    return 'nothing is refused'
  } catch (error) {
    return (error as Error).message
  }
}

describe('verdicts', () => {
  it.each([
    ['z^O = w^O a^P + b^O', 'proved'],
    ['∂C/∂w^F = x ∗_full δ^F', 'refuted'],
    ['δ^O = a^O - t', 'refuted'],
    ['δ^F = q^F', 'ill-formed'],
    ['δ^F = (', 'ill-formed'],
    ['a^O_5 = 1', 'ill-formed'],
  ])('%s is said in Chinese', (claim, kind) => {
    const verdict = verify(cost, claim)
    expect(verdict.kind).toBe(kind)
    const text = format(verdict, chinese)
    expect(text).toMatch(/\p{sc=Han}/u)
    // What it was read as is a formula: ‘for i = 1, …, n’ goes with it.
    const lines = text
      .split('\n')
      .filter((line) => /\p{sc=Han}/u.test(line) && !line.startsWith('  读作'))
    expect(englishIn(lines.join('\n'))).toEqual([])
  })

  it('of every kind are said in Chinese', () => {
    const agrees: Verdict = {
      kind: 'agrees',
      method: 'float64',
      ...{ digits: 9, points: 4, errorBound: 1e-9, assumptions: [] },
      excluded: ['ties', 'kinks'],
      why: 'no proof was found; more than 5 operations',
    }
    const budget = { kind: 'budget', tried: ['the time was over'] } as const
    const star = { mode: 'full', star: 'convolution', kernel: 'left' } as const
    const table = [[[star, star], agrees] as const, [[], budget] as const]
    expect(format({ kind: 'ambiguous', table }, chinese).split('\n')).toEqual([
      '有歧义：取决于读法',
      '  卷积 full，核在左边；然后 卷积 full，核在左边：数值一致，未证明',
      '  照字面：在限额内未能判定',
    ])
    const convention = 'indices count from 0'
    // biome-ignore lint/suspicious/noThenProperty: an object of data, which nobody awaits.
    const holds = { kind: 'holds-if', convention, then: agrees, otherwise: budget } as const
    expect(format(holds, chinese).split('\n')).toEqual([
      '在此条件下成立：下标从 0 数起',
      '  那么：数值一致，未证明',
      '  照字面：在限额内未能判定',
      '  时间已用完',
    ])
    expect(format(agrees, chinese).split('\n').slice(1)).toEqual([
      '  没有找到证明；超过 5 次运算',
      '  错误的断言每 1e+9 次只会通过一次',
      '  在并列处和折点处不作判断',
    ])
  })

  it('carry codes and values beside their words', () => {
    expect(verify(cost, 'δ^F = q^F')).toMatchObject({
      code: expect.stringMatching(/^unknown-name/),
      values: { name: 'q^F' },
    })
    const [entry] = checkNotes('```network\nbookCnn avg\n```\n\n$$δ^F = ($$').entries
    expect(entry?.verdict).toMatchObject({ kind: 'ill-formed', code: 'never-closed' })
    expect(verifySizes('n = n + 0 + q mod 2')).toMatchObject({ code: 'no-mod' })
  })

  it('repairs are told by their codes, an unknown one as it was made', () => {
    const verdict = verify(cost, 'δ^O = (t - a^O) ⊙ σ′(z^O)')
    const [first] = verdict.kind === 'refuted' ? verdict.diagnoses : []
    expect(messageOf(first!, chinese)).toMatch(/^符号错了：应为 .*，而不是 .*。$/)
    const strange = { ...first!, edits: [{ code: 'novel', values: {} }] }
    expect(messageOf(strange, chinese)).toBe(first!.message)
  })
})
