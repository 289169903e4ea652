// Which fields have short names, and that nothing asks for one by its text.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { shortFields, withoutTheirTexts } from './fields.ts'

it('are the whole names of fields', () => {
  const names = ['operands', 'terms', 'operand', 'myterms', 'kind', 'length']
  expect(names.filter((name) => shortFields.test(name))).toEqual(['operands', 'terms'])
})

it('refuses a script that asks for one by its text', () => {
  const script = 'const terms=(a)=>a.b,c={operands:1}'
  expect(withoutTheirTexts(script)).toBe(script)
  for (const text of ['a["terms"]', "in('primes')", 'key===`traits`', '{a:"terms*"}'])
    expect(() => withoutTheirTexts(`${script};${text}`)).toThrow('is a text too')
})

it('are no option of an op, which a network’s text may name', () => {
  const ops = new URL('../../../../graph/src/ops/', import.meta.url)
  const files = readdirSync(ops, { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.ts'),
  )
  const texts = files.map((each) => readFileSync(new URL(each, ops), 'utf8')).join('\n')
  const options = [...texts.matchAll(/\bparams\.(\w+)/g)].map(([, name]) => name!)
  expect(options).toContain('dilation')
  expect(options.filter((name) => shortFields.test(name))).toEqual([])
})
