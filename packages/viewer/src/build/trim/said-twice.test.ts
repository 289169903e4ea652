// A script whose texts are kept once says what it said.
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { saidOnce } from './said-twice.ts'

const THROWN = [
  'const table = { long: "Only square roots are read", of: "A list of <most> is never longer" }',
  'const root = () => { throw new Error("Only square roots are read") }',
  `const list = (most) => { throw new Error(\`A list of \${most} is never longer\`) }`,
].join('\n')

const said = (script: string, call: string): string =>
  runInNewContext(`${script}\ntry { ${call} } catch (error) { error.message }`)

describe('a text that stands in a script twice', () => {
  test('is kept once, and said where it was', () => {
    const short = saidOnce(THROWN)
    expect(short.split('Only square roots are read')).toHaveLength(2)
    expect(short.split('is never longer')).toHaveLength(2)
    for (const call of ['root()', 'list(3)', 'list("$& $1")', 'list("<a>")', 'list(undefined)'])
      expect(said(short, call)).toBe(said(THROWN, call))
    expect(said(short, 'JSON.stringify(table)')).toBe(said(THROWN, 'JSON.stringify(table)'))
  })

  test('is no name of a property, no tagged text, and none that stands alone', () => {
    const scripts = [
      '({ "a name of a property of it": 1, ["x"]: 2 })["a name of a property of it"]',
      'String.raw`a text with a tag before it` + "a text with a tag before it"',
      '"use strict and everything like it"; "a text that stands here alone".length',
      'let { "a name of a property of it": a } = { "a name of a property of it": 7 }; a',
    ]
    for (const script of scripts)
      expect(runInNewContext(saidOnce(script))).toEqual(runInNewContext(script))
    expect(saidOnce(scripts[2]!)).toBe(scripts[2])
  })

  test('with values in it reads each of them, in its order', () => {
    const script = [
      'const order = []; const v = (x) => (order.push(x), x);',
      'const table = ["<a> stands before <b>, and <c> after"];',
      [
        '`$',
        '{v(1), v(2)} stands before $',
        '{`$',
        '{v(3)} stands before $',
        '{v(4)}, and $',
        '{v(5)} after`}, and $',
        '{v(6)} after` + order',
      ].join(''),
    ].join('\n')
    const short = saidOnce(script)
    expect(short.split('stands before')).toHaveLength(2)
    expect(runInNewContext(short)).toBe(runInNewContext(script))
  })

  test('whatever the values are', () => {
    const script = (a: string, b: string) =>
      `["this is no <a> of the other <b>"]; \`this is no \${${a}} of the other \${${b}}\``
    const value = fc
      .oneof(fc.string(), fc.double(), fc.constant(null))
      .map((x) => JSON.stringify(x))
    fc.assert(
      fc.property(value, value, (a, b) => {
        const text = script(a, b)
        expect(runInNewContext(saidOnce(text))).toBe(runInNewContext(text))
      }),
    )
  })
})
