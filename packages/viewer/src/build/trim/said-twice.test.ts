// A script whose texts are kept once says what it said.
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { saidOnce } from './said-twice.ts'

let folder: string
let count = 0
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'backprove-said-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** What a script gives, as it is and with its texts kept once. */
async function both(lines: readonly string[]): Promise<{ short: string; results: unknown[] }> {
  const script = lines.join('\n')
  const short = saidOnce(script)
  const results = await Promise.all(
    [script, short].map(async (text) => {
      const file = join(folder, `${count++}.mjs`)
      await writeFile(file, text)
      return (await import(pathToFileURL(file).href)).default
    }),
  )
  return { short, results }
}

/** A template of its parts, a name in braces for each value. */
const template = (text: string): string => `\`${text.replaceAll('{', '$${')}\``

describe('a text that stands in a script twice', () => {
  test('is kept once, and said where it was', async () => {
    const { short, results } = await both([
      'const table = { a: "Only square roots are read", b: "A list of <most> is never longer" }',
      'const root = () => "Only square roots are read"',
      `const list = (most) => ${template('A list of {most} is never longer')}`,
      'export default JSON.stringify([table, root(), ...[3, "$& $1", "<a>", undefined].map(list)])',
    ])
    expect(short.split('Only square roots are read')).toHaveLength(2)
    expect(short.split('is never longer')).toHaveLength(2)
    expect(results[1]).toBe(results[0])
  })

  test('is part of one list where lists are of such texts', async () => {
    const texts = Array.from({ length: 14 }, (_, k) => `a sentence with the number ${k}`)
    const list = (from: number, to: number) => JSON.stringify(texts.slice(from, to))
    const { short, results } = await both([
      `const a = ${list(0, 7)}, twice = ${JSON.stringify([...texts.slice(0, 6), texts[0]])}`,
      `const b = [...${list(7, 14)}, "end"], some = ${list(3, 5)}`,
      `const said = [${texts.filter((_, k) => k % 3 > 0).map((text) => JSON.stringify(text))}]`,
      'export default JSON.stringify([a, b, some, twice, said])',
    ])
    expect(short).toContain('$list.slice(0,7)')
    expect(short).toContain('$list.slice(7,14)')
    expect(results[1]).toBe(results[0])
  })

  test('is no name of a property, no tagged text, and none that stands alone', async () => {
    const name = '"a name of a property of it"'
    const { short, results } = await both([
      '"use strict and everything like it"',
      `const { ${name}: a, ...rest } = { ${name}: 7, "another name of a property": 8 }`,
      `class Named { ${name}() { return "another name of a property" } }`,
      'const tagged = String.raw`a text with a tag before it` + "a text with a tag before it"',
      'export default [a, rest["another name of a property"], new Named()[',
      `${name}](), tagged, "a text that stands here alone".length].join()`,
    ])
    expect(results[1]).toBe(results[0])
    const alone = 'export default "a text that stands here alone".length'
    expect(saidOnce(alone)).toBe(alone)
    expect(short.split('a name of a property of it')).toHaveLength(5)
  })

  test('with values in it reads each of them, in its order', async () => {
    const inner = template('{v(3)} stands before {v(4)}, and {v(5)} after')
    const outer = template('{v(1), v(2)} stands before {@}, and {v(6)} after').replace('@', inner)
    const { short, results } = await both([
      'const order = []; const v = (x) => (order.push(x), x);',
      'const table = ["<a> stands before <b>, and <c> after"];',
      `export default ${outer} + order + table`,
    ])
    expect(short.split('stands before')).toHaveLength(2)
    expect(results[1]).toBe(results[0])
  })

  test('whatever the values are', async () => {
    const value = fc
      .oneof(fc.string(), fc.double(), fc.constant(null))
      .map((x) => JSON.stringify(x))
    const values = fc.sample(fc.tuple(value, value), { seed: 1, numRuns: 200 })
    const { short, results } = await both([
      'const table = "this is no <a> of the other <b>";',
      `const said = (a, b) => ${template('this is no {a} of the other {b}')};`,
      `export default JSON.stringify([table, ${values.map(([a, b]) => `said(${a}, ${b})`)}])`,
    ])
    expect(short.split('of the other')).toHaveLength(2)
    expect(results[1]).toBe(results[0])
  })
})
